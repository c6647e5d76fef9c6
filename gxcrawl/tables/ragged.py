"""Reads grids in which only the order of what is printed can be trusted (text in all its layouts)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gxcrawl.forms import Block
from gxcrawl.model import Grid, GridCell
from gxcrawl.tables.index import FormIndex, RowTarget
from gxcrawl.tables.lines import Line, lines_of
from gxcrawl.tables.names import RowNames
from gxcrawl.tables.order import Order, column_order, strip_order
from gxcrawl.tables.pieces import Piece, RowReading, Unread
from gxcrawl.tables.positions import WIDE, heads_by_position
from gxcrawl.tables.strip import StripReading, strip_from_tokens

_BEGINS = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、]|[0-9]{1,2}[.．、])"
)  # another label does
MAX_WRAPPED = 3  # lines over which one label may be wrapped, above and below its numbers
MAX_STREAM = 5  # lines that one label may take where every cell has a line


class RaggedReader:
    """Goes through the lines of a document's text tables; heads go on until the next ones."""

    def __init__(self, index: FormIndex, names: RowNames) -> None:
        self._index = index
        self._names = names
        self._orders: dict[int, Order] = {}
        self._heads: list[GridCell] = []  # words since the last row of numbers
        self._blank: list[GridCell] = []  # the last row of empty cells since then
        self._apart = False  # in this grid labels and numbers do not share their lines
        self.readings: list[RowReading] = []
        self.strips: list[StripReading] = []
        self.unread: list[Unread] = []

    def read(self, grid: Grid, context: Sequence[str]) -> None:
        lines = lines_of(grid)
        self._heads, self._blank, self._apart = [], [], False
        taken = 0  # lines after the last numbers that belong to its label
        for number, line in enumerate(lines):
            if line.is_printed:
                taken = self._numbers(grid, lines, number, context)
                self._heads, self._blank = [], []
            elif taken:
                taken -= 1
            else:
                self._words(grid, line)
        self._blank_strip(grid, context)

    def _numbers(self, grid: Grid, lines: Sequence[Line], number: int, context: Sequence[str]) -> int:
        line = lines[number]
        if self._strip(grid, line, context):
            return 0
        target, taken = self._match(lines, number, wrapped=bool(line.labels) or grid.kind == "layout")
        if target is not None:
            self._row(grid, _with_worded_value(line, target, self._names), target)
        else:
            label = line.labels[-1].text if line.labels else (self._heads[-1].text if self._heads else "")
            tokens = tuple(Piece(cell.text, grid, cell) for cell in line.values)
            self.unread.append(Unread(grid, line.values[0].row, label, tokens))
        return taken

    def _words(self, grid: Grid, line: Line) -> None:
        """A line without numbers: part of a head or of a wrapped label, or a row of empty cells."""
        match = self._names.match(line.labels[-1].text) if line.labels and line.values else None
        if match is not None and match.id and match.how == "exact":
            target = self._names.target(match.id)
            if len(line.values) >= len(target.block.columns):
                self._row(grid, line, target)
                self._heads = []
                return
        self._heads += line.labels
        if not line.labels:
            self._blank = list(line.values)

    def _match(self, lines: Sequence[Line], number: int, *, wrapped: bool) -> tuple[RowTarget | None, int]:
        """The row of a line of numbers, and how many of the lines after it its label takes.

        wrapped: its label may begin or go on in the lines around it.
        """
        above = [cell.text for cell in self._heads[-MAX_WRAPPED:]] if wrapped else []
        own = [cell.text for cell in lines[number].labels]
        below = _wrapped_below(lines, number) if wrapped else []
        if not own and (self._apart or self._is_apart(above, _label_after(lines, number))):
            return None, 0
        spellings = list(_spellings(above, own, below))
        for text, taken in spellings:
            found = self._names.exact(text)
            if found and self._can_be(found, text, lines[number]):
                return self._names.target(found), taken
        for text, taken in spellings:
            match = self._names.match(text)
            if match is not None and match.id and self._can_be(match.id, text, lines[number]):
                return self._names.target(match.id), taken
        return None, 0

    def _is_apart(self, above: Sequence[str], after: str) -> bool:
        """Whether numbers stand apart from their labels: all labels first, or labels below numbers."""
        names = self._names
        waiting = {
            cell.text for cell in self._heads if names.exact(cell.text) and not names.is_shared(cell.text)
        }
        spelled = ["".join(above[start:]) for start in range(len(above))]
        before = any(names.match(text) and self._is_own_label(text) for text in spelled)
        self._apart = len(waiting) > 1 or (not before and bool(after) and bool(names.match(after)))
        return self._apart

    def _is_own_label(self, text: str) -> bool:
        """总计 and 其他 head columns too: on a line of their own, numbering makes them labels."""
        return not self._names.is_shared(text) or _BEGINS.match(text) is not None

    def _can_be(self, name: str, text: str, line: Line) -> bool:
        """总计 and 其他 are outcomes of cases too: with one number behind them they are no row of seven."""
        if not self._names.is_shared(text):
            return True
        if not line.labels and not self._is_own_label(text):
            return False
        printed = [cell.text for cell in line.values if cell.text]
        return len(printed) > 1 or len("".join(printed)) >= len(self._names.target(name).block.columns)

    def _row(self, grid: Grid, line: Line, target: RowTarget) -> None:
        order = self._order(target.block, grid, line)
        self.readings.append(
            RowReading(
                target,
                label=line.labels[-1].text if line.labels else "",
                grid=grid,
                columns=order.columns,
                tokens=tuple(Piece(cell.text, grid, cell) for cell in line.values),
                explicit=grid.kind in ("fields", "table"),
                units=order.units,
                printed=order.printed,
                heads=order.heads,
                wide=sum(1 for cell in line.labels for char in cell.text if char > WIDE),
            )
        )

    def _order(self, block: Block, grid: Grid, line: Line) -> Order:
        kept = self._orders.get(id(block))
        if self._heads or len(line.labels) > 1 or kept is None:
            index = self._index.columns[id(block)]
            heads = [*self._heads, *line.labels[:-1]]
            read = column_order(heads, block, index, by_position=grid.kind == "layout")
            official = Order(block.column_ids)
            kept = self._orders[id(block)] = read or kept or official
        return kept

    def _strip(self, grid: Grid, line: Line, context: Sequence[str]) -> bool:
        printed = sum(1 for cell in line.values if cell.text)
        for strip in self._index.strips:
            columns = strip_order([*self._heads, *line.labels], printed, context, strip)
            if columns is not None:
                tokens = [Piece(cell.text, grid, cell) for cell in line.values]
                over = heads_by_position(self._heads, strip.outcomes) if grid.kind == "layout" else []
                heads = [cell for _, cell in over] if len(over) == len(columns) else []
                self.strips.append(strip_from_tokens(strip, grid, columns, tokens, heads))
                return True
        return False

    def _blank_strip(self, grid: Grid, context: Sequence[str]) -> None:
        for strip in self._index.strips:
            columns = strip_order(self._heads, len(self._blank), context, strip)
            if columns is not None and len(self._blank) == len(columns):
                tokens = [Piece("", grid, cell) for cell in self._blank]
                self.strips.append(strip_from_tokens(strip, grid, columns, tokens))


def _with_worded_value(line: Line, target: RowTarget, names: RowNames) -> Line:
    """The line with its last words among the values, where the words before them are the whole label."""
    if len(line.labels) < 2 or len(line.values) != len(target.block.columns) - 1:
        return line
    before, last = line.labels[-2:]
    is_label = names.match(last.text) or names.exact(before.text + last.text) or not names.exact(before.text)
    return line if is_label else Line(line.labels[:-1], (last, *line.values))


def _label_after(lines: Sequence[Line], number: int) -> str:
    line = lines[number + 1] if number + 1 < len(lines) else Line((), ())
    return line.labels[-1].text if line.labels and not line.is_printed else ""


def _wrapped_below(lines: Sequence[Line], number: int) -> list[str]:
    below: list[str] = []
    for line in lines[number + 1 : number + 1 + MAX_WRAPPED]:
        if line.is_printed or not line.labels or _BEGINS.match(line.labels[-1].text):
            break
        below.append(line.labels[-1].text)
    return below


def _spellings(above: Sequence[str], own: Sequence[str], below: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The texts that the label of a line of numbers may have, the likeliest first, with the lines taken."""
    for pieces in range(1, min(len(own), MAX_STREAM) + 1):
        yield "".join(own[-pieces:]), 0
    middle = own[-1:]
    for wrapped in range(1, len(above) + len(below) + 1):
        for taken in range(min(wrapped, len(below)) + 1):
            # Without words of their own, numbers belong to the words above them before those below.
            if wrapped - taken <= len(above) and (own or wrapped > taken or not above):
                head = above[len(above) - (wrapped - taken) :]
                yield "".join([*head, *middle, *below[:taken]]), taken
