"""Places the values of a printed line by where they stand in it, as neighbouring full lines show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from gxcrawl.model import GridCell
from gxcrawl.tables.labels import LabelIndex
from gxcrawl.tables.pieces import Piece, RowReading
from gxcrawl.tables.writing import label_key

NEIGHBOURS = 6  # full lines that tell where the columns are; pages may differ
TOLERANCE = 0.25  # of the distance between two columns


def place_by_position(reading: RowReading, full: Sequence[RowReading]) -> Mapping[str, Piece] | None:
    """The values of a line with fewer of them than columns, or None when a place is doubtful."""
    printed = [token for token in reading.tokens if token.text]
    same = [other for other in full if other.columns == reading.columns]
    near = sorted(same, key=lambda other: abs(_line(other) - printed[0].cell.line))[:NEIGHBOURS]
    if len(reading.heads) == len(reading.columns):
        near.append(
            reading._replace(tokens=tuple(Piece(cell.text, reading.grid, cell) for cell in reading.heads))
        )
    ruler = _ruler(near)
    if ruler is None or len(printed) >= len(reading.columns):
        return None
    values: dict[str, Piece] = {}
    for token, stands in zip(printed, ruler.measure(reading), strict=True):
        offsets = [abs(stands - place) for place in ruler.places]
        column = reading.columns[offsets.index(min(offsets))]
        if min(offsets) > TOLERANCE * ruler.gap or column in values:
            return None
        values[column] = token
    last = printed[-1].cell
    blank = GridCell("", last.row, last.column, line=last.line)
    return {column: values.get(column, Piece("", reading.grid, blank)) for column in reading.columns}


class _Ruler(NamedTuple):
    """Where the columns stand, measured in the way in which full lines agree best."""

    places: list[float]
    gap: float
    measure: Callable[[RowReading], list[float]]


def _ruler(full: Sequence[RowReading]) -> _Ruler | None:
    if not full or (len(full) == 1 and not full[0].heads):
        return None
    measured = []
    for measure in _MEASURES:
        columns = list(zip(*(measure(row) for row in full), strict=True))
        places = [sorted(column)[len(column) // 2] for column in columns]
        spread = max(abs(x - place) for column, place in zip(columns, places, strict=True) for x in column)
        gap = min(right - left for left, right in pairwise(places))
        if gap > 0:
            measured.append((spread / gap, _Ruler(places, gap, measure)))
    spread, ruler = min(measured, key=lambda item: item[0], default=(1.0, None))
    return ruler if spread <= TOLERANCE else None


def _measured(share: float, *, by_character: bool) -> Callable[[RowReading], list[float]]:
    """Where a line's values stand: at their left edge, middle or right edge (share 0, 0.5, 1), in screen
    columns or in characters (a wide character is two columns; printers count in both ways)."""

    def measure(row: RowReading) -> list[float]:
        places = []
        wide = row.wide if by_character else 0
        for token in row.tokens:
            if token.text:
                cell = token.cell
                places.append(cell.start + share * (cell.end - cell.start) - wide)
        return places

    return measure


_MEASURES = [
    _measured(share, by_character=by_character) for by_character in (False, True) for share in (0, 0.5, 1)
]


def _line(reading: RowReading) -> int:
    return reading.tokens[0].cell.line


def heads_by_position(heads: Sequence[GridCell], index: LabelIndex) -> list[tuple[str, GridCell]]:
    """What the heads over each column spell, from the top, when they are printed one below the other."""
    stacks: list[list[GridCell]] = []
    for cell in sorted(heads, key=lambda cell: -cell.row):
        over = [stack for stack in stacks if _is_over(cell, stack)]
        for stack in over:
            stack.insert(0, cell)
        if not over:
            stacks.append([cell])
    found = []
    for stack in sorted(stacks, key=lambda stack: stack[-1].start + stack[-1].end):
        keys = [label_key(cell.text) for cell in stack]
        names = (index.exact("".join(keys[start:])) for start in range(len(keys)))
        name = next((name for name in names if name), None)
        if name is not None:
            found.append((name, stack[-1]))
    return found


def _is_over(cell: GridCell, stack: Sequence[GridCell]) -> bool:
    lowest, nearest = stack[-1], stack[0]
    overlap = min(cell.end, lowest.end) - max(cell.start, lowest.start)
    return cell.row < nearest.row and overlap >= 0
