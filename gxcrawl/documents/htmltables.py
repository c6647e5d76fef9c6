"""A table element -> grids, and the lines of running text that share the table with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from gxcrawl.documents.flow import Entry, Line, cell_text
from gxcrawl.documents.grids import MAX_POSITIONS, PrintedCell, PrintedRow, expand, read_span
from gxcrawl.documents.hiding import Hiding, Hidings
from gxcrawl.model import Problem
from gxcrawl.problems import problem

_GROUPS = frozenset(("table", "thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_RUNNING_TEXT = 400  # no label of a form is as long, not even with its explanation
_RUNNING_TEXT_ALONE = 120  # in a row of its own


class HtmlTables:
    """Reads the tables of one page, numbering the grids as it goes."""

    def __init__(self, root: etree._Element, hidings: Hidings) -> None:
        self.problems: list[Problem] = []
        self._root = root
        self._hidings = hidings
        self._number = 0
        # Only in these tables has every cell to be searched for hidden text.
        self._touched = _tables_around(hidings)
        self._layouts: set[etree._Element] | None = None

    def read(self, table: etree._Element, hidden: bool) -> list[Entry] | None:
        """None: the table only places its cells on the page, they are to be read one after the other."""
        nested = next(table.iterdescendants("table"), None) is not None
        if nested and self._places_tables(table):
            return None
        rows = self._rows(table, nested)
        if not any(len(row.cells) > 1 for row in rows):
            return None
        entries: list[Entry] = []
        for caption in table.iterchildren("caption"):
            entries += _lines([cell_text(caption, self._hidings)])
        for part in _parts(rows):
            if isinstance(part, PrintedRow):
                entries += _lines([text for text, _, _ in part.cells])
                continue
            self._number += 1
            grid, problems = expand(part, self._number, hidden)
            entries.append(grid)
            self.problems += problems
        return entries

    def _places_tables(self, table: etree._Element) -> bool:
        if self._layouts is None:
            self._layouts = _layout_tables(self._root)
        return table in self._layouts

    def _rows(self, table: etree._Element, nested: bool) -> list[PrintedRow]:
        """The table's own rows as they are printed: hidden ones left out, the foot last."""
        rows: list[PrintedRow] = []
        hidings = self._hidings if table in self._touched else {}
        row: list[PrintedCell] = []
        current = None  # the tr, or the row group when its cells stand in no tr
        room = MAX_POSITIONS + 1
        row_gone = False
        for element in table.iter("tr", "td", "th"):
            if nested and next(element.iterancestors("table")) is not table:
                continue
            gone = bool(hidings) and hidings.get(element) is Hiding.GONE
            if element.tag == "tr":
                current, row, row_gone = element, [], gone
                if not gone:
                    rows.append(PrintedRow(row, element.getparent()))
                continue
            parent = element.getparent()
            if parent is not current:
                if parent is not None and parent.tag in _GROUPS:
                    current, row, row_gone = parent, [], False
                    rows.append(PrintedRow(row, parent))
                elif next(element.iterancestors("td", "th", "tr", "table")).tag in _CELLS:
                    continue  # printed inside another cell, read with its text
            if gone or row_gone:
                continue
            down, across = element.get("rowspan"), element.get("colspan")
            spans = (1, 1) if down is across is None else (read_span(down), read_span(across))
            row.append((cell_text(element, hidings), *spans))
            room -= 1
            if not room:
                self.problems.append(
                    problem("D-TRUNCATED", f"table {self._number + 1}", what=f"表格超过 {MAX_POSITIONS} 格")
                )
                break
        rows.sort(key=_is_foot)
        return rows


def _is_foot(row: PrintedRow) -> bool:
    return isinstance(row.group, etree._Element) and row.group.tag == "tfoot"


def _tables_around(elements: Iterable[etree._Element]) -> set[etree._Element]:
    tables: set[etree._Element] = set()
    for element in elements:
        for table in element.iterancestors("table"):
            if table in tables:
                break
            tables.add(table)
    return tables


def _layout_tables(root: etree._Element) -> set[etree._Element]:
    """Tables that hold a table of more than one cell."""
    cells: dict[etree._Element, int] = {}
    for cell in root.iter("td", "th"):
        owner = next(cell.iterancestors("table"), None)
        if owner is not None:
            cells[owner] = cells.get(owner, 0) + 1
    return _tables_around(table for table, count in cells.items() if count > 1)


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
