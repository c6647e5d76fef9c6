"""Reads grids whose rows and columns are explicit (HTML, markdown, pipes)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gxcrawl.forms import Block, Table
from gxcrawl.model import Grid, GridCell, Problem
from gxcrawl.problems import problem
from gxcrawl.tables.head import Head, read_head
from gxcrawl.tables.index import FormIndex, RowTarget
from gxcrawl.tables.names import RowNames
from gxcrawl.tables.numbers import is_value
from gxcrawl.tables.pieces import Piece, RowReading, Unread
from gxcrawl.tables.strip import StripReading, blank_strip, read_strip

Row = Sequence[GridCell | None]
MAX_HEAD = 40  # rows that a head may have, titles and notes included


class ExplicitReader:
    """Goes down the grids of a document; a table cut in two goes on under the head it had."""

    def __init__(self, index: FormIndex, names: RowNames) -> None:
        self._index = index
        self._heads: dict[int, tuple[Head, int]] = {}  # block -> its last head, and how wide its grid was
        self._fitting: set[int] = set()  # heads under which a row was found
        self._with_rows: dict[int, set[str]] = {}  # grid -> tables of which it surely has rows
        self._looked_up: set[int] = set()  # blocks whose head was looked for in the rows above
        self._names = names
        self._keys = names.keys
        self._above: list[Row] = []
        self._in_numbers = False
        self.readings: list[RowReading] = []
        self.strips: list[StripReading] = []
        self.unread: list[Unread] = []
        self.problems: list[Problem] = []

    def read(self, grid: Grid, context: Sequence[str]) -> None:
        """context: the paragraphs before the grid, nearest first; a head may stand there."""
        self._above = []
        self._looked_up = set()
        self._in_numbers = False
        for number, row in enumerate(grid.rows):
            own = own_cells(row, number)
            labels, printed = _labels_and_values(own)
            target, label = self._target(grid, labels, bool(printed))
            if target is not None and (printed or self._is_data_row(own, label, target)):
                self._data_row(grid, row, label, target)
                self._in_numbers = True
            elif printed and self._strip_row(grid, number, row, context):
                self._in_numbers = True
            elif printed and self._counts(own, printed):
                self._unread_row(grid, number, own, labels)
                self._in_numbers = True
            elif not printed:
                self._head_row(row)
        self._blank_strips(grid, context)

    def _blank_strips(self, grid: Grid, context: Sequence[str]) -> None:
        if self._in_numbers:
            return
        for strip in self._index.strips:
            reading = blank_strip(grid, self._above, context, strip, self._keys)
            if reading is not None:
                self.strips.append(reading)

    def _target(self, grid: Grid, labels: list[GridCell], printed: bool) -> tuple[RowTarget | None, GridCell]:
        """The row of the form, and the cell that names it: the one next to the numbers, or an earlier one
        where words stand in the place of numbers."""
        if not labels:
            return None, GridCell("", 0, -1)
        target = self._named(grid, labels[-1], exactly=not printed)
        if target is not None:
            return target, labels[-1]
        for label, after in reversed(list(pairwise(labels))):
            target = self._named(grid, label, exactly=not printed)
            if target is not None and self._parts(grid, target, label, after):
                return target, label
        if printed and len(labels) > 1:
            both = self._names.match(labels[-2].text + labels[-1].text)
            if both is not None and both.id and both.how != "followed":
                return self._names.target(both.id), labels[-1]
        return None, labels[-1]

    def _named(self, grid: Grid, label: GridCell, *, exactly: bool) -> RowTarget | None:
        found = self._names.exact(label.text)
        if found is None and not exactly:
            match = self._names.match(label.text)
            found = match.id if match is not None else None
        if not found:
            return None
        target = self._names.target(found)
        is_outcome = self._names.is_shared(label.text) and not self._has_rows(grid, target.table)
        return None if is_outcome else target

    def _parts(self, grid: Grid, target: RowTarget, label: GridCell, word: GridCell) -> bool:
        """Whether the head's columns begin between a label and the words behind it."""
        head = self._head(target.block, grid)
        return head is not None and label.column < head.first <= word.column

    def _has_rows(self, grid: Grid, table: Table) -> bool:
        """Whether the grid has a row of the table whose label cannot be an outcome of cases (总计 can)."""
        if grid.number not in self._with_rows:
            keys = {self._keys[cell.text] for row in grid.rows for cell in row[:4] if cell and cell.text}
            names = filter(None, map(self._index.rows.exact, keys - self._index.shared))
            self._with_rows[grid.number] = {self._index.targets[name].table.id for name in names}
        return table.id in self._with_rows[grid.number]

    def _is_data_row(self, own: list[GridCell], label: GridCell, target: RowTarget) -> bool:
        """Whether a row without any number is one of blanks or of words in the place of numbers."""
        behind = [cell for cell in own if cell.column > label.column]
        wanted = len(target.block.columns)
        return len(behind) >= wanted or self._spans_all(behind, wanted)

    @staticmethod
    def _spans_all(own: list[GridCell], wanted: int) -> bool:
        return bool(own) and not own[-1].text and own[-1].colspan >= wanted > 1

    def _head_row(self, row: Row) -> None:
        if self._in_numbers:
            self._above = []
            self._in_numbers = False
        self._looked_up = set()
        self._above = [*self._above[1 - MAX_HEAD :], row]

    def _head(self, block: Block, grid: Grid) -> Head | None:
        """The head over this row: the one above it, else the last of this block on a grid as wide."""
        width = len(grid.rows[0]) if grid.rows else 0
        if self._above and id(block) not in self._looked_up:
            self._looked_up.add(id(block))
            head = read_head(self._above, block, self._index.columns[id(block)], self._keys)
            if head is not None:
                self._heads[id(block)] = (head, width)
                self._unknown_columns(head, block, grid)
        kept = self._heads.get(id(block))
        return kept[0] if kept is not None and kept[1] == width else None

    def _unknown_columns(self, head: Head, block: Block, grid: Grid) -> None:
        title = next(t.title for t in self._index.form.tables if any(b is block for b in t.blocks))
        for cell in head.unknown:
            printed = " ".join(cell.text.split())[:40]
            self.problems.append(problem("R-COLUMN", grid.place(cell), table=title, printed=printed))

    def _data_row(self, grid: Grid, row: Row, label: GridCell, target: RowTarget) -> None:
        head = self._head(target.block, grid)
        official = target.block.column_ids
        if head is None:
            self.readings.append(
                RowReading(target, label.text, grid, official, tokens=_tokens(grid, row, label))
            )
            return
        values = _placed(grid, row, label, head)
        if values is not None:
            self._fitting.add(id(head))
            columns, tokens = head.order, tuple[Piece, ...]()
        else:
            # A head in another order under which no row stands may have been shifted itself.
            is_believed = head.order == official or id(head) in self._fitting
            columns, tokens = (head.order if is_believed else ()), _tokens(grid, row, label)
        self.readings.append(
            RowReading(
                target, label.text, grid, columns, values, tokens, units=head.units, printed=head.printed
            )
        )

    def _strip_row(self, grid: Grid, number: int, row: Row, context: Sequence[str]) -> bool:
        for strip in self._index.strips:
            reading = read_strip(grid, number, row, self._above, context, strip, self._keys)
            if reading is not None:
                self.strips.append(reading)
                return True
        return False

    @staticmethod
    def _counts(own: list[GridCell], printed: list[GridCell]) -> bool:
        """Rows of numbers, not prose with one number in it."""
        return len(printed) >= 2 or (len(printed) == 1 and len(own) == 2)

    def _unread_row(self, grid: Grid, number: int, own: list[GridCell], labels: list[GridCell]) -> None:
        label = labels[-1].text if labels else ""
        start = labels[-1].column if labels else -1
        tokens = tuple(Piece(cell.text, grid, cell) for cell in own if cell.column > start)
        self.unread.append(Unread(grid, number, label, tokens))


def own_cells(row: Row, number: int) -> list[GridCell]:
    """The cells that begin in this row."""
    return [
        cell for place, cell in enumerate(row) if cell is not None and cell[1] == number and cell[2] == place
    ]


def _tokens(grid: Grid, row: Row, label: GridCell) -> tuple[Piece, ...]:
    return tuple(Piece(cell.text, grid, cell, _reach(cell, None)) for cell in _behind(row, label))


def _behind(row: Row, label: GridCell) -> list[GridCell]:
    """The different cells to the right of a label, those that reach down from above too."""
    cells: list[GridCell] = []
    for cell in row[label.column + label.colspan :]:
        if cell is not None and not (cells and cell is cells[-1]):
            cells.append(cell)
    return cells


def _labels_and_values(own: list[GridCell]) -> tuple[list[GridCell], list[GridCell]]:
    """The cells with words to the left of the numbers (all of them where there are no numbers), and all
    numbers and signs for none."""
    labels: list[GridCell] = []
    printed: list[GridCell] = []
    for cell in own:
        text = cell.text
        if not text:
            continue
        if text.isdigit() or is_value(text):
            printed.append(cell)
        elif not (printed and labels and printed[-1].column > labels[0].column):
            labels.append(cell)
    return labels, printed


def _placed(grid: Grid, row: Row, label: GridCell, head: Head) -> dict[str, Piece] | None:
    """Each column's value where the head says, or None when the row does not stand under the head."""
    values: dict[str, Piece] = {}
    start = label.column
    width = len(row)
    for column, positions in head.positions.items():
        chosen: GridCell | None = None
        for position in positions:
            cell = row[position] if position < width else None
            if cell is None or cell.column <= start:
                return None
            if chosen is None or not chosen.text:
                chosen = cell
            elif cell is not chosen and cell.text:
                return None
        if chosen is None:
            return None
        reach = 1 if chosen.colspan == chosen.rowspan == 1 else _reach(chosen, head)
        values[column] = Piece(chosen.text, grid, chosen, reach)
    return values if head.unknown or not _stray(row, label, head) else None


def _stray(row: Row, label: GridCell, head: Head) -> bool:
    """Whether a number stands behind the label under no column of the head, or one of another column."""
    return any(
        cell is not None and cell.text and cell.column > label.column and is_value(cell.text)
        for place, cell in enumerate(row)
        if place not in head.covered and place not in head.beside
    )


def _reach(cell: GridCell, head: Head | None) -> int:
    """Over how many columns of the form, or rows, one printed cell reaches."""
    end = cell.column + cell.colspan
    columns = (
        sum(1 for positions in head.positions.values() if cell.column <= positions[0] < end)
        if head is not None
        else cell.colspan
    )
    return max(1, columns) * cell.rowspan
