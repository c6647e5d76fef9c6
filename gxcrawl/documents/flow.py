"""Elements -> lines of text in reading order, broken where a browser breaks them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from gxcrawl.documents.hiding import Hiding, Hidings, is_for_other_screens
from gxcrawl.model import Grid

MAX_TEXT = 2_000_000

HEADINGS = {f"h{level}": level for level in range(1, 7)}
# fmt: off
BLOCKS = frozenset((
    *HEADINGS,
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr",
    "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "ucapcontent",
))
SKIPPED = frozenset((
    "script", "style", "head", "title", "noscript", "template", "textarea", "select", "option",
    "iframe", "object", "applet", "svg", "math", "xml", "xmp", "audio", "video", "canvas",
))
# fmt: on
_SCREENS = frozenset(("div", "section", "article", "table"))
_BREAKING = BLOCKS | SKIPPED | {"br"}
_NOT_PLAIN = SKIPPED | {"pre", "listing"}
_MAX_DEPTH = 20
_INLINE = ("a", "b", "em", "font", "i", "label", "o:p", "small", "span", "strong", "sub", "sup", "u")
_SOURCE_BLANKS = " \t\r\n\f"
_BREAK = "\u2028"  # the line separator of Unicode
_BLANKS = re.compile("[ \t\r\n\f\u2028\u2029]+")
# A line break of the source between two full-width characters is no blank, or words would fall apart.
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
_SOURCE_BREAK = re.compile(f"(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})")


class Line(NamedTuple):
    text: str  # "" is a printed blank line
    level: int = 0
    hidden: bool = False


Entry = Line | Grid
TableReader = Callable[[etree._Element, bool], "list[Entry] | None"]


def fold(text: str) -> str:
    """Blanks as a browser shows them; hard and full-width blanks inside the text stay."""
    text = text.strip()
    if text.isprintable() and "  " not in text:
        return text
    if "\n" in text:
        text = _SOURCE_BREAK.sub("", text)
    return _BLANKS.sub(" ", text)


def cell_text(cell: etree._Element, hidings: Hidings) -> str:
    """What is printed in a cell; its paragraphs and line breaks are parted by newlines."""
    if not hidings:
        node, head = cell, cell.text
        size = len(cell)
        while size == 1 and (not head or head.isspace()):
            child = node[0]
            tail = child.tail
            if tail and not tail.isspace():
                break
            node, head = child, child.text
            size = len(child)
        if node.tag not in _NOT_PLAIN:
            if not size:
                return fold(head) if head else ""
            pieces: list[str] = []
            if _gather(node, pieces, 0):
                return _joined(pieces)
    flow = Flow(hidings)
    flow.walk(cell)
    lines = [line.text for line in flow.entries if isinstance(line, Line) and not line.hidden]
    return "\n".join(filter(None, lines))


def _gather(node: etree._Element, pieces: list[str], depth: int) -> bool:
    """Collect the text of a small tree; False when something in it needs the full reading."""
    if depth > _MAX_DEPTH:
        return False
    if node.text:
        pieces.append(node.text)
    for child in node:
        tag = child.tag
        breaking = tag in _BREAKING
        if breaking:
            if tag in _NOT_PLAIN:
                return False
            pieces.append(_BREAK)
        if len(child) == 0:
            if child.text:
                pieces.append(child.text)
        elif not _gather(child, pieces, depth + 1):
            return False
        if breaking:
            pieces.append(_BREAK)
        if child.tail:
            pieces.append(child.tail)
    return True


def _joined(pieces: list[str]) -> str:
    text = "".join(pieces)
    if _BREAK not in text:
        return fold(text)
    return "\n".join(filter(None, map(fold, text.split(_BREAK))))


def melt_inline(root: etree._Element, hidings: Hidings) -> bool:
    """Make the text of inline elements that of their blocks, for Word writes many; not when one is hidden."""
    if any(element.tag in _INLINE for element in hidings):
        return False
    etree.strip_tags(root, *_INLINE)
    return True


class Flow:
    """One pass over a tree. Without a table reader every table is read as text."""

    def __init__(self, hidings: Hidings, read_table: TableReader | None = None) -> None:
        self.entries: list[Entry] = []
        self.size = 0
        self._hidings = hidings
        self._read_table = read_table
        self._pieces: list[str] = []
        self._level = 0
        self._verbatim = 0
        self._gone = 0
        self._marked = 0

    def walk(self, top: etree._Element) -> bool:
        """Read everything below this element; False when it was more than MAX_TEXT characters."""
        walker = etree.iterwalk(top, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if self._enter(element):
                    walker.skip_subtree()
                continue
            self._leave(element)
            tail = element.tail
            # Blanks of the source at the start of a line print nothing.
            if tail and element is not top and (self._pieces or self._verbatim or tail.strip(_SOURCE_BLANKS)):
                self._pieces.append(tail)
            if self.size >= MAX_TEXT:
                return False
        self._end_line()
        return True

    def _enter(self, element: etree._Element) -> bool:
        """Whether the inside of the element is done with."""
        tag = element.tag
        if tag in SKIPPED:
            return True
        if tag in BLOCKS:
            if self._pieces:
                self._end_line()
            self._level = HEADINGS.get(tag, self._level)
            self._verbatim += tag == "pre"
        elif tag == "br":
            self._end_line(printed=True)
        if tag in _SCREENS and is_for_other_screens(element):
            self._marked += 1
        if self._hidings and element in self._hidings:
            self._hide(element, 1)
            if tag in _INLINE and self._hidings[element] is Hiding.GONE:
                return True
        if tag == "table" and self._read_table is not None:
            found = self._read_table(element, self._gone + self._marked > 0)
            if found is not None:
                gone = self._gone > 0
                self.entries += [
                    entry._replace(hidden=gone) if isinstance(entry, Line) else entry for entry in found
                ]
                self.size += sum(
                    len(entry.text) if isinstance(entry, Line) else _size(entry) for entry in found
                )
                return True
        if text := element.text:
            self._pieces.append(text)
        return False

    def _leave(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            if self._pieces:
                self._end_line()
            if tag in HEADINGS:
                self._level = 0
            elif tag == "pre":
                self._verbatim -= 1
        if tag in _SCREENS and is_for_other_screens(element):
            self._marked -= 1
        if self._hidings and element in self._hidings and tag not in SKIPPED:
            self._hide(element, -1)

    def _hide(self, element: etree._Element, step: int) -> None:
        if self._hidings[element] is Hiding.GONE:
            self._gone += step
        else:
            self._marked += step

    def _end_line(self, printed: bool = False) -> None:
        pieces = self._pieces
        if not pieces:
            if printed:
                self.entries.append(Line("", 0, self._gone > 0))
            return
        text = "".join(pieces)
        pieces.clear()
        room = MAX_TEXT - self.size
        if self._verbatim:
            lines = text[:room].rstrip("\n").split("\n")
            self.entries += [Line(line, self._level, self._gone > 0) for line in lines]
            self.size += sum(map(len, lines))
            return
        folded = fold(text)[:room]
        # A hard blank alone prints an empty line; blanks of the source print nothing.
        if folded or printed or text.strip(_SOURCE_BLANKS):
            self.entries.append(Line(folded, self._level, self._gone > 0))
            self.size += len(folded)


def _size(grid: Grid) -> int:
    return sum([len(cell.text) + 1 for row in grid.rows for cell in row if cell is not None])
