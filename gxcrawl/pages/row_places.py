"""Where the rows of a list are: around each link the region that belongs to no other link, with its date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import islice

from lxml import etree

from gxcrawl.pages.links import pieces
from gxcrawl.report.lines import fold
from gxcrawl.report.numerals import DATE, date_of, make_date

_COMMON = ""  # the owner of what several links share
_ROWS = frozenset(("li", "tr", "dl"))  # nothing outside of these belongs to a row
_WHOLE = frozenset(("table", "tbody", "ul", "ol", "form", "body", "html"))
_MOST_LEVELS = 10
_MOST_TEXT = 1_500  # characters of one row
_MOST_PIECES = 100
_MOST_BESIDE = 30  # elements beside a link
_MOST_GAP = 300
_CLOCK = re.compile(r"今天是|现在是|当前时间|当前日期")
# The day stands apart: 20 2022-01, 2022-01 20, 01-20 2022.
_APART = (
    re.compile(
        r"(?<![\d:：\-/.])(?P<d>[0-3]?\d)[日\s]\s{0,9}(?P<y>20\d\d)\s?[-/.年]\s?(?P<m>[01]?\d)月?(?![\d\-/.])"
    ),
    re.compile(r"(?<!\d)(?P<y>20\d\d)\s?[-/.年]\s?(?P<m>[01]?\d)月?\s{1,9}(?P<d>[0-3]?\d)(?![\d:：\-/.])"),
    re.compile(r"(?<![\d\-/.])(?P<m>[01]?\d)\s?[-/.月]\s?(?P<d>[0-3]?\d)日?\s{1,9}(?P<y>20\d\d)(?![\d\-/.])"),
)
_EDGE = re.compile(
    r"\s{0,9}[\[【（(]?\s?20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s{1,5}\d{1,2}:\d\d(?::\d\d)?)?\s?[\]】)）]?\s{0,9}"
)


def day_in(text: str) -> date | None:
    """The day that a short text prints, in one piece or two."""
    if _CLOCK.search(text):
        return None
    if (found := DATE.search(text)) and (day := date_of(found)):
        return day
    for form in _APART:
        if found := form.search(text):
            return make_date(found["y"], found["m"], found["d"])
    return None


def split_day(text: str) -> tuple[str, date | None]:
    """A title without the date that stands before or behind it in the same link, and that date."""
    last = None
    for found in _EDGE.finditer(text):
        if found.start() == 0 and found.end() < len(text):
            return text[found.end() :].strip(), day_in(found[0])
        last = found
    if last and last.end() == len(text) and last.start() > 0:
        return text[: last.start()].strip(), day_in(last[0])
    return text, None


class Places:
    """Which link each part of a page belongs to."""

    def __init__(self, links: Iterable[tuple[etree._Element, str]]) -> None:
        self._owner: dict[etree._Element, str] = {}
        self._leading: dict[etree._Element, bool] = {}
        for anchor, url in links:
            self._own(anchor, url)

    def _own(self, anchor: etree._Element, url: str) -> None:
        """No element is visited more than twice: for its first link, and when a second makes it common."""
        node: etree._Element | None = anchor
        while node is not None:
            owner = self._owner.get(node)
            if owner in (url, _COMMON):
                return
            self._owner[node] = url if owner is None else _COMMON
            node = node.getparent()

    def in_row(self, element: etree._Element) -> bool:
        """Does the row around the element belong to a link?"""
        for ancestor in islice(element.iterancestors(), _MOST_LEVELS):
            owner = self._owner.get(ancestor)
            if owner is not None and (ancestor.tag in _ROWS or ancestor.tag in ("dd", "div", "p")):
                return owner != _COMMON
            if ancestor.tag in _ROWS:
                return False
        return False

    def day(self, anchor: etree._Element) -> date | None:
        """The date nearest to a link in the region that is its own."""
        node, text = anchor, ""
        levels, most = self._reach(anchor)
        for _ in range(levels):
            parent = node.getparent()
            if parent is None or node.tag in _ROWS:
                return None
            if self._owner.get(parent) == _COMMON:
                return self._day_beside(parent, node)
            if parent.tag in _WHOLE:
                return day_in(fold(node.tail or "")[:_MOST_GAP])
            text = f"{text} {self._around(parent, node)}"
            if len(text) > most:
                return None
            if day := day_in(text):
                return day
            node = parent
        return None

    def _reach(self, anchor: etree._Element) -> tuple[int, int]:
        """How far around a link its row may go: levels and characters. Without a real row not far."""
        around = islice(anchor.iterancestors(), _MOST_LEVELS)
        return (_MOST_LEVELS, _MOST_TEXT) if any(node.tag in _ROWS for node in around) else (4, _MOST_GAP)

    def _around(self, parent: etree._Element, child: etree._Element) -> str:
        """The text of the parent without the child's."""
        before = [parent.text or ""]
        before += (
            self._text(node)
            for node in reversed(list(islice(child.itersiblings(preceding=True), _MOST_BESIDE)))
        )
        after = [child.tail or "", *(self._text(node) for node in islice(child.itersiblings(), _MOST_BESIDE))]
        return fold(" ".join((*before, *after)))[:_MOST_TEXT]

    def _text(self, node: etree._Element) -> str:
        return " ".join((*islice(pieces(node), _MOST_PIECES), node.tail or ""))[:_MOST_TEXT]

    def _day_beside(self, parent: etree._Element, node: etree._Element) -> date | None:
        """In rows that are no elements: the date follows its link, or all dates stand before theirs."""
        if parent not in self._leading:
            first = next((child for child in parent if child in self._owner), node)
            self._leading[parent] = day_in(self._gap(first, back=True)) is not None
        return day_in(self._gap(node, back=self._leading[parent]))

    def _gap(self, node: etree._Element, back: bool) -> str:
        """The text between an element and the next one with a link."""
        parts = [] if back else [node.tail or ""]
        reached = False
        for sibling in islice(node.itersiblings(preceding=back), _MOST_BESIDE):
            if reached := sibling in self._owner:
                parts += [sibling.tail or ""] if back else []
                break
            parts.append(self._text(sibling))
        parent = node.getparent()
        if back and not reached and parent is not None:
            parts.append(parent.text or "")
        return fold(" ".join(reversed(parts) if back else parts))[:_MOST_GAP]
