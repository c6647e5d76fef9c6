"""Which sample portals the demo crawls: one of every family, small ones, and two that fail."""

from __future__ import annotations

from datetime import date

from gxcrawl.samples.portals import Replica, fault_replicas, replicas
from gxcrawl.samples.portals.cms import Column
from gxcrawl.samples.portals.county import county
from gxcrawl.samples.portals.gkmlpt import Gkmlpt
from gxcrawl.samples.portals.pages import Site

SEED = 1
SEASON = date(2026, 2, 10)  # the reports of 2025 were due ten days ago
LATER = date(2026, 5, 1)  # all are due, and no healthy look is old yet
HEALTHY = (
    "ucap-blind",
    "jpage-page",
    "jpaas",
    "xxgk-annual",
    "trs-table",
    "vsb-query",
    "sanmenxia",
    "lonsun",
    "jeecms",
    "generic-untidy",
)
FAILING = ("fault-page-404", "fault-ruishu")


def chosen() -> tuple[Replica, ...]:
    """The portals of the demo, in the order in which it tells about them."""
    known = {replica.id: replica for replica in (*replicas(SEED, SEASON), *fault_replicas(SEED, SEASON))}
    healthy, failing = ([known[name] for name in names] for names in (HEALTHY, FAILING))
    return (*healthy, small_gkmlpt(), *failing)


def small_gkmlpt() -> Replica:
    """The one of its family that comes with the package has more reports than a demo has time for."""
    here = county("构想县", seed=SEED, organs=11, years=(2020, 2021, 2024, 2025))
    site = Site("构想县人民政府", "9915010001", here)
    column = Column("/gkmlpt/index", "政府信息公开年报", here.reports)
    return Gkmlpt(site, [column]).replica("gkmlpt", SEASON)
