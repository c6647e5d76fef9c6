"""Healthy portals whose pages lie or lead astray: links, charsets, types, names, calendars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import escape
from urllib.parse import quote

from .broken import LIST, Change, Small, Usual, changed, small
from .files import TYPES
from .model import ListTruth, Replica, Reply, Request
from .pages import HTML, document, foot, not_found, page_reply

ROWS = b'<ul class="u-list">\n'
TITLE = "故障县杜撰局{}年政府信息公开工作年度报告"  # an organ that the county does not have
ASTRAY = (
    "http://10.0.0.1/nb.html",
    "http://192.168.1.1:8080/nb.html",
    "http://169.254.169.254/latest/meta-data/",
    "http://127.0.0.1:1/nb.html",
    "http://{host:trap-sink}/nb.html",
    "http://localhost/nb.html",
    "http://[::1]/nb.html",
    "http://0x7f000001/nb.html",
    "file:///etc/hostname",
    "ftp://ftp.elsewhere.invalid/nb.pdf",
    "http://www.elsewhere.invalid/nb.html",
    "//www.elsewhere.invalid/nb2.html",
    "http://{host}@www.elsewhere.invalid/nb3.html",
    "javascript:show(12)",
    "data:text/html,nb",
    "mailto:nb@elsewhere.invalid",
    "http://[broken/nb.html",
)


def make(seed: int, day: date) -> tuple[Replica, ...]:
    return (
        links(seed, day),
        sink(),
        files_elsewhere(seed, day),
        *(lying(seed, day, name) for name in LIES),
        file_names(seed, day),
        duplicates(seed, day),
        empty_href(seed, day),
        calendar(seed, day),
        year_tabs(seed, day),
        junk_pages(seed, day),
    )


def is_list(request: Request) -> bool:
    folder, _, name = request.path.rpartition("/")
    return f"{folder}/" == LIST and not name.startswith("t")


def with_rows(reply: Reply, rows: str) -> Reply:
    """More rows at the top of a list."""
    return reply._replace(body=reply.body.replace(ROWS, ROWS + rows.encode() + b"\n", 1))


def row(href: str, title: str) -> str:
    return f'<li><a href="{href}" title="{escape(title)}">{escape(title)}</a><span>2025/01/20</span></li>'


# --- links ---


def links(seed: int, day: date) -> Replica:
    """Rows that look like reports and lead where nobody may go."""
    rows = "\n".join(row(href, TITLE.format(2008 + place)) for place, href in enumerate(ASTRAY))

    def change(request: Request, usual: Usual) -> Reply:
        return with_rows(usual(), rows) if is_list(request) else usual()

    return changed("trap-links", day, small(seed), change)


def sink() -> Replica:
    """No portal: a port of the same machine that nobody may ask anything."""
    return Replica("trap-sink", "", "", lambda request, today: not_found())  # noqa: ARG005


def files_elsewhere(seed: int, day: date) -> Replica:
    """Articles with attachments on other hosts; the articles themselves are whole."""
    added = "".join(f'<p>附件：<a href="{href}">{escape("附件.pdf")}</a></p>' for href in ASTRAY[:12])

    def change(request: Request, usual: Usual) -> Reply:  # noqa: ARG001
        reply = usual()
        return reply._replace(
            body=reply.body.replace(b"</div></div>\n<p>", f"{added}</div></div>\n<p>".encode(), 1)
        )

    return changed("trap-files", day, small(seed), change)


def duplicates(seed: int, day: date) -> Replica:
    """The first row of the list stands on top of every page, once more under another spelling of it."""
    portal = small(seed)
    first = portal.rows(portal.columns[0], day)[0]
    rows = row(first.path, first.title) + row(f"http://{{host}}{first.path}#top", first.title)

    def change(request: Request, usual: Usual) -> Reply:
        return with_rows(usual(), rows) if is_list(request) else usual()

    return changed("trap-duplicates", day, portal, change)


def empty_href(seed: int, day: date) -> Replica:
    """Rows without an address, or with that of the list itself."""
    rows = "".join(row(href, TITLE.format(2019 + place)) for place, href in enumerate(("", "#", "./", " ")))

    def change(request: Request, usual: Usual) -> Reply:
        return with_rows(usual(), rows) if is_list(request) else usual()

    return changed("trap-empty-href", day, small(seed), change)


# --- lies ---


def in_gb18030(reply: Reply) -> Reply:
    """The page is in GB18030, head and metas say UTF-8."""
    return reply._replace(body=reply.body.decode().encode("gb18030"))


def in_gb18030_by_meta(reply: Reply) -> Reply:
    """The page is in GB18030, its meta calls it gb2312, its head says nothing."""
    body = reply.body.decode().replace('charset="utf-8"', 'charset="gb2312"')
    body = body.replace("charset=utf-8", "charset=gb2312")
    return retyped(reply._replace(body=body.encode("gb18030")), "text/html")


def called_gb2312(reply: Reply) -> Reply:
    """The page is in UTF-8, head and metas say gb2312."""
    body = reply.body.replace(b'charset="utf-8"', b'charset="gb2312"').replace(
        b"charset=utf-8", b"charset=gb2312"
    )
    return retyped(reply._replace(body=body), "text/html; charset=gb2312")


def retyped(reply: Reply, content_type: str) -> Reply:
    kept = tuple(pair for pair in reply.headers if pair[0] != "Content-Type")
    return reply._replace(headers=(("Content-Type", content_type), *kept))


LIES: dict[str, Callable[[Reply], Reply]] = {
    "trap-gb18030": in_gb18030,
    "trap-gb18030-meta": in_gb18030_by_meta,
    "trap-gb2312": called_gb2312,
    "trap-text-plain": lambda reply: retyped(reply, "text/plain"),
    "trap-octet-stream": lambda reply: retyped(reply, "application/octet-stream"),
    "trap-no-type": lambda reply: reply._replace(headers=reply.headers[1:]),
    "trap-files-as-html": lambda reply: reply,
}


def lying(seed: int, day: date, name: str) -> Replica:
    """About pages, but for the last one, which is about files."""

    def change(request: Request, usual: Usual) -> Reply:  # noqa: ARG001
        reply = usual()
        kind = dict(reply.headers).get("Content-Type", "")
        if name == "trap-files-as-html" and kind in {TYPES["pdf"], TYPES["docx"]}:
            return retyped(reply, HTML)
        return LIES[name](reply) if kind == HTML and reply.status == 200 else reply

    return changed(name, day, small(seed), change)


def file_names(seed: int, day: date) -> Replica:
    """Names of files that would be paths if anybody took them for such."""
    names = (
        'attachment; filename="../../../../../../tmp/gxcrawl-was-here.pdf"',
        'attachment; filename="nb\x00.pdf"',
        "attachment; filename*=UTF-8''..%2F..%2Ftmp%2Fgxcrawl-was-here%00.pdf",
        'attachment; filename="' + "年".encode().decode("latin-1") * 300 + '.pdf"',
        'attachment; filename="C:\\windows\\nb.pdf"',
    )

    def change(request: Request, usual: Usual) -> Reply:
        reply = usual()
        if dict(reply.headers).get("Content-Type") not in {TYPES["pdf"], TYPES["docx"]}:
            return reply
        name = names[sum(request.path.encode()) % len(names)]
        return reply._replace(headers=(*reply.headers, ("Content-Disposition", name)))

    return changed("trap-file-names", day, small(seed), change)


# --- pages without end ---


def calendar(seed: int, day: date) -> Replica:
    """A calendar beside the list: every month leads to the next one, the list stays the same."""

    def change(request: Request, usual: Usual) -> Reply:
        if not is_list(request):
            return usual()
        month = request.target.partition("?month=")[2][:7]
        year, _, number = (month if month[:4].isdigit() and month[5:].isdigit() else "2026-05").partition("-")
        later = f"{int(year) + int(number) // 12}-{int(number) % 12 + 1:02}"
        sooner = f"{int(year) - (int(number) <= 1)}-{(int(number) - 2) % 12 + 1:02}"
        links = f'<a href="?month={sooner}">«</a><a href="?month={later}">下一月 »</a>'
        inside = f'<div class="calendar">{links}</div>'
        reply = usual()
        return reply._replace(body=reply.body.replace(ROWS, inside.encode() + ROWS, 1))

    return changed("trap-calendar", day, small(seed), change)


def year_tabs(seed: int, day: date) -> Replica:
    """Tabs lead from each year to each other one, and every step makes the address longer."""
    portal = small(seed)
    column = portal.columns[0]
    years = sorted({report.year for report in column.reports})

    def change(request: Request, usual: Usual) -> Reply:
        if not is_list(request):
            return usual()
        query = request.target.partition("?")[2]
        asked = query.removeprefix("year=")[:4]
        rows = [row for row in portal.rows(column, day) if row.report and str(row.report.year) == asked]
        reply = portal.list_page(column, [rows], 0) if rows else usual()
        back = f"&back={quote(query, safe='')}" if query else ""
        links = "".join(f'<a href="{LIST}?year={year}{escape(back)}">{year}年</a>' for year in years)
        tabs = f'<div class="tab">{links}</div>\n'
        return reply._replace(body=reply.body.replace(ROWS, tabs.encode() + ROWS, 1))

    return changed("trap-year-tabs", day, portal, change)


def junk_pages(seed: int, day: date) -> Replica:
    """A list without declared size, whose next page is always there and always full of new rows."""
    portal = small(seed)
    settings = {"budget": 150, "family": "generic"}
    replica = changed("trap-junk-pages", day, portal, junk(portal), settings=settings)
    truth = ListTruth(("cap", "budget"), False, replica.lists[LIST].reports)
    return replace(
        replica, family="generic", lists={LIST: truth}, verdict="degraded", failure="listing-incomplete"
    )


def junk(portal: Small) -> Change:
    def change(request: Request, usual: Usual) -> Reply:
        if not is_list(request):
            return usual()
        number = request.path.rpartition("_")[2].removesuffix(".html")
        place = int(number) if number.isdigit() else 0
        reply = usual()
        shown = reply.body.partition(ROWS)[2].partition(b"</ul>")[0].decode() if place < 4 else ""
        fresh = "".join(row(f"/tz/{place}-{one}.html", f"关于第{place}批第{one}号的公告") for one in range(5))
        rows = f"{shown}{fresh}"
        forward = f'<a href="{LIST}index_{place + 1}.html">下一页</a>'
        text = f'<ul class="u-list">\n{rows}</ul>\n<div class="page">{forward}</div>\n{foot(portal.site)}'
        return page_reply(document("", "政府信息公开年报", text), tagged=False)

    return change
