"""A table element -> grids, and the lines of running text that share the table with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from gxcrawl.documents.flow import Entry, Line, cell_text
from gxcrawl.documents.grids import MAX_POSITIONS, PrintedCell, PrintedRow, expand, read_span
from gxcrawl.documents.hiding import Hiding, Hidings
from gxcrawl.model import Grid, Problem
from gxcrawl.problems import problem

if TYPE_CHECKING:
    from gxcrawl.documents.origins import Origins

_GROUPS = frozenset(("table", "thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_RUNNING_TEXT = 400  # no label of a form is as long, not even with its explanation
_RUNNING_TEXT_ALONE = 120  # in a row of its own


Row = tuple[etree._Element | None, list[etree._Element]]  # its row group, its cells


class Nesting(NamedTuple):
    """What belongs to which table, where tables stand inside tables."""

    parts: dict[etree._Element, list[etree._Element]]  # rows and cells of the table itself
    layouts: set[etree._Element]  # tables that hold a table of more than one cell


class HtmlTables:
    """Reads the tables of one page, numbering the grids as it goes."""

    def __init__(self, root: etree._Element, hidings: Hidings, origins: Origins | None = None) -> None:
        self.problems: list[Problem] = []
        self._root = root
        self._hidings = hidings
        self._origins = origins
        self._number = 0
        # Only in these tables has every cell to be searched for hidden text.
        self._touched = _tables_around(hidings)

    def read(self, table: etree._Element, hidden: bool) -> list[Entry] | None:
        """None: the table only places its cells on the page, they are to be read one after the other."""
        nested = next(table.iterdescendants("table"), None) is not None
        if nested and table in self._nesting.layouts:
            return None
        hidings = self._hidings if table in self._touched else {}
        found = self._rows(self._nesting.parts[table] if nested else table.iter("tr", "td", "th"), hidings)
        if not any(len(cells) > 1 for _, cells in found):
            return None
        rows = [
            PrintedRow([_printed(cell, hidings) for cell in cells], group, cells) for group, cells in found
        ]
        entries: list[Entry] = []
        for caption in table.iterchildren("caption"):
            entries += _lines([cell_text(caption, self._hidings)])
        for part in _parts(rows):
            if isinstance(part, PrintedRow):
                entries += _lines([text for text, _, _ in part.cells])
            else:
                entries.append(self._grid(part, hidden))
        return entries

    def _grid(self, rows: list[PrintedRow], hidden: bool) -> Grid:
        self._number += 1
        grid, problems = expand(rows, self._number, hidden)
        self.problems += problems
        if self._origins is not None:
            self._origins.note_grid(grid, [row.sources for row in rows])
        return grid

    @cached_property
    def _nesting(self) -> Nesting:
        return _nesting(self._root)

    def _rows(self, parts: Iterable[etree._Element], hidings: Hidings) -> list[Row]:
        """The table's own rows as they are printed: hidden ones left out, the foot last."""
        rows: list[Row] = []
        row: list[etree._Element] = []
        current = None  # the tr, or the row group when its cells stand in no tr
        room = MAX_POSITIONS + 1
        row_gone = False
        for element in parts:
            gone = bool(hidings) and hidings.get(element) is Hiding.GONE
            if element.tag == "tr":
                current, row, row_gone = element, [], gone
                if not gone:
                    rows.append((element.getparent(), row))
                continue
            parent = element.getparent()
            if parent is not current:
                if parent is not None and parent.tag in _GROUPS:
                    current, row, row_gone = parent, [], False
                    rows.append((parent, row))
                elif next(element.iterancestors("td", "th", "tr", "table")).tag in _CELLS:
                    continue  # printed inside another cell, read with its text
            if gone or row_gone:
                continue
            row.append(element)
            room -= 1
            if not room:
                self.problems.append(
                    problem("D-TRUNCATED", f"table {self._number + 1}", what=f"表格超过 {MAX_POSITIONS} 格")
                )
                break
        rows.sort(key=_is_foot)
        return rows


def _printed(cell: etree._Element, hidings: Hidings) -> PrintedCell:
    down, across = cell.get("rowspan"), cell.get("colspan")
    if down is across is None:
        return cell_text(cell, hidings), 1, 1
    return cell_text(cell, hidings), read_span(down), read_span(across)


def _is_foot(row: Row) -> bool:
    group = row[0]
    return group is not None and group.tag == "tfoot"


def _tables_around(elements: Iterable[etree._Element]) -> set[etree._Element]:
    tables: set[etree._Element] = set()
    for element in elements:
        for table in element.iterancestors("table"):
            if table in tables:
                break
            tables.add(table)
    return tables


def _nesting(root: etree._Element) -> Nesting:
    parts: dict[etree._Element, list[etree._Element]] = {}
    for element in root.iter("table", "tr", "td", "th"):
        if element.tag == "table":
            parts[element] = []
        elif (owner := next(element.iterancestors("table"), None)) is not None:
            parts[owner].append(element)
    several = (table for table, own in parts.items() if sum(part.tag in _CELLS for part in own) > 1)
    return Nesting(parts, _tables_around(several))


def _parts(rows: list[PrintedRow]) -> list[PrintedRow | list[PrintedRow]]:
    """Rows of running text singly, the rows between them as tables of their own."""
    if not any(len(text) >= _RUNNING_TEXT_ALONE for row in rows for text, _, _ in row.cells):
        return [rows]
    parts: list[PrintedRow | list[PrintedRow]] = []
    table: list[PrintedRow] = []
    reach = 0  # first row that no cell from above reaches into
    for index, row in enumerate(rows):
        free = index >= reach
        reach = max([reach, *[index + span for _, span, _ in row.cells if span != 1]])
        if free and reach <= index and _is_running(row.cells):
            parts += [*_stripped(table), row]
            table = []
        else:
            table.append(row)
    if not parts:
        return [table]
    return parts + _stripped(table)


def _is_running(cells: Sequence[PrintedCell]) -> bool:
    least = _RUNNING_TEXT_ALONE if len(cells) == 1 else _RUNNING_TEXT
    return any(len(text) >= least for text, _, _ in cells)


def _stripped(rows: list[PrintedRow]) -> list[PrintedRow | list[PrintedRow]]:
    """Where a whole report is laid out in one table, rows of one cell around the real rows are headings."""
    real = [index for index, row in enumerate(rows) if len(row.cells) > 1]
    if not real:
        return list(rows)
    first, last = real[0], real[-1] + 1
    return [*rows[:first], rows[first:last], *rows[last:]]


def _lines(texts: Sequence[str]) -> list[Line]:
    return [Line(line) for text in texts for line in text.split("\n") if line]
