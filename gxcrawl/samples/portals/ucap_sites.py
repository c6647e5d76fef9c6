"""The 开普 portals: three columns on two hosts; a list as JSON; a hidden one; a column for each year."""

from __future__ import annotations

from datetime import date

from .county import county
from .model import Replica, Scope
from .pages import Site
from .ucap import Column, Ucap

ALL: tuple[Scope, ...] = ("区本级", "部门", "镇街")


def make(seed: int, day: date) -> tuple[Replica, ...]:
    return (*classes(seed, day), search(seed, day), blind(seed, day), by_year(seed, day))


def classes(seed: int, day: date) -> tuple[Replica, Replica]:
    """Three columns by class of organ, each of another shape; a second host serves the same paths."""
    site = Site("示例县人民政府", "9901010001", county("示例县", seed=seed))
    columns = (
        Column("c990001", "区本级政府信息公开年度报告专栏", ("区本级",)),
        Column("c990002", "部门政府信息公开年度报告专栏", ("部门",), "common_list", "table"),
        Column("c990003b", "镇街政府信息公开年度报告专栏", ("镇街",), "zfxxgk_list", "texto", second=1),
    )
    portal = Ucap(site, "shilixian", columns, alias="ucap-alias")
    told = [{"url": f"http://{{host}}{portal.list_path(one)}", "scope": one.scopes[0]} for one in columns]
    main = portal.replica("ucap", told, day, ("{host}", "{host:ucap-alias}"))
    return main, Replica("ucap-alias", "ucap", "", portal.respond)


def search(seed: int, day: date) -> Replica:
    """The rows of its one column come as JSON; ids are 32 hexadecimal digits."""
    site = Site(
        "样本县人民政府", "9902020002", county("样本县", seed=seed, organs=14, years=(2020, 2021, 2024, 2025))
    )
    column = Column("zxqgkndbg", "县区公开年度报告", ALL, "list", "search")
    portal = Ucap(site, "yangbenxian", [column], prefix="")
    return portal.replica(
        "ucap-search", [{"url": f"http://{{host}}{portal.list_path(column)}"}], day, ("{host}",)
    )


def blind(seed: int, day: date) -> Replica:
    """Only host and column code are known, and no page tells the address of the list."""
    site = Site(
        "范例区人民政府", "9903030003", county("范例区", seed=seed, organs=10, years=(2023, 2024, 2025))
    )
    column = Column("c880011", "政府信息公开年报", ALL, "common_zfxxgknb")
    portal = Ucap(site, "fanliqu", [column], prefix="c07_", hidden=True)
    return portal.replica("ucap-blind", [{"ref": column.code}], day, ("{host}",))


def by_year(seed: int, day: date) -> Replica:
    """A column for every year, the oldest in GB18030 that says utf-8; the column known has no rows."""
    years = (2019, 2021, 2023, 2024, 2025)
    site = Site("拟题县人民政府", "9907070007", county("拟题县", seed=seed, organs=11, years=years))
    spelt = {2019: "gb18030"}
    columns = [
        Column(
            f"c10619{place}",
            f"{year}年",
            ALL,
            "xlist",
            years=(year,),
            encoding=spelt.get(year, "utf-8"),
            per_page=10,
            parent="c106190",
        )
        for place, year in enumerate(reversed(years), start=1)
    ]
    hub = "/nitixian/c106190/navlist.shtml"
    portal = Ucap(site, "nitixian", columns, prefix="c00_", hub=hub)
    return portal.replica("ucap-years", [{"url": f"http://{{host}}{hub}"}], day, ("{host}",))
