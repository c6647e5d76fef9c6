"""龙讯 portals: a column of its own for every organ, rows by an interface that wants type=3."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import ClassVar
from urllib.parse import parse_qs

from .cms import Cms, Column
from .county import county, number_of
from .model import Published, Replica, Reply, Request
from .pages import Entry, Head, Site, document, foot, heading_lines, metas, page_reply, pages_of

SITE_ID = "6795621"
FIRST_ORGAN = 6_596_000
KINDS = {
    1: "政府信息公开制度",
    2: "政府信息公开指南",
    3: "政府信息公开年报",
    4: "政府信息公开目录",
    5: "依申请公开",
}


class Lonsun(Cms):
    family = "lonsun"
    per_page: ClassVar[int] = 6  # more is not given, whatever is asked for
    stop_reasons = ("last-page", "declared-total", "no-next")

    def organ_id(self, column: Column) -> int:
        return FIRST_ORGAN + self.columns.index(column)

    def page_of(self, report: Published) -> str:
        return f"/public/{self.organ_id(self.column_of[id(report)])}/{number_of(report)}.html"

    def decoy_path(self, column: Column, key: str, day: date) -> str:  # noqa: ARG002
        return f"/public/{self.organ_id(column)}/{int(key[:6], 16)}.html"

    def files_of(self, report: Published) -> str:
        since = report.versions[0].since
        return f"/group1/download/{since:%Y%m}/{number_of(report)}/"

    def other(self, request: Request, today: date) -> Reply | None:
        query = {name: values[0] for name, values in parse_qs(request.target.partition("?")[2]).items()}
        kind = query.get("type", "4")
        if request.path == "/site/label/8888":
            return self.label(query, kind, today)
        column = next((one for one in self.columns if one.path.partition("?")[0] == request.path), None)
        if column is None or kind not in {"1", "2", "3", "4", "5"}:
            return None
        return page_reply(self.shell(column, int(kind), today), tagged=False)

    def shown(self, column: Column, kind: int, today: date) -> list[Sequence[Entry]]:
        """Of other types there are only other documents."""
        if kind == 3:
            return self.pages(column, today)
        return pages_of([row for row in self.decoys[column.path] if row.day <= today], self.per_page)

    def shell(self, column: Column, kind: int, today: date) -> str:
        head = metas(self.site, Head(KINDS[kind])) + f'\n<meta name="SiteId" content="{SITE_ID}">'
        organ = self.organ_id(column)
        tabs = "".join(
            f'<li><a href="/public/column/{organ}?type={number}&action=list">{name}</a></li>'
            for number, name in KINDS.items()
        )
        organs = "\n".join(
            f'<li><a href="/public/column/{self.organ_id(other)}?type=4&action=list" '
            f'title="{other.name}">{other.name}</a></li>'
            for other in self.columns
        )
        count = len(self.shown(column, kind, today))
        script = (
            f"Ls.ajaxPage({{el:'#listAll',url:'/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList"
            f"&siteId={SITE_ID}&pageSize=15&organId={organ}&type={kind}&catId=&action=list',"
            f"pageIndex:1,pageCount:{count}}});"
        )
        body = (
            f'<ul class="public-tab">{tabs}</ul>\n<div class="organ-tree"><ul>\n{organs}\n</ul></div>\n'
            f'<h2>{column.name}{KINDS[kind]}</h2><div id="listAll"></div>\n'
            f"<script>{script}</script>\n{foot(self.site)}"
        )
        return document(head, f"{column.name}-{KINDS[kind]}", body)

    def label(self, query: dict[str, str], kind: str, today: date) -> Reply:
        organ, page = query.get("organId", ""), query.get("pageIndex", "1")
        column = next((one for one in self.columns if str(self.organ_id(one)) == organ), None)
        wanted = query.get("labelName") == "publicInfoList" and query.get("siteId") == SITE_ID
        if column is None or not wanted or not page.isdigit() or not kind.isdigit():
            return page_reply("<p>标签参数错误</p>", tagged=False)
        pages = self.shown(column, int(kind), today)
        rows = pages[int(page) - 1] if 0 < int(page) <= len(pages) else []
        listed = "\n".join(
            f'<li><a href="http://{{host}}{row.path}" title="{escape(row.title)}" target="_blank">'
            f'{escape(row.title)}</a><span class="date">{row.day}</span></li>'
            for row in rows
        )
        told = f"total:{sum(map(len, pages))},pageIndex:{page},pageCount:{len(pages)}"
        script = f"<script>Ls.pagination({{{told}}});</script>"
        return page_reply(f'<ul class="doc_list">\n{listed}\n</ul>\n{script}', tagged=False)

    def article(self, column: Column, report: Published, today: date) -> str:  # noqa: ARG002
        day = f"{report.printed_day} 09:12" if report.printed_day else ""
        body = (
            f'<table class="xxgk_table"><tr><th>索引号：</th><td>{number_of(report)}/{report.year}-00001</td>'
            f"<th>信息分类：</th><td>政府信息公开年报</td></tr><tr><th>发布机构：</th><td>{report.organ.name}</td>"
            f"<th>发布日期：</th><td>{day}</td></tr></table>\n"
            f'<h1 class="newstitle">{heading_lines(report.title)}</h1>\n'
            f'<div><span class="res">来源：{self.site.name}</span>'
            f'<span class="fbsj">发布时间：{day}</span></div>\n'
            f'<div class="j-fontContent">{self.body(report, today)}</div>\n{foot(self.site)}'
        )
        told = Head(KINDS[3], report.title, report.printed_day, self.site.name)
        return document(metas(self.site, told), f"{report.title}-{self.site.name}", body)


def make(seed: int, day: date) -> tuple[Replica, ...]:
    site = Site("模拟县人民政府", "9916010001", county("模拟县", seed=seed, organs=14))
    columns = [
        Column(
            f"/public/column/{FIRST_ORGAN + place}?type=3&action=list",
            organ.short,
            tuple(report for report in site.county.reports if report.organ == organ),
            organ.scope,
        )
        for place, organ in enumerate(site.county.organs)
    ]
    told = [{"url": f"http://{{host}}{columns[0].path}"}]
    return (Lonsun(site, columns).replica("lonsun", day, told),)
