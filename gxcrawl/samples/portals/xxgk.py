"""大汉 xxgk sub-sites: a search that ignores its column, and annual reports by year and class of organs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import ClassVar
from urllib.parse import parse_qs

from .cms import Cms, Column
from .county import county, number_of
from .model import ListTruth, Published, Replica, Reply, Request
from .pages import Entry, Head, Site, document, foot, heading_lines, metas, page_reply, truth_of

SEARCH = "/module/xxgk/search.jsp"
ANNUAL = "/module/xxgk/xxgkAnnualReport.jsp"
TREE = "/module/xxgk/tree.jsp"


class Xxgk(Cms):
    """What both have in common: articles of 大汉, and a tree."""

    family = "xxgk"
    per_page: ClassVar[int] = 15
    stop_reasons = ("last-page", "declared-total", "no-next")
    number = 11565  # of the column of annual reports

    def page_of(self, report: Published) -> str:
        since = report.versions[0].since
        return f"/art/{since.year}/{since.month}/{since.day}/art_{self.number}_{number_of(report)}.html"

    def decoy_path(self, column: Column, key: str, day: date) -> str:  # noqa: ARG002
        """Half of them belong to other columns."""
        number = self.number + int(key[-1], 16) % 2 * 13
        return f"/art/{day.year}/{day.month}/{day.day}/art_{number}_{int(key[:6], 16)}.html"

    def files_of(self, report: Published) -> str:
        return f"/attach/0/{number_of(report)}/"

    def other(self, request: Request, today: date) -> Reply | None:  # noqa: ARG002
        return page_reply(self.tree(), tagged=False) if request.path == TREE else None

    def tree(self) -> str:
        raise NotImplementedError

    def article(self, column: Column, report: Published, today: date) -> str:
        told = Head(
            column.name,
            report.title,
            report.printed_day,
            self.site.name,
            "http://{host}" + self.page_of(report),
        )
        day = f"{report.printed_day}" if report.printed_day else ""
        body = (
            '<table class="xxgk_info"><tr>'
            f"<td>索 引 号：</td><td>{number_of(report)}/{report.year}-00012</td>"
            f"<td>发布机构：</td><td>{report.organ.short}</td><td>生成日期：</td><td>{day}</td></tr></table>\n"
            f'<div class="bt_title">{heading_lines(report.title)}</div>\n'
            f'<div class="bt_content">{self.body(report, today)}</div>\n{foot(self.site)}'
        )
        head = metas(self.site, told, style="single")
        # The title of the window is site, column and article in one.
        return document(head, f"{self.site.name} {column.name} {report.title}", body)


class Search(Xxgk):
    """POST and GET, the number of the page in the body or in the query; the answer is a fragment."""

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:  # noqa: ARG002
        if request.path != SEARCH:
            return None
        number = self.asked(request).get("currpage") or "1"
        return min(int(number), count) - 1 if number.isdigit() and int(number) else 0

    def asked(self, request: Request) -> dict[str, str]:
        """The body counts more than the query."""
        query = parse_qs(request.target.partition("?")[2])
        body = parse_qs(request.body.decode("latin-1")) if request.method == "POST" else {}
        return {name: values[0] for name, values in {**query, **body}.items()}

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:  # noqa: ARG002
        rows = "\n".join(
            f'<tr class="tr_main_value_{"even" if number % 2 else "odd"}">'
            f'<td align="center">{number + 1}</td><td>'
            f'<a href="http://{{host}}{row.path}" target="_blank" title="{escape(row.title)}">'
            f"{escape(row.title[:20] + '...' if len(row.title) > 20 else row.title)}</a></td>"
            f"<td>{row.day}</td></tr>"
            for number, row in enumerate(pages[place])
        )
        jump = "".join(
            f'<a href="javascript:;" onclick="gotopage({number})">{text}</a>'
            for number, text in ((max(place, 1), "上一页"), (min(place + 2, len(pages)), "下一页"))
        )
        body = (
            '<table width="100%"><tr class="tr_main_title"><td>序号</td><td class="tb_title">标题</td>'
            f"<td>发布日期</td></tr>\n{rows}\n</table>\n<table><tr><td>共{sum(map(len, pages))}条 "
            f"共{len(pages)}页 第{place + 1}页 {jump}</td></tr></table>"
        )
        return page_reply(body, tagged=False)

    def tree(self) -> str:
        area = self.columns[0].path.rpartition("=")[2]
        nodes = {"A01": "机构职能", "A02": "政策文件", "A0212": "政府信息公开年报", "A03": "财政预决算"}
        links = "\n".join(
            f'<li id="{code}"><a href="{SEARCH}?infotypeId={code}&amp;area={area}">{name}</a></li>'
            for code, name in nodes.items()
        )
        return f'<ul class="tree">\n{links}\n</ul>'


class Annual(Xxgk):
    """One list for each year, told in attributes; tabs lead from year to year, the tree to the organs."""

    def columns_of(self, area: str) -> list[Column]:
        return [column for column in self.columns if column.path.endswith(f"area={area}")]

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:  # noqa: ARG002
        """Without a year it is the newest one."""
        if request.path != ANNUAL:
            return None
        query = parse_qs(request.target.partition("?")[2])
        area, year = query.get("area", [""])[0], query.get("fbtime", [""])[0]
        known = self.columns_of(area)
        return (
            0
            if known and column is (next((one for one in known if f"={year}&" in one.path), known[0]))
            else None
        )

    def pages(self, column: Column, today: date) -> list[Sequence[Entry]]:
        """All on one page."""
        return [self.rows(column, today)]

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:
        area = column.path.rpartition("=")[2]
        tabs = "".join(
            f"<a{' class=on' if one is column else ''} "
            f'href="{ANNUAL}?fbtime={one.name[:4]}&amp;area={area}">{one.name}</a>'
            for one in self.columns_of(area)
        )
        rows = "\n".join(
            f'<li><a mc="{escape(row.title)}" rq="{row.day}" syh="{number:05}" href="{row.path}" '
            f'target="_blank">{escape(row.title[:18])}…</a></li>'
            for number, row in enumerate(pages[place])
        )
        shown = f'<div class="xxgk_nb_year">{tabs}</div>\n<ul class="xxgk_nb_list">\n{rows}\n</ul>\n'
        body = shown + foot(self.site)
        head = metas(self.site, Head("政府信息公开年度报告"), style="single")
        return page_reply(document(head, "政府信息公开年度报告", body), tagged=False)

    def tree(self) -> str:
        areas = dict.fromkeys(column.path.rpartition("=")[2] for column in self.columns)
        links = "\n".join(f'<li><a href="{ANNUAL}?area={area}">{SCOPES[area]}</a></li>' for area in areas)
        return f'<ul class="tree">\n{links}\n</ul>'

    def lists(self, today: date) -> dict[str, ListTruth]:
        """They share one path, so the query belongs to the key."""
        told = {
            column.path: truth_of(self.rows(column, today), *self.stop_reasons) for column in self.columns
        }
        newest = {f"{ANNUAL}?area={area}": self.columns_of(area)[0].path for area in SCOPES}
        return {**told, **{path: told[same] for path, same in newest.items()}}


SCOPES = {"009917001": "区本级", "009917002": "部门", "009917003": "镇街"}


def make(seed: int, day: date) -> tuple[Replica, ...]:
    return (search(seed, day), annual(seed, day))


def search(seed: int, day: date) -> Replica:
    site = Site(
        "预设县人民政府", "9917010001", county("预设县", seed=seed, organs=26, years=(2018, 2019, 2020, 2025))
    )
    path = f"{SEARCH}?infotypeId=A0212&vc_title=&vc_number=&area=009917000"
    return Search(site, [Column(path, "政府信息公开年报", site.county.reports)]).replica("xxgk", day)


def annual(seed: int, day: date) -> Replica:
    years = (2025, 2024, 2023, 2022)
    site = Site("譬如县人民政府", "9917020002", county("譬如县", seed=seed, organs=18, years=years[::-1]))
    columns = [
        Column(f"{ANNUAL}?fbtime={year}&area={area}", f"{year}年", found, scope)
        for area, scope in SCOPES.items()
        for year in years
        if (found := tuple(report for report in site.county.of(scope) if report.year == year))
    ]
    told = [{"url": f"http://{{host}}{ANNUAL}?area={area}", "scope": scope} for area, scope in SCOPES.items()]
    return Annual(site, columns).replica("xxgk-annual", day, told)
