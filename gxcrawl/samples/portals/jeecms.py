"""A JEECMS portal: its pager lives in onclick, its articles carry no standard metas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import ClassVar

from .cms import Cms, Column
from .county import county, number_of
from .model import Published, Replica, Reply, Request
from .pages import Entry, Site, document, foot, page_reply

SEARCH = '<form action="/search.jspx" target="_blank" id="searchForm"><input name="q" type="text"></form>\n'


class Jeecms(Cms):
    family = "jeecms"
    per_page: ClassVar[int] = 20
    stop_reasons = ("last-page", "declared-total", "no-next")

    def page_of(self, report: Published) -> str:
        return f"{self.column_of[id(report)].path}{number_of(report, 6)}.jhtml"

    def decoy_path(self, column: Column, key: str, day: date) -> str:  # noqa: ARG002
        return f"{column.path}{int(key[:7], 16)}.jhtml"

    def files_of(self, report: Published) -> str:
        since = report.versions[0].since
        return f"/u/cms/www/{since:%Y%m}/{number_of(report)}/"

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:
        folder, _, name = request.path.rpartition("/")
        if f"{folder}/" != column.path:
            return None
        names = [name_of(place) for place in range(count)]
        return names.index(name or "index.jhtml") if (name or "index.jhtml") in names else None

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:
        rows = "\n".join(
            f'<li>\n<span>{row.day}</span>\n<h1><a href="http://{{host}}{row.path}">{escape(row.title)}</a></h1>\n</li>'
            for row in pages[place]
        )
        body = (
            f'{SEARCH}<ul class="news-list">\n{rows}\n</ul>\n'
            f"{pager(place, len(pages), sum(map(len, pages)))}\n"
            f'<span id="wzndbg"><a href="/u/cms/www/201801/report_tb_{self.site.code}.pdf" target="_blank">'
            f'<img src="/r/cms/www/default/images/wzndbg.jpg"></a></span>\n{foot(self.site)}'
        )
        return page_reply(
            document(self.head(column.name), f"{column.name} - {self.site.name}", body), tagged=False
        )

    def head(self, words: str) -> str:
        return (
            f'<meta http-equiv="keywords" content="{escape(words)}"/>'
            f'<meta name="title" content="{self.site.name}">\n'
            '<link href="/r/cms/www/default/css/style.css" rel="stylesheet">'
        )

    def article(self, column: Column, report: Published, today: date) -> str:
        day = f"{report.printed_day} 16:05:31" if report.printed_day else ""
        body = (
            f'{SEARCH}<div class="here">当前位置： <a href="/">首页</a> &gt; '
            f'<a href="{column.path}index.jhtml">{column.name}</a></div>\n<div class="content">'
            f'<h1>{escape(report.title)}</h1>\n<div class="msgbar">发布时间： {day} &nbsp; '
            '作者：admin &nbsp; 来源：本站原创 &nbsp; 浏览次数：<span id="views">0</span></div>\n'
            f'<div class="txt">{self.body(report, today)}</div></div>\n{foot(self.site)}'
        )
        return document(self.head(report.title), f"{report.title} - {self.site.name}", body)


def name_of(place: int) -> str:
    return f"index_{place + 1}.jhtml" if place else "index.jhtml"


def pager(place: int, count: int, total: int) -> str:
    """Every href is #; only onclick tells where a button leads."""

    def button(kind: str, text: str, asked: int) -> str:
        if not 0 <= asked < count:
            return f'<a class="{kind} disabled" href="#">{text}</a>'
        return f'<a class="{kind}" href="#" onclick="location.href=\'{name_of(asked)}\'">{text}</a>'

    numbers = "".join(
        button("Num on" if asked == place else "Num", str(asked + 1), asked) for asked in range(count)
    )
    return (
        '<div class="page-area"><div class="pages">'
        f'<span class="button-area">共{total}条记录 {place + 1}/{count}页</span>\n'
        f"{button('prev', '&lt;&lt;', place - 1)}{numbers}{button('next', '&gt;&gt;', place + 1)}</div></div>"
    )


def make(seed: int, day: date) -> tuple[Replica, ...]:
    site = Site(
        "假定县人民政府", "9914010001", county("假定县", seed=seed, organs=24, years=(2018, 2020, 2022, 2025))
    )
    return (
        Jeecms(site, [Column("/zfxxgknb/", "政府信息公开年报", site.county.reports)]).replica("jeecms", day),
    )
