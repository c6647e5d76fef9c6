"""Portals of small CMSes without a family of their own: lists of <div>, and numbering that runs backwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import ClassVar

from .cms import Cms, Column
from .county import county, number_of
from .generic_untidy import Organs, Shell, Untidy
from .model import Published, Replica, Reply, Request
from .pages import Entry, Site, document, foot, page_reply


class FineCms(Cms):
    """Whole titles only in `alt`, no list element, and a link back that leads nowhere."""

    family = "generic"
    per_page: ClassVar[int] = 20
    stop_reasons = ("last-page", "declared-total", "no-next")

    def page_of(self, report: Published) -> str:
        return f"/news-show-{number_of(report)}.html"

    def decoy_path(self, column: Column, key: str, day: date) -> str:  # noqa: ARG002
        return f"/news-show-{int(key[:5], 16)}.html"

    def files_of(self, report: Published) -> str:
        return f"/uploadfile/{report.versions[0].since:%Y%m}/{number_of(report)}/"

    def other(self, request: Request, today: date) -> Reply | None:  # noqa: ARG002
        """A script sends the entry of the menu elsewhere."""
        if request.path not in {"/", "/index.html"}:
            return None
        menu = (
            '<div id="left_lan"><ul><li><a href="/news-list-zwdt.html">政务动态</a></li>'
            '<li><a href="#">政府信息公开</a></li></ul></div>\n'
            "<script>$(\"#left_lan a:contains('政府信息公开')\").attr('href',"
            f"'http://{{host}}{self.columns[0].path}');</script>\n{foot(self.site)}"
        )
        return page_reply(document("", self.site.name, menu), tagged=False)

    def page_path(self, column: Column, place: int) -> str:
        return f"{column.path.removesuffix('.html')}-{place + 1}.html" if place else column.path

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:
        paths = [self.page_path(column, place) for place in range(count)]
        return paths.index(request.path) if request.path in paths else None

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:
        def button(text: str, asked: int) -> str:
            inside = 0 <= asked < len(pages)
            href = f"http://{{host}}{self.page_path(column, asked)}" if inside else "javascript:volid(0);"
            return f'<div><a href="{href}">{text}</a></div>'

        rows = "\n".join(
            f'<div><a href="http://{{host}}{row.path}" target="_blank" alt="{escape(row.title)}  ">'
            f"{escape(row.title[:16] + '…' if len(row.title) > 16 else row.title)}  </a>"
            f"<p>{row.day}</p></div>"
            for row in pages[place]
        )
        total = sum(map(len, pages))
        body = (
            '<form class="search-form" action="/index.php"><input name="c" type="hidden" value="so"></form>\n'
            f'<div id="right_list">\n{rows}\n</div>\n<div id="right_tz">'
            f"<div>共{total}条记录 {place + 1}/{len(pages)}页</div>"
            f"{button('上一页', place - 1)}{button('下一页', place + 1)}</div>\n{foot(self.site)}"
        )
        return page_reply(document("", f"{column.name} - {self.site.name}", body), tagged=False)

    def article(self, column: Column, report: Published, today: date) -> str:
        day = f"{report.printed_day} 15:20:11" if report.printed_day else ""
        body = (
            f'<div class="weizhi">首页 &gt; {column.name} &gt; 正文</div>\n'
            f'<div class="show_t">{escape(report.title)}</div>\n<div class="show_d">发布时间：{day}　'
            f'点击：<span id="hits">12</span>　来源：{self.site.name}</div>\n'
            f'<div class="show_c">{self.body(report, today)}</div>\n{foot(self.site)}'
        )
        return document("", f"{report.title} - {self.site.name}", body)


class OldN(Cms):
    """The newest page is index.html; the others are fragments, numbered from the oldest one upwards."""

    family = "generic"
    per_page: ClassVar[int] = 18
    stop_reasons = ("last-page", "declared-total", "no-next", "no-new-url", "http-404")
    component = "958"

    def page_of(self, report: Published) -> str:
        return f"{self.folder(self.column_of[id(report)])}c{number_of(report, 6)}/content.html"

    def folder(self, column: Column) -> str:
        return column.path.removesuffix("index.html")

    def decoy_path(self, column: Column, key: str, day: date) -> str:  # noqa: ARG002
        return f"{self.folder(column)}c{1_000_000 + int(key[:5], 16)}/content.html"

    def files_of(self, report: Published) -> str:
        return f"{self.page_of(report).removesuffix('content.html')}part/"

    def page_path(self, column: Column, number: int) -> str:
        return f"{self.folder(column)}index_{self.component}_{number}.html"

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:
        paths = [self.page_path(column, count - place) for place in range(count)]
        return (
            0 if request.path == column.path else paths.index(request.path) if request.path in paths else None
        )

    def listing(self, request: Request, today: date) -> Reply | None:
        """Only index.html has a head and a pager."""
        column = next((one for one in self.columns if one.path == request.path), None)
        reply = super().listing(request, today)
        if column is None or reply is None:
            return reply
        count = len(self.pages(column, today))
        stem = self.page_path(column, 0).removesuffix("_0.html")
        links = "".join(
            f"<a href='../..{self.page_path(column, number + 1)}'></a>" for number in range(count)
        )
        pager = (
            f'<div class="page" id="pag_{self.component}"><script>\n  var purl="../..{stem}"\n'
            f'  var maxPageNum=0;\n  document.cookie="maxPageNum{self.component}={count}";\n'
            f"  maxPageNum = {count};\n</script></div>\n"
            f"<div style='display:none'>{links}</div>"
        )
        shown = f'<div class="zwgk_nb" id="comp_{self.component}">{reply.body.decode()}</div>\n'
        return page_reply(document("", column.name, f"{shown}{pager}\n{foot(self.site)}"), tagged=False)

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:  # noqa: ARG002
        rows = "\n".join(
            f'<li><span>[{row.day}]</span><a href="../..{row.path}" class="lst_bg02" target=\'_blank\'>'
            f"{escape(row.title)}  </a></li>"
            for row in pages[place]
        )
        return page_reply(f"<ul>\n{rows}\n</ul>", content_type="text/html", tagged=False)

    def article(self, column: Column, report: Published, today: date) -> str:
        day = f"{report.printed_day}" if report.printed_day else ""
        number = number_of(report, 6)
        head = f'<meta name="publishdate" content="{day}">\n<meta name="contentid" content="{number}">'
        body = (
            f'<div class="zsy_position">首页 &gt; {column.name}</div>\n'
            f'<div class="zsy_title">{escape(report.title)}</div>\n'
            f'<div class="zsy_time">{day.replace("-", "/")}</div>\n'
            f'<div class="zsy_content">{self.body(report, today)}</div>\n{foot(self.site)}'
        )
        return document(head, report.title, body)


def make(seed: int, day: date) -> tuple[Replica, ...]:
    makers = (fine_cms, old_n, untidy, shell, organs)
    return tuple(maker(seed, day) for maker in makers)


def fine_cms(seed: int, day: date) -> Replica:
    site = Site(
        "比方县人民政府", "9918010001", county("比方县", seed=seed, organs=24, years=(2020, 2022, 2024, 2025))
    )
    column = Column("/news-list-zfxxgknb.html", "政府信息公开年报", site.county.reports)
    return FineCms(site, [column]).replica("generic-fine", day)


def old_n(seed: int, day: date) -> Replica:
    site = Site(
        "举例县人民政府", "9918020002", county("举例县", seed=seed, organs=20, years=(2018, 2019, 2021, 2025))
    )
    column = Column("/n3/n13/index.html", "政府信息公开年报", site.county.reports)
    return OldN(site, [column]).replica("generic-n", day)


def untidy(seed: int, day: date) -> Replica:
    site = Site(
        "草稿县人民政府", "9918030003", county("草稿县", seed=seed, organs=16, years=(2018, 2019, 2025))
    )
    column = Column("/xxgk/list.asp?classid=12", "信息公开年报", site.county.reports)
    return Untidy(site, [column]).replica("generic-untidy", day)


def shell(seed: int, day: date) -> Replica:
    site = Site(
        "外壳区人民政府", "9918040004", county("外壳区", seed=seed, organs=16, years=(2021, 2022, 2025))
    )
    column = Column("/class/HFLAALF", "政府信息公开年报", site.county.reports)
    return Shell(site, [column]).replica("generic-shell", day)


def organs(seed: int, day: date) -> Replica:
    """The index of organs has no rows; each organ has a column, each column a tab for each year."""
    years = (2023, 2024, 2025)
    site = Site("单列县人民政府", "9918050005", county("单列县", seed=seed, organs=8, years=years))
    columns = [
        Column(f"/bmxxgkml/{name}/xxgknb_9490/{year}/", f"{organ.short} {year}年", found, organ.scope)
        for place, organ in enumerate(site.county.organs)
        for name in [f"dw{place + 1:02}"]
        for year in years
        if (found := tuple(one for one in site.county.reports if one.organ == organ and one.year == year))
    ]
    return Organs(site, columns).replica("generic-organs", day, [{"url": "http://{host}/bmxxgkml/"}])
