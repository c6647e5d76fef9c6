"""The shared platform of a city: pages numbered by -<n>, one list that repeats its last page for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import ClassVar

from .cms import Cms, Column
from .county import county, key_of, number_of
from .model import ListTruth, Published, Replica, Reply, Request
from .pages import (
    Entry,
    Head,
    Site,
    document,
    file_name,
    foot,
    heading_lines,
    metas,
    neighbours,
    page_reply,
    truth_of,
)


class Sanmenxia(Cms):
    """/<column>/0000/<template>-<n>.html; no page tells how many there are."""

    family = "sanmenxia"
    per_page: ClassVar[int] = 12
    stop_reasons = ("http-404",)
    forever = "list"  # the template whose last page answers for every number beyond it

    def page_of(self, report: Published) -> str:
        """An old address has nine digits where a new one has year and month."""
        number, since = number_of(report), report.versions[0].since
        column = self.column_of[id(report)].path.split("/")[1]
        middle = f"{since.year}/{since.month}" if since.year > 2021 else f"{616_000_000 + number % 1_000_000}"
        return f"/{column}/{middle}/{number}.html"

    def decoy_path(self, column: Column, key: str, day: date) -> str:
        return f"/{column.path.split('/')[1]}/{day.year}/{day.month}/{int(key[:6], 16)}.html"

    def files_of(self, report: Published) -> str:
        key = key_of(report).upper()
        return f"/group1/M00/{key[:2]}/{key[2:4]}/{key[4:20]}/"

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:
        stem = column.path.removesuffix("1.html")
        number = request.path.removeprefix(stem).removesuffix(".html")
        if not request.path.startswith(stem) or not number.isdigit() or int(number) < 1:
            return None
        place = int(number) - 1
        return min(place, count - 1) if self.is_forever(column) else place if place < count else None

    def is_forever(self, column: Column) -> bool:
        return column.path.endswith(f"/{self.forever}-1.html")

    def lists(self, today: date) -> dict[str, ListTruth]:
        told = super().lists(today)
        for column in filter(self.is_forever, self.columns):
            told[column.path] = truth_of(self.rows(column, today), "no-new-url", "first-row-repeated")
        return told

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:
        style = self.columns.index(column) % 3
        rows = "\n".join(
            ROWS[style].format(path=row.path, title=escape(row.title), day=row.day) for row in pages[place]
        )
        body = (
            f'<div class="position">首页 &gt; 政府信息公开 &gt; {column.name}</div>\n'
            f"{SHELLS[style].format(rows=rows)}\n{pager(place)}\n{foot(self.site)}"
        )
        return page_reply(document(metas(self.site, Head(column.name)), column.name, body), tagged=False)

    def article(self, column: Column, report: Published, today: date) -> str:
        rows = self.rows(column, today)
        entry = next(row for row in rows if row.report is report)
        told = Head(
            column.name, report.title, report.printed_day, "01", "http://{host}" + entry.path, "10:44:00"
        )
        day = f"{report.printed_day} 10:44" if report.printed_day else ""
        body = (
            "<div>首页 &gt; 政府信息公开 &gt; 政府信息公开年报 &gt; 文章详情</div>\n"
            f'<div class="articleDetails"><h2 class="title">{heading_lines(report.title)}</h2>\n'
            f"<p><span>来源:01</span> <span>发布时间:{day}</span> <span>浏览次数：</span></p>\n"
            f'<div id="content">{self.body(report, today)}</div></div>\n'
            f"{neighbours(entry, rows)}{foot(self.site)}"
        )
        return document(metas(self.site, told), report.title, body)

    def file_of(self, report: Published) -> str:
        """The store of files knows no names."""
        ending = file_name(report).rpartition(".")[2]
        return f"{self.files_of(report).rstrip('/')}.{ending}"


ROWS = (
    '<li><a href="{path}" target="_blank"><p class="qians">{title}</p><p class="hous">{day}</p></a></li>',
    '<li><a href="{path}"><p class="list-name">{title}</p></a><p class="more_right">{day}</p></li>',
    (
        '<li><a href="{path}"><span class="article-name">{title}</span>'
        '<span class="info-container">浏览</span><span class="info-container">{day}</span></a></li>'
    ),
)
SHELLS = (
    '<div class="article-list"><ul>\n{rows}\n</ul></div>',
    '<div class="category_r_list"><ul>\n{rows}\n</ul></div>',
    '<div class="article-container"><ul>\n{rows}\n</ul></div>',
)


def pager(place: int) -> str:
    """No link, no number of pages: a script changes the number in the address."""
    jump = "location.href=location.href.replace(/-\\d+\\.html/,'-'+n+'.html')"
    script = f"new Page({{el:'#page',current:{place + 1},jump:function(n){{{jump}}}}});"
    return f'<div id="page"></div><script>{script}</script>'


def make(seed: int, day: date) -> tuple[Replica, ...]:
    site = Site(
        "示范区人民政府", "9913010001", county("示范区", seed=seed, organs=30, years=(2019, 2021, 2023, 2025))
    )
    columns = [
        Column("/16016/0000/zhengfuxinxi-1.html", "区政府年报", site.county.of("区本级"), "区本级"),
        Column("/16017/0000/subList-1.html", "部门年报", site.county.of("部门"), "部门"),
        Column("/16018/0000/list-1.html", "乡镇街道年报", site.county.of("镇街"), "镇街"),
    ]
    return (Sanmenxia(site, columns).replica("sanmenxia", day),)
