"""Remembers, while a document is read, which element or line of the source each cell of a grid came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from gxcrawl.model import Document, Grid, GridCell

if TYPE_CHECKING:
    from lxml import etree

MARK = "data-gxcrawl-cell"  # attribute that numbers the td and th of a page
_IN_TABLE = re.compile(r"table (\d{1,6}) row (\d{1,6}) column (\d{1,6})")
_IN_LINE = re.compile(r"line (\d{1,7}) field (\d{1,6})")

Rows = tuple[tuple[GridCell | None, ...], ...]


class SourcePage(NamedTuple):
    """A tree as it was before anything in it was changed, its cells numbered."""

    root: etree._Element
    text: str


class Spot(NamedTuple):
    """Where a cell is printed: in an element of `pages[part]`, or in a line of `texts[part]`."""

    part: int
    mark: str  # of the element; empty: it is a line
    line: int  # from 1; 0: it is an element
    printed: str


class _Noted(NamedTuple):
    rows: Rows  # of the grid; a grid that is numbered anew keeps them
    part: int
    marks: Mapping[tuple[int, int], str] = {}  # row and column -> mark of the element
    fields: Mapping[tuple[int, int], str] = {}  # line and column -> what is printed there


class Origins:
    """Give it to the reader of a document, then ask it for the spots of a place."""

    def __init__(self) -> None:
        self.pages: list[SourcePage] = []
        self.texts: list[Sequence[str]] = []
        self._noted: list[_Noted] = []

    def note_page(self, root: etree._Element, text: str) -> None:
        """Before the reader changes the tree. A page kept inside a page is a page of its own."""
        for number, cell in enumerate(root.iter("td", "th"), 1):
            cell.set(MARK, f"{len(self.pages)}.{number}")
        self.pages.append(SourcePage(deepcopy(root), text))

    def note_grid(self, grid: Grid, sources: Sequence[Sequence[etree._Element]]) -> None:
        """A grid, and the elements of its rows in the order in which they are printed."""
        marks: dict[tuple[int, int], str] = {}
        for number, (row, elements) in enumerate(zip(grid.rows, sources, strict=False)):
            begun = {cell.column for cell in row if cell is not None and cell.row == number}
            for column, element in zip(sorted(begun), elements, strict=False):
                marks[number, column] = element.get(MARK, "")
        part = next((int(mark.partition(".")[0]) for mark in marks.values() if mark), 0)
        self._noted.append(_Noted(grid.rows, part, marks=marks))

    def note_lines(self, lines: Sequence[str], grids: Sequence[Grid]) -> None:
        """Lines of text, and the grids that were found in them."""
        for grid in grids:
            cells = [cell for row in grid.rows for cell in row if cell is not None]
            fields = {(cell.line, cell.column): cell.text for cell in cells}
            self._noted.append(_Noted(grid.rows, len(self.texts), fields=fields))
        self.texts.append(lines)

    def spots(self, document: Document, place: str) -> Iterator[Spot]:
        """Several, when a place is told by its line and the page has several runs of lines."""
        if found := _IN_TABLE.fullmatch(place):
            number, row, column = (int(part) - 1 for part in found.groups())
            if 0 <= number < len(document.grids):
                yield from self._in_table(document.grids[number], row, column)
        elif found := _IN_LINE.fullmatch(place):
            line, field = int(found[1]), int(found[2]) - 1
            for grid in document.grids:
                noted = self._of(grid)
                if noted is not None and (line, field) in noted.fields:
                    yield Spot(noted.part, "", line, noted.fields[line, field])

    def _in_table(self, grid: Grid, row: int, column: int) -> Iterator[Spot]:
        noted = self._of(grid)
        if noted is None or not (0 <= row < len(grid.rows) and 0 <= column < len(grid.rows[row])):
            return
        cell = grid.rows[row][column]
        if cell is not None and (mark := noted.marks.get((cell.row, cell.column))):
            yield Spot(noted.part, mark, 0, cell.text)

    def _of(self, grid: Grid) -> _Noted | None:
        return next((noted for noted in self._noted if noted.rows is grid.rows), None)
