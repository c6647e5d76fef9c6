"""Portals whose run must not be healthy: each has one failure class of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from .broken import LIST, SECOND, Change, Small, Usual, always, changed, pair, small
from .model import ListTruth, Replica, Reply, Request
from .pages import Head, document, foot, metas, moved, page_reply, truth_of
from .trs import STUB

RUISHU = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta id="q3mT" content="aBcD0123">'
    '<script type="text/javascript" r="m">$_ts=window["$_ts"];if(!$_ts)$_ts={};$_ts.nsd=40182;$_ts.cd="qq";'
    '</script><script src="/XyZ012/a1b2c3.js" r="m"></script></head><body></body></html>'
)
JSL = (
    "<script>document.cookie=('_')+('_')+('jsl_clearance_s')+('=')+('1700000000.1|-1|x%3D')+';max-age=3600;path=/';"
    "location.href=location.pathname+location.search</script>"
)
FORBIDDEN = "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>"


def make(seed: int, day: date) -> tuple[Replica, ...]:
    return (
        *(wholly(seed, day, name) for name in WHOLLY),
        *unreachable(seed, day),
        layout_changed(seed, day),
        hijacked(seed, day),
        mirror(seed, day),
        incomplete(seed, day),
        short(seed, day),
        stub(seed, day),
        frozen(seed, day),
        details_blocked(seed, day),
        few_rows(seed, day),
    )


# --- nothing at all can be had ---


def nothing(name: str, day: date, portal: Small, change: Change, failure: str, **settings: object) -> Replica:
    """No report, no list."""
    verdict = "blocked" if failure.startswith("blocked") else "failed"
    replica = changed(name, day, portal, change, settings=settings)
    lists = {LIST: ListTruth((f"failed:{failure}",), False, 0)}
    return replace(replica, reports=(), decoys=(), lists=lists, verdict=verdict, failure=failure)


def answering(reply: Reply) -> Change:
    """Everything has the same answer, also robots.txt."""
    return lambda request, usual: reply  # noqa: ARG005


def lists_answering(reply: Reply) -> Change:
    return lambda request, usual: reply if request.path.startswith(LIST) else usual()


def no_robots(request: Request, usual: Usual) -> Reply:
    if request.path == "/robots.txt":
        return Reply(b"User-agent: *\nDisallow: /\n", headers=(("Content-Type", "text/plain"),))
    return usual()


def browsers_only(request: Request, usual: Usual) -> Reply:
    """Whoever says honestly what he is, is turned away."""
    is_browser = request.headers.get("user-agent", "").startswith("Mozilla/5.0 (Windows")
    return usual() if is_browser else page_reply(FORBIDDEN, status=403)


def jsl() -> Reply:
    cookie = ("Set-Cookie", "__jsluid_s=0123456789abcdef; max-age=31536000; path=/; HttpOnly")
    return Reply(JSL.encode(), 521, (("Content-Type", "text/html"), cookie))


def empty_list(request: Request, usual: Usual) -> Reply:
    """The usual page, only that no row is in it."""
    reply = usual()
    before, opening, rest = reply.body.partition(b'<ul class="u-list">')
    if not opening or not request.path.startswith(LIST):
        return reply
    after = re.sub(rb"createPageHTML\(\d+, ", b"createPageHTML(0, ", rest.partition(b"</ul>")[2])
    return reply._replace(body=before + opening + b"</ul>" + after)


WHOLLY: dict[str, tuple[str, Callable[[], Change]]] = {
    "fault-timeout": ("timeout", lambda: lists_answering(Reply(fault="stall"))),
    "fault-http-error": ("http-error", lambda: lists_answering(page_reply("<h1>500</h1>", status=500))),
    "fault-ruishu": ("blocked:瑞数", lambda: answering(page_reply(RUISHU, status=412))),
    "fault-jsl": ("blocked:jsl", lambda: answering(jsl())),
    "fault-403": ("blocked:403", lambda: browsers_only),
    "fault-robots": ("robots", lambda: no_robots),
    "fault-moved": ("moved", lambda: answering(moved("http://www.new-place.invalid/"))),
    "fault-listing-empty": ("listing-empty", lambda: empty_list),
}


def wholly(seed: int, day: date, name: str) -> Replica:
    failure, change = WHOLLY[name]
    return nothing(name, day, small(seed), change(), failure, timeout=1.0 if failure == "timeout" else 5.0)


def unreachable(seed: int, day: date) -> tuple[Replica, ...]:
    """Entries that lead nowhere: a closed port, https where http is spoken, a name that does not exist."""

    def entry(name: str, failure: str, host: str, **settings: object) -> Replica:
        made = nothing(
            name, day, small(seed), answering(Reply(status=500)), failure, hosts=[host], **settings
        )
        scheme = settings.get("scheme", "http")
        return replace(made, entry=made.entry.replace('url = "http://{host}', f'url = "{scheme}://{host}'))

    return (
        entry("fault-refused", "refused", "127.0.0.1:1"),
        entry("fault-tls", "tls", "{host}", scheme="https"),
        entry("fault-dns", "dns", "x.invalid", suffixes=[".invalid"]),
    )


# --- another site than before ---


def layout_changed(seed: int, day: date) -> Replica:
    """A redesign: links upon links, and the list comes from a script that nobody knows."""
    portal = small(seed)
    services = ("办事", "服务", "互动", "专题", "便民", "投资", "旅游", "生活")
    links = "".join(
        f'<div class="card"><a href="/portal/{place}/">{services[place % 8]}中心{place // 8 + 1}</a></div>'
        for place in range(64)
    )
    text = document(
        metas(portal.site, Head("政府信息公开年报")),
        "新版门户",
        f'<div id="app"><div class="grid">{links}</div><div v-for="row in rows"></div></div>\n'
        + foot(portal.site),
    )
    return nothing("fault-layout", day, portal, lists_answering(page_reply(text)), "layout-changed")


def hijacked(seed: int, day: date) -> Replica:
    """The domain was let go and bought by others."""
    rows = "".join(
        f'<li><a href="/app/{place}.html">体育投注注册送彩金{place}</a></li>' for place in range(40)
    )
    metas_of_others = '<meta name="SiteName" content="娱乐城"><meta name="SiteIDCode" content="8800000088">'
    text = document(metas_of_others, "在线娱乐城 体育投注 真人棋牌", f"<ul>{rows}</ul>")
    return nothing("fault-hijacked", day, small(seed), answering(page_reply(text)), "hijacked")


def mirror(seed: int, day: date) -> Replica:
    """A copy of the portal by somebody else: all is there, under another site code."""
    portal = small(seed)

    def change(request: Request, usual: Usual) -> Reply:  # noqa: ARG001
        reply = usual()
        return reply._replace(body=reply.body.replace(portal.site.code.encode(), b"8800000099"))

    return nothing("fault-mirror", day, portal, change, "hijacked")


# --- one of two lists cannot be read to its end ---


def half(name: str, seed: int, day: date, change: Change, failure: str, pages: int, *stops: str) -> Replica:
    """Of the second list only the first pages can be had."""
    portal = pair(seed)
    shown = [row for page in portal.pages(portal.columns[1], day)[:pages] for row in page]
    within = {row.path for row in shown} | {row.path for row in portal.rows(portal.columns[0], day)}
    replica = changed(name, day, portal, change)
    return replace(
        replica,
        verdict="degraded",
        failure=failure,
        reports=tuple(report for report in replica.reports if portal.address(report) in within),
        lists={**replica.lists, SECOND: truth_of(shown, *stops, f"failed:{failure}", complete=False)},
    )


def number_of_page(request: Request) -> int:
    """Of the second list, from 1; 0 for what is no page of it."""
    folder, _, name = request.path.rpartition("/")
    number = name.removeprefix("index_").removesuffix(".html")
    if f"{folder}/" != SECOND or name.startswith("t"):
        return 0
    return int(number) + 1 if number.isdigit() else 1


def incomplete(seed: int, day: date) -> Replica:
    """Page 3 is broken, always."""

    def change(request: Request, usual: Usual) -> Reply:
        return page_reply("<h1>500</h1>", status=500) if number_of_page(request) == 3 else usual()

    return half("fault-page-500", seed, day, change, "listing-incomplete", 2, "failed:http-error")


def short(seed: int, day: date) -> Replica:
    """More pages are declared than there are; the others are not found."""

    def change(request: Request, usual: Usual) -> Reply:
        return page_reply("<h1>404</h1>", status=404) if number_of_page(request) > 2 else usual()

    stops = ("http-404", "failed:http-error")
    return half("fault-page-404", seed, day, change, "listing-incomplete", 2, *stops)


def stub(seed: int, day: date) -> Replica:
    """The deep pages are there but for their rows."""

    def change(request: Request, usual: Usual) -> Reply:
        return page_reply(STUB.format(" " * 200)) if number_of_page(request) > 2 else usual()

    return half("fault-page-stub", seed, day, change, "listing-incomplete", 2, "stub-page")


def frozen(seed: int, day: date) -> Replica:
    """Whatever page is asked for, the first one comes."""
    portal = pair(seed)
    first = portal.list_page(portal.columns[1], portal.pages(portal.columns[1], day), 0)

    def change(request: Request, usual: Usual) -> Reply:
        return first if number_of_page(request) > 1 else usual()

    stops = ("first-row-repeated", "no-new-url")
    return half("fault-frozen", seed, day, change, "listing-frozen", 1, *stops)


# --- the lists can be read to their end, and yet ---


def details_blocked(seed: int, day: date) -> Replica:
    """The lists are for everybody, the articles are not."""
    portal = small(seed)
    pages = set(portal.by_page)
    change = always(pages, lambda usual: page_reply(RUISHU, status=412))  # noqa: ARG005
    replica = changed("fault-details-ruishu", day, portal, change, lost=pages)
    return replace(replica, verdict="degraded", failure="blocked:瑞数")


def few_rows(seed: int, day: date) -> Replica:
    """A list that is whole by its own account, and far shorter than the entry expects."""
    change = always((), lambda usual: usual)
    replica = changed("fault-few-rows", day, small(seed), change, settings={"min_rows": 200})
    return replace(replica, verdict="degraded", failure="listing-incomplete")
