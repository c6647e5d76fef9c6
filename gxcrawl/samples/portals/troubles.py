"""Healthy portals with one trouble on the way: most pass by themselves, a few cost one report."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from email.utils import formatdate
from functools import cache
from typing import Literal

from .broken import LIST, Change, Small, Usual, always, changed, files, first_times, plain_rows, small
from .model import Published, Replica, Reply, Request
from .pages import HTML, Head, data_reply, document, foot, metas, moved, not_found, page_reply

BOMB = 300 * 1024 * 1024
FIREWALL = "<html><head><title>网站防火墙</title></head><body>访问过于频繁，请稍后再试。</body></html>"
CAPTCHA = "<html><head><title>请输入验证码</title></head><body><form><input name='code'></form></body></html>"


def make(seed: int, day: date) -> tuple[Replica, ...]:
    return (
        *(passing(seed, day, name) for name in PASSING),
        *(lasting(seed, day, name) for name in LASTING),
        cookie(seed, day),
        redirect_loop(seed, day),
        home_redirect(seed, day),
        captcha(seed, day),
        *(robots(seed, day, name) for name in ROBOTS),
    )


# --- what passes: once on a page of the list, on an article and on a file ---


def busy(status: int, wait: str) -> Reply:
    """Too many requests: come again later."""
    reply = page_reply("<h1>busy</h1>", status=status)
    return reply._replace(headers=(*reply.headers, ("Retry-After", wait)))


def limited(status: int, wait: str = "2") -> Callable[[Reply], Reply]:
    return lambda usual: busy(status, wait)  # noqa: ARG005


def limited_until(usual: Reply) -> Reply:  # noqa: ARG001
    """The same as a moment, two to three seconds from now."""
    return busy(503, formatdate(time.time() + 3, usegmt=True))


def spoiled(fault: Literal["reset", "stall", "cut"]) -> Callable[[Reply], Reply]:
    return lambda usual: usual._replace(fault=fault)


PASSING: dict[str, Callable[[Reply], Reply]] = {
    "trouble-500": lambda usual: page_reply("<h1>500</h1>", status=500),  # noqa: ARG005
    "trouble-502": lambda usual: page_reply("<h1>502</h1>", status=502),  # noqa: ARG005
    "trouble-429": limited(429),
    "trouble-503": limited(503),
    "trouble-503-date": limited_until,
    "trouble-503-soon": limited(503, "soon"),
    "trouble-503-minus": limited(503, "-1"),
    "trouble-reset": spoiled("reset"),
    "trouble-stall": spoiled("stall"),
    "trouble-cut": spoiled("cut"),
}


def passing(seed: int, day: date, name: str) -> Replica:
    portal = small(seed)
    paths = [f"{LIST}index_1.html", portal.page_of(victim(portal, day))]
    if name != "trouble-stall":  # which costs a whole patience each time
        paths += [portal.file_of(report) for report in files(portal, day)[:1]]
    change = first_times(1, set(paths), PASSING[name])
    return changed(name, day, portal, change, settings={"timeout": 2.0} if name == "trouble-stall" else {})


def victim(portal: Small, day: date, place: int = 2) -> Published:
    report = plain_rows(portal, day)[place].report
    if report is None:
        raise LookupError("no report is left")
    return report


# --- what lasts: one article cannot be had ---


@cache
def bomb() -> bytes:
    """A small gzip that becomes a large page."""
    packer = zlib.compressobj(9, wbits=31)
    piece = b"<p>&nbsp;</p>\n" * (1024 * 1024 // 14)
    parts = [packer.compress(piece) for _ in range(BOMB // len(piece))]
    return b"".join(parts) + packer.flush()


def exploding() -> Reply:
    return Reply(bomb(), headers=(("Content-Type", HTML), ("Content-Encoding", "gzip")))


LASTING: dict[str, Callable[[], Reply]] = {
    "trouble-soft-404": lambda: not_found(soft=True),
    "trouble-bomb": exploding,
    "trouble-endless": lambda: Reply(fault="endless"),
    "trouble-drip": lambda: Reply(b"<html><body>" + b" " * 600, fault="drip"),
    "trouble-empty": Reply,
    "trouble-firewall": lambda: page_reply(FIREWALL),
    "trouble-503-a-day": lambda: busy(503, "86400"),
    "trouble-foreign-redirect": lambda: moved("http://www.elsewhere.invalid/a.html", 302),
    "trouble-private-redirect": lambda: moved("http://10.0.0.1/a.html", 302),
    "trouble-metadata-redirect": lambda: moved("http://169.254.169.254/latest/meta-data/", 302),
    "trouble-port-redirect": lambda: moved("http://127.0.0.1:1/a.html", 302),
    "trouble-file-redirect": lambda: moved("file:///etc/hostname", 302),
}


def lasting(seed: int, day: date, name: str) -> Replica:
    portal = small(seed)
    path = portal.page_of(victim(portal, day))
    change = always({path}, lambda usual: LASTING[name]())  # noqa: ARG005
    settings = {"timeout": 1.0} if name == "trouble-drip" else {}
    return changed(name, day, portal, change, lost={path}, settings=settings)


def redirect_loop(seed: int, day: date) -> Replica:
    """An article leads to a page that leads back."""
    portal = small(seed)
    path = portal.page_of(victim(portal, day))

    def change(request: Request, usual: Usual) -> Reply:
        if request.path == "/loop/":
            return moved(path, 302)
        return moved("/loop/", 302) if request.path == path else usual()

    return changed("trouble-loop", day, portal, change, lost={path})


def home_redirect(seed: int, day: date) -> Replica:
    """An article that is gone leads to the home page, which is no report."""
    portal = small(seed)
    path = portal.page_of(victim(portal, day))
    home = page_reply(document(metas(portal.site, Head("首页")), "首页", f"<h1>欢迎</h1>{foot(portal.site)}"))

    def change(request: Request, usual: Usual) -> Reply:
        if request.path in {"/", "/index.html"}:
            return home
        return moved("/index.html", 302) if request.path == path else usual()

    return changed("trouble-home-redirect", day, portal, change, lost={path})


def captcha(seed: int, day: date) -> Replica:
    """Instead of any file a page comes that wants to know who asks, with 200."""
    portal = small(seed)
    paths = {portal.file_of(report) for report in portal.columns[0].reports}
    change = always(paths, lambda usual: page_reply(CAPTCHA))  # noqa: ARG005
    rows = {portal.file_of(report) for report in portal.columns[0].reports if report.carrier == "row"}
    return changed("trouble-captcha", day, portal, change, lost=rows)


# --- ordinary HTTP that is rare ---


def cookie(seed: int, day: date) -> Replica:
    """Who has no cookie is sent to the same address with one."""

    def change(request: Request, usual: Usual) -> Reply:
        if "CT6T=" in request.headers.get("cookie", ""):
            return usual()
        reply = moved(request.target, 302)
        return reply._replace(headers=(*reply.headers, ("Set-Cookie", "CT6T=0a1b2c; Path=/")))

    return changed("trouble-cookie", day, small(seed), change)


ROBOTS: dict[str, Reply] = {
    "robots-delay": data_reply(b"User-agent: *\nCrawl-delay: 0.4\nDisallow: /admin/\n", "text/plain"),
    "robots-page": page_reply("<html><head><title>首页</title></head><body><h1>欢迎访问</h1></body></html>"),
    "robots-403": page_reply("<h1>403</h1>", status=403),
    "robots-500": page_reply("<h1>500</h1>", status=500),
}


def robots(seed: int, day: date, name: str) -> Replica:
    """A delay must be kept; a page and 403 forbid nothing."""
    replica = changed(name, day, small(seed), robots_saying(ROBOTS[name]))
    if name != "robots-500":
        return replica
    # Rules that cannot be had forbid everything (RFC 9309).
    return replace(replica, verdict="failed", failure="http-error", reports=())


def robots_saying(reply: Reply) -> Change:
    return lambda request, usual: reply if request.path == "/robots.txt" else usual()
