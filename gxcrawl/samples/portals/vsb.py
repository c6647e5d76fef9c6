"""博达 portals: a pager that counts down, one by query, downloads that want a Referer, a viewer by script."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import ClassVar
from urllib.parse import quote

from .cms import Cms, Column
from .county import county, key_of, number_of
from .model import Published, Replica, Reply, Request
from .pages import (
    Entry,
    Head,
    Site,
    article_body,
    document,
    file_name,
    file_reply,
    foot,
    heading_lines,
    metas,
    neighbours,
    page_reply,
)

OWNER = "1099000001"
MADE_BY = "<!--Announced by Visual SiteBuilder 9-->"
CAPTCHA = (
    "<html><head><title>系统提示</title></head><body><form>请输入验证码："
    '<input name="codeValue"><img src="/system/resource/js/createimage.jsp"></form></body></html>'
)


class Vsb(Cms):
    """Page 1 is zfxxgknb.htm, page 2 zfxxgknb/4.htm, the last one zfxxgknb/1.htm."""

    family = "vsb"
    per_page: ClassVar[int] = 12
    stop_reasons = ("no-next", "last-page", "declared-total")

    def page_of(self, report: Published) -> str:
        place = self.columns.index(self.column_of[id(report)])
        return f"/info/{1041 + place}/{number_of(report)}.htm"

    def decoy_path(self, column: Column, key: str, day: date) -> str:  # noqa: ARG002
        return f"/info/{1041 + self.columns.index(column)}/{int(key[:6], 16)}.htm"

    def files_of(self, report: Published) -> str:
        key = key_of(report).upper()
        return f"/__local/{key[0]}/{key[1:3]}/{key[3:5]}/{key[5:]}/"

    def download(self, report: Published) -> str:
        return (
            "/system/_content/download.jsp?urltype=news.DownloadAttachUrl"
            f"&owner={OWNER}&wbfileid={number_of(report)}"
        )

    def address(self, report: Published) -> str:
        return self.download(report) if report.carrier == "row" else self.page_of(report)

    def other(self, request: Request, today: date) -> Reply | None:
        """A download without the page before it is a captcha page, with 200."""
        if request.path != "/system/_content/download.jsp":
            return None
        if not refers_to_self(request):
            return page_reply(CAPTCHA, tagged=False)
        reports = (report for column in self.columns for report in column.reports)
        asked = next((report for report in reports if self.download(report) == request.target), None)
        reply = file_reply(asked, today, quote(file_name(asked))) if asked else None
        if asked is None or reply is None:
            return None
        named = ("Content-Disposition", f"attachment; filename*=UTF-8''{quote(file_name(asked))}")
        return reply._replace(headers=(*reply.headers, named))

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:
        path = column.path.removesuffix(".htm")
        if request.path == column.path:
            return 0
        number = request.path.removeprefix(f"{path}/").removesuffix(".htm")
        place = count - int(number) if number.isdigit() else -1
        return place if 0 < place < count else None

    def list_page(self, column: Column, pages: Sequence[Sequence[Entry]], place: int) -> Reply:
        up = "../" * (self.page_path(column, place, len(pages)).count("/") - 1)
        rows = "\n".join(
            f'<li id="line_u5_{number}"><a href="{self.href(entry, up)}" target="_blank" '
            f'title="{escape(entry.title)}">{escape(entry.title)}</a><span>{entry.day:%Y.%m.%d}</span></li>'
            for number, entry in enumerate(pages[place])
        )
        pager = self.pager(column, place, len(pages), sum(map(len, pages)))
        body = (
            f'<div class="nav"><a href="{up}index.htm">首页</a>&gt;&gt;{column.name}</div>\n'
            f'<div class="list"><ul>\n{rows}\n</ul></div>\n{pager}\n{foot(self.site)}'
        )
        head = metas(self.site, Head(column.name), style="single")
        head += f'\n{MADE_BY}\n<script src="/system/resource/js/base64.js"></script>'
        return page_reply(document(head, f"{column.name}-{self.site.name}", body), tagged=False)

    def href(self, entry: Entry, up: str) -> str:
        """Relative, deeper from page 2 on; downloads are always named from the root."""
        return escape(entry.path) if entry.path.startswith("/system/") else f"{up}{entry.path[1:]}"

    def page_path(self, column: Column, place: int, count: int) -> str:
        return column.path if place == 0 else f"{column.path.removesuffix('.htm')}/{count - place}.htm"

    def page_href(self, column: Column, place: int, asked: int, count: int) -> str:
        """As seen from page `place`: siblings from page 2 on, one folder down from page 1."""
        name = column.path.rpartition("/")[2]
        if asked == 0:
            return f"../{name}" if place else name
        folder = "" if place else f"{name.removesuffix('.htm')}/"
        return f"{folder}{count - asked}.htm"

    def pager(self, column: Column, place: int, count: int, total: int) -> str:
        def href(asked: int) -> str:
            return self.page_href(column, place, asked, count)

        def button(kind: str, text: str, asked: int) -> str:
            if asked == place or not 0 <= asked < count:
                return f'<span class="p_{kind}_d p_fun_d">{text}</span>'
            return f'<span class="p_{kind} p_fun"><a href="{href(asked)}">{text}</a></span>'

        numbers = "".join(
            f'<span class="p_no"><a href="{href(asked)}">{asked + 1}</a></span>'
            if asked != place
            else f'<span class="p_no_d">{asked + 1}</span>'
            for asked in range(min(count, 5))
        )
        return (
            '<div class="pb_sys_common pb_sys_normal pb_sys_style1"><span class="p_pages">'
            f'<span class="p_t">共{total}条</span> '
            f"{button('first', '首页', 0)}{button('prev', '上页', place - 1)}"
            f"{numbers}{button('next', '下页', place + 1)}{button('last', '尾页', count - 1)} "
            f'<span class="p_t">{place + 1}/{count}</span></span></div>'
        )

    def article(self, column: Column, report: Published, today: date) -> str:
        rows = self.rows(column, today)
        entry = next(row for row in rows if row.report is report)
        told = Head(column.name, report.title, report.printed_day, self.site.name)
        day = f"{report.printed_day:%Y年%m月%d日} 08:50" if report.printed_day else ""
        body = (
            f'<form name="_newscontent_fromname"><h1>{heading_lines(report.title)}</h1>\n'
            f"<div>{day}　{self.site.name}　点击：[<script>_showDynClicks('wbnews')</script>]</div>\n"
            f'<div id="vsb_content"><div class="v_news_content">{self.body(report, today)}</div></div>\n'
            f"{self.attachments(report)}</form>\n{neighbours(entry, rows)}{foot(self.site)}"
        )
        head = metas(self.site, told, style="single") + f"\n{MADE_BY}"
        return document(head, f"{report.title}-{self.site.name}", body)

    def body(self, report: Published, today: date) -> str:
        if report.carrier == "attachment":
            return '<p class="vsbcontent_start">详见附件。</p>'
        if report.carrier == "viewer":
            path = self.file_of(report)
            return f'<p><script>showVsbpdfIframe("{path}","100%","600","0","","{OWNER}")</script></p>'
        return article_body(report, today, self.files_of(report))

    def attachments(self, report: Published) -> str:
        if report.carrier != "attachment":
            return ""
        href = escape(self.download(report))
        return (
            f'<ul style="list-style-type:none;"><li>附件【<a href="{href}" target="_blank">'
            f'{escape(file_name(report))}</a>】已下载<span id="nattach">次</span></li></ul>\n'
        )


class ByQuery(Vsb):
    """The pages of a list come from list.jsp, and their number stands in the query."""

    def place_asked(self, column: Column, request: Request, count: int) -> int | None:
        path, _, query = request.target.partition("?")
        wanted = column.path.partition("?")[2]
        if path != "/list.jsp" or wanted not in query:
            return None
        number = next((pair[7:] for pair in query.split("&") if pair.startswith("a1154p=")), "1")
        return int(number) - 1 if number.isdigit() and 0 < int(number) <= count else None

    def page_path(self, column: Column, place: int, count: int) -> str:  # noqa: ARG002
        return "/list.jsp"

    def page_href(self, column: Column, place: int, asked: int, count: int) -> str:  # noqa: ARG002
        return escape(f"?a1154t={count}&a1154p={asked + 1}&a1154c=12&{column.path.partition('?')[2]}")


def refers_to_self(request: Request) -> bool:
    """Whether the client came from a page of the host it asks."""
    return f"//{request.headers.get('host', '{host}')}/" in request.headers.get("referer", "")


def make(seed: int, day: date) -> tuple[Replica, ...]:
    return (falling(seed, day), by_query(seed, day))


def falling(seed: int, day: date) -> Replica:
    site = Site(
        "设想县人民政府", "9912010001", county("设想县", seed=seed, organs=24, years=(2020, 2021, 2022, 2025))
    )
    columns = [
        Column("/zwgk/zfxxgknb/bj.htm", "县级政府信息公开年报", site.county.of("区本级"), "区本级"),
        Column("/zwgk/zfxxgknb/bm.htm", "部门政府信息公开年报", site.county.of("部门"), "部门"),
        Column("/xzjdnb.htm", "乡镇街道政府信息公开年报", site.county.of("镇街"), "镇街"),
    ]
    return Vsb(site, columns).replica("vsb", day)


def by_query(seed: int, day: date) -> Replica:
    site = Site(
        "杜撰县人民政府", "9912020002", county("杜撰县", seed=seed, organs=14, years=(2021, 2022, 2025))
    )
    path = "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1154"
    return ByQuery(site, [Column(path, "政府信息公开年报", site.county.reports)]).replica("vsb-query", day)
