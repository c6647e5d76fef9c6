"""Anchors as people see them: where they lead and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from gxcrawl.pages.address import absolute
from gxcrawl.pages.model import Page
from gxcrawl.report.lines import fold

MOST = 50_000  # links of one page; no list is that long
_UNSEEN = frozenset(("script", "style", "noscript", "template"))
_LONGEST_TEXT = 600
_MOST_PIECES = 60  # of the text of one link
_MOST_IMAGES = 5
_GOES = re.compile(
    r"(?:location(?:\.href)?\s{0,3}=|(?:replace|assign|open|go\w{0,12}|to\w{0,12}|jump\w{0,12}|show\w{0,12})\s{0,3}\()"
    r"\s{0,3}([\"'])([^\"'<>\s]{1,500})\1",
    re.I,
)
_ADDRESS = re.compile(r"[/.?]")


def base_of(page: Page) -> str:
    """What relative addresses of the page stand for."""
    if page.tree is not None:
        for element in page.tree.iter("base"):
            if base := absolute(page.url, element.get("href") or ""):
                return base
    return page.url


def links_of(tree: etree._Element, base: str) -> Iterator[tuple[etree._Element, str]]:
    """Every anchor that leads somewhere, with its absolute address."""
    for number, anchor in enumerate(tree.iter("a", "area")):
        if number >= MOST:
            return
        if url := address_of(anchor, base):
            yield anchor, url


def address_of(element: etree._Element, base: str) -> str:
    """Where a click leads: by href, else by what a script of the element itself says."""
    href = element.get("href") or ""
    if url := absolute(base, href):
        return url
    for script in (element.get("onclick") or "", href):
        found = _GOES.search(script[:1000])
        if found and _ADDRESS.search(found[2]):
            return absolute(base, found[2])
    return ""


def pieces(element: etree._Element) -> Iterator[str]:
    """The texts inside, in order, without scripts."""
    if next(element.iter(*_UNSEEN), None) is None:
        yield from map(str, element.itertext())
        return
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            yield node.tail if node is not element and node.tail else ""
        elif node.tag in _UNSEEN:
            walk.skip_subtree()
        else:
            yield node.text or ""


def link_pieces(anchor: etree._Element) -> Iterator[str]:
    """The texts of a link; one that nobody closed ends where the next one begins."""
    if next(anchor.iterdescendants("a"), None) is None:
        yield from pieces(anchor)
        return
    for event, node in etree.iterwalk(anchor, events=("start", "end")):
        if event == "start" and node.tag == "a" and node is not anchor:
            return
        text = node.text if event == "start" else node.tail
        if text and node.tag not in _UNSEEN:
            yield text


def text_of(anchor: etree._Element) -> str:
    """The text of a link on one line; of an image what stands for it."""
    return _line(link_pieces(anchor)) or _image_text(anchor)


def words_of(element: etree._Element) -> str:
    """The text of any small element on one line, with its links."""
    return _line(pieces(element))


def _line(texts: Iterator[str]) -> str:
    parts: list[str] = []
    length = 0
    for text in islice(texts, _MOST_PIECES):
        parts.append(text)
        length += len(text)
        if length > _LONGEST_TEXT:
            break
    return fold("".join(parts)[:_LONGEST_TEXT])


def _image_text(element: etree._Element) -> str:
    for image in islice(element.iter("img"), _MOST_IMAGES):
        for attribute in ("alt", "title"):
            if text := fold((image.get(attribute) or "")[:_LONGEST_TEXT]):
                return text
    return ""
