"""Pages that are only a door to another one: a refresh, a script that goes elsewhere, a frame."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gxcrawl.pages.address import absolute
from gxcrawl.pages.links import base_of
from gxcrawl.pages.metas import is_detail
from gxcrawl.pages.model import Ask, Page
from gxcrawl.pages.refusal import refusal
from gxcrawl.pages.visible import seen

_MOST_TEXT = 80  # a door says "please wait" or "click here", no more
_MOST_LINKS = 3
_MOST_AROUND_FRAME = 150  # outside of links: a menu may stand around the frame of a list
_LONGEST_WAIT = 10  # seconds; who shows a page for longer wants it read
_LONGEST_SCRIPT = 20_000
_REFRESH = re.compile(r"^\s*(\d{1,4})(?:\.\d*)?\s*[;,]?\s*(?:url\s*=)?\s*['\"]?([^'\"]{0,2000})", re.I)
_GOES = re.compile(
    r"(?<![\w.])(?:(?:window|self|top|parent|document|this)\s*\.\s*){0,3}location(?:\s*\.\s*href)?"
    r"\s*(?:=\s*|\.\s*(?:replace|assign)\s*\(\s*)(['\"])([^'\"\s<>]{1,2000})\1\s*(.)?",
    re.I | re.S,
)
_DEPENDS = re.compile(r"userAgent|platform\b|document\s*\.\s*cookie|screen\s*\.|prompt\(|confirm\(", re.I)
_COMMENT = re.compile(r"/\*[^*]{0,5000}\*/|(?<![:'\"])//[^\n]{0,2000}")
_NO_PAGE = re.compile(r"^\s*(?:$|#|about:|javascript:|data:|mailto:)", re.I)
_FILE = re.compile(
    r"\.(?:pdf|ofd|docx?|wps|xlsx?|swf|mp4|jpe?g|png|gif)(?:$|[?#&])|viewer\.html?\?|pdfjs", re.I
)
_BESIDE = re.compile(r"tianqi|weather|cnzz|baidu\.com|conac|share|banner|top|head|foot|left|nav|menu", re.I)
_MAIN = re.compile(r"main|content|right|list|body|center|frm|iframe", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def hop(page: Page) -> Ask | None:
    """The page behind a door, when this is one and it leads to one place only."""
    if page.tree is None or is_detail(page) or refusal(page):
        return None
    sight = seen(page)
    empty = len(sight.text) <= _MOST_TEXT and sight.links <= _MOST_LINKS
    target = (_refresh(page.tree) or _script(page.tree)) if empty else ""
    if not target and len(sight.prose) <= _MOST_AROUND_FRAME:
        target = _frame(page.tree, alone=empty)
    url = absolute(base_of(page), target) if target else ""
    return Ask(url) if url and url.partition("#")[0] != page.url.partition("#")[0] else None


def _refresh(tree: etree._Element) -> str:
    for meta in tree.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() == "refresh":
            found = _REFRESH.match(meta.get("content") or "")
            if found and int(found[1]) <= _LONGEST_WAIT and not _NO_PAGE.match(found[2]):
                return found[2].strip()
    return ""


def _script(tree: etree._Element) -> str:
    """The one address that the scripts go to; none when they choose, or put it together."""
    targets = set()
    for script in tree.iter("script"):
        text = script.text or ""
        if len(text) > _LONGEST_SCRIPT or _DEPENDS.search(text):
            return ""
        for found in _GOES.finditer(_COMMENT.sub("", text)):
            if found[3] == "+":
                return ""
            targets.add(found[2])
    for body in tree.iter("body"):
        targets |= {found[2] for found in _GOES.finditer((body.get("onload") or "")[:2000])}
    return targets.pop() if len(targets) == 1 else ""


def _frame(tree: etree._Element, *, alone: bool) -> str:
    """The frame with the list in it: the only one, or the one whose name says so."""
    frames = [frame for frame in tree.iter("frame", "iframe") if _shows_page(frame)]
    if len(frames) > 1:
        frames = [frame for frame in frames if not _BESIDE.search(_called(frame))]
    if len(frames) > 1:
        frames = [frame for frame in frames if _MAIN.search(_called(frame))]
    if len(frames) != 1 or (not alone and _BESIDE.search(_called(frames[0]))):
        return ""
    return (frames[0].get("src") or "").strip()


def _called(frame: etree._Element) -> str:
    address = (frame.get("src") or "")[:500]
    return f"{frame.get('name') or ''} {frame.get('id') or ''} {address}"


def _shows_page(frame: etree._Element) -> bool:
    address = (frame.get("src") or "").strip()
    if _NO_PAGE.match(address) or _FILE.search(address[:2000]):
        return False
    return not _HIDDEN.search((frame.get("style") or "")[:500]) and all(_sizes(frame))


def _sizes(frame: etree._Element) -> Iterator[bool]:
    """Is each printed size one of something to be read?"""
    for side in ("width", "height"):
        number = (frame.get(side) or "").strip().removesuffix("px")
        yield not (number.isdecimal() and len(number) <= 5 and int(number) < 100)
