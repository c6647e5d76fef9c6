"""Rows of printed cells -> a grid with every span expanded, however absurd the spans are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from gxcrawl.model import Grid, GridCell, Problem
from gxcrawl.problems import problem

MAX_POSITIONS = 200_000
MAX_ROWS = 20_000
_MAX_COLSPAN = 1000  # what HTML allows
_MAX_ROWSPAN = 65_534
_WIDE = 200  # no printed table has more columns; a wider one owes its width to a nonsense span

Positions = list[list[GridCell | None]]


PrintedCell = tuple[str, int, int]  # text, rowspan (0: down to the end of its row group), colspan


class PrintedRow(NamedTuple):
    cells: list[PrintedCell]
    group: object = None  # rows of one group stand together; no cell reaches below its group
    sources: Sequence[Any] = ()  # what each cell was made of


def read_span(printed: str | None) -> int:
    """The span an attribute asks for; what is no number counts 1, as in browsers."""
    if printed is None:
        return 1
    if printed in ("1", "2", "3"):
        return int(printed)
    printed = printed.strip()[:12]
    digits = printed[: len(printed) - len(printed.lstrip("0123456789"))]
    return int(digits) if digits else 1


def expand(rows: Sequence[PrintedRow], number: int, hidden: bool = False) -> tuple[Grid, list[Problem]]:
    """The grid of these rows: each cell at every position it covers, the first comer where two overlap."""
    place = f"table {number}"
    problems = []
    positions, whole = _place(rows)
    if not whole:
        what = f"表格过大，{len(rows)} 行中只读了前 {len(positions)} 行，每行至多 {_MAX_COLSPAN} 格"
        problems.append(problem("D-TRUNCATED", place, what=what))
    width = max(map(len, positions), default=0)
    if width > _WIDE:
        width = _narrow(positions)
    if absurd := _absurd_span(rows[: len(positions)]):
        problems.append(problem("D-SPAN", place, printed=absurd))
    return Grid(number, tuple([_filled(line, width) for line in positions]), "table", hidden), problems


def _place(rows: Sequence[PrintedRow]) -> tuple[Positions, bool]:
    """Positions of all cells, and whether all rows found room."""
    positions: Positions = [[] for _ in rows[:MAX_ROWS]]
    ends = _group_ends(rows[:MAX_ROWS])
    room = MAX_POSITIONS
    for index, line in enumerate(positions):
        if room <= 0:
            del positions[index:]
            return positions, False
        column = 0
        for text, down, across in rows[index].cells[:_MAX_COLSPAN]:
            while column < len(line) and line[column] is not None:
                column += 1
            if down == across == 1 and column == len(line):
                line.append(GridCell(text, index, column))
                column += 1
                room -= 1
                continue
            colspan = min(max(across, 1), _MAX_COLSPAN)
            below = ends[index] - index
            rowspan = min(down or below, below, max(room // colspan, 1))
            _cover(positions, GridCell(text, index, column, rowspan, colspan))
            room -= rowspan * colspan
    return positions, len(rows) <= MAX_ROWS and all(len(row.cells) <= _MAX_COLSPAN for row in rows)


def _cover(positions: Positions, cell: GridCell) -> None:
    _, row, start, rowspan, colspan, *_ = cell
    for line in positions[row : row + rowspan]:
        if len(line) <= start:
            line.extend([None] * (start - len(line)) + [cell] * colspan)
            continue
        line.extend([None] * (start + colspan - len(line)))
        for column in range(start, start + colspan):
            if line[column] is None:
                line[column] = cell


def _group_ends(rows: Sequence[PrintedRow]) -> list[int]:
    ends = [len(rows)] * len(rows)
    for index in range(len(rows) - 2, -1, -1):
        same = rows[index].group is rows[index + 1].group
        ends[index] = ends[index + 1] if same else index + 1
    return ends


def _absurd_span(rows: Sequence[PrintedRow]) -> str:
    for row in rows:
        for _, rowspan, colspan in row.cells:
            if colspan > _WIDE:
                return f"colspan={colspan}"
            if rowspan > _MAX_ROWSPAN:
                return f"rowspan={rowspan}"
    return ""


def _narrow(positions: Positions) -> int:
    """Drop the columns at the right edge in which no cell begins, and return the width that is left."""
    cells = {id(cell): cell for line in positions for cell in line if cell is not None}
    width = 1 + max(cell.column for cell in cells.values())
    clipped = {
        key: cell._replace(colspan=min(cell.colspan, width - cell.column)) for key, cell in cells.items()
    }
    for line in positions:
        line[:] = [None if cell is None else clipped[id(cell)] for cell in line[:width]]
    return width


def _filled(line: list[GridCell | None], width: int) -> tuple[GridCell | None, ...]:
    return tuple(line) if len(line) == width else tuple(line + [None] * (width - len(line)))
