"""What a reader sees of a page: its lines, its text with and without links, its furniture."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree

from gxcrawl.pages.model import Page
from gxcrawl.report.lines import bare, fold
from gxcrawl.report.title import head_parts

# Nothing in these is read by people.
UNSEEN = frozenset(
    ("head", "script", "style", "noscript", "template", "textarea", "select", "option", "button")
)
_INLINE = frozenset(
    ("a", "abbr", "b", "big", "em", "font", "i", "img", "label", "o:p", "small", "span", "strong", "sup", "u")
)
_FURNITURE_TAGS = frozenset(("nav", "footer", "header", "aside"))
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:site)?(?:foot(?:er)?|nav(?:bar|igation)?|menu|header|top(?:bar|nav)|crumbs?|breadcrumbs?"
    r"|side(?:bar|menu)|friend\w{0,10}|copyright|banner|logo|related?|recommend|share|qrcode|yqlj|fklj|banquan"
    r"|dibu|bottom|wzndbg)(?:$|[\s_\d-]|box|list|link)",
    re.I,
)
_MOST_HEADING = 40


class Seen(NamedTuple):
    text: str  # all that is seen, without blanks
    prose: str  # the same outside of links
    links: int


def seen(page: Page) -> Seen:
    """The text of a page as people see it; of a page without markup, its text."""
    if page.tree is None:
        text = bare(page.text)
        return Seen(text, text, 0)
    return seen_in(page.tree)


def seen_in(element: etree._Element, leave_out: Collection[etree._Element] = ()) -> Seen:
    text: list[str] = []
    prose: list[str] = []
    links = 0
    for part, in_link in _pieces(element, leave_out):
        if part is None:
            links += 1
            continue
        text.append(part)
        if not in_link:
            prose.append(part)
    return Seen(bare("".join(text)), bare("".join(prose)), links)


def _pieces(
    element: etree._Element, leave_out: Collection[etree._Element]
) -> Iterator[tuple[str | None, bool]]:
    """Every piece of text and whether it stands in a link; None where a link begins."""
    depth = 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            depth += node.tag == "a"  # its end comes even when what is inside is skipped
            if node.tag in UNSEEN or node in leave_out:
                walk.skip_subtree()
                continue
            if node.tag == "a":
                yield None, True
            if node.text:
                yield node.text, depth > 0
        else:
            depth -= node.tag == "a"
            if node.tail and node is not element:
                yield node.tail, depth > 0


def text_of(element: etree._Element, most: int = 400) -> str:
    """The beginning of all the text inside, seen or not."""
    parts: list[str] = []
    left = most
    for text in element.itertext():
        parts.append(str(text))
        left -= len(text)
        if left <= 0:
            break
    return "".join(parts)[:most]


def lines_of(element: etree._Element, leave_out: Collection[etree._Element] = ()) -> Iterator[str]:
    """The lines as a browser breaks them, each folded; blocks and cells end a line."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        breaks = node.tag not in _INLINE
        if breaks and (line := fold("".join(parts))):
            yield line
        if breaks:
            parts = []
        if event == "start":
            if node.tag in UNSEEN or node in leave_out:
                walk.skip_subtree()
            elif node.text:
                parts.append(node.text)
        elif node.tail and node is not element:
            parts.append(node.tail)
    if line := fold("".join(parts)):
        yield line


def is_furniture(element: etree._Element) -> bool:
    """Does the element hold what stands around every page of a site: menus, footers, badges?"""
    if element.tag in _FURNITURE_TAGS:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:200]
    return names != " " and _names_furniture(names)


@lru_cache(maxsize=4096)  # the same few names, again and again
def _names_furniture(names: str) -> bool:
    return bool(_FURNITURE.search(names))


def in_furniture(element: etree._Element) -> bool:
    return is_furniture(element) or any(is_furniture(above) for above in element.iterancestors())


def headings(page: Page) -> list[str]:
    """The parts of the title and the main headings, without blanks, the short ones."""
    if page.tree is None:
        return []
    found: list[str] = []
    for title in islice(page.tree.iter("title"), 2):
        found += head_parts(text_of(title))
    for heading in islice(page.tree.iter("h1"), 5):
        found.append(fold(text_of(heading)))
    return [text for text in map(bare, found) if 0 < len(text) <= _MOST_HEADING]
