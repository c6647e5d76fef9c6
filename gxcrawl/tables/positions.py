"""Places the values of a printed line by where they stand in it, as neighbouring full lines show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from gxcrawl.model import Grid, GridCell
from gxcrawl.tables.labels import LabelIndex
from gxcrawl.tables.pieces import Piece, RowReading
from gxcrawl.tables.writing import label_key

WIDE = "\u2e80"  # from here on characters take two columns on a screen
AROUND = 12  # lines that show how values are parted
NEIGHBOURS = 6  # full lines that tell where the columns are; pages may differ
TOLERANCE = 0.25  # of the distance between two columns


def place_by_position(reading: RowReading, full: Sequence[RowReading]) -> Mapping[str, Piece] | None:
    """The values of a line with fewer of them than columns, or None when a place is doubtful."""
    printed = [token for token in reading.tokens if token.text]
    if (
        not printed
        or len(printed) >= len(reading.columns)
        or not _is_aligned(reading.grid, printed[0].cell.row)
    ):
        return None
    same = [other for other in full if other.columns == reading.columns]
    near = sorted(same, key=lambda other: abs(_line(other) - printed[0].cell.line))[:NEIGHBOURS]
    placements = _placements(reading, near)
    if len(near) < 2:
        # One full line may stand aside; the heads must say the same.
        over = _placements(reading, _head_line(reading))
        placements = placements & over if near else over
    if len(placements) != 1:
        return None
    columns = dict(zip(placements.pop(), printed, strict=True))
    last = printed[-1].cell
    blank = Piece("", reading.grid, GridCell("", last.row, last.column, line=last.line))
    return {column: columns.get(place, blank) for place, column in enumerate(reading.columns)}


def _is_aligned(grid: Grid, row: int) -> bool:
    """Whether blanks align columns here. The same few blanks everywhere only part one value from the next."""
    gaps = {
        right.start - left.end
        for line in grid.rows[max(0, row - AROUND) : row + AROUND]
        for left, right in pairwise(cell for cell in line if cell is not None)
    }
    return len(gaps) > 1


def _placements(reading: RowReading, guides: Sequence[RowReading]) -> set[tuple[int, ...]]:
    """The places that the values have in any way of measuring."""
    return {places for measure in _MEASURES if (places := _places(reading, guides, measure)) is not None}


def _head_line(reading: RowReading) -> list[RowReading]:
    """The heads as a full line, where each column has one."""
    if len(reading.heads) != len(reading.columns):
        return []
    tokens = tuple(Piece(cell.text, reading.grid, cell) for cell in reading.heads)
    return [reading._replace(tokens=tokens, wide=0)]


Measure = Callable[[RowReading], list[float]]


def _places(reading: RowReading, full: Sequence[RowReading], measure: Measure) -> tuple[int, ...] | None:
    """The column of each value, measured in one way; None when full lines do not agree in this way, or a
    value stands between two columns."""
    if not full:
        return None
    columns = list(zip(*(measure(row) for row in full), strict=True))
    centres = [sorted(column)[len(column) // 2] for column in columns]
    spread = max(abs(x - centre) for column, centre in zip(columns, centres, strict=True) for x in column)
    gap = min(right - left for left, right in pairwise(centres))
    if gap <= 0 or spread > TOLERANCE * gap:
        return None
    places: list[int] = []
    for stands in measure(reading):
        offsets = [abs(stands - centre) for centre in centres]
        place = offsets.index(min(offsets))
        if min(offsets) > TOLERANCE * gap or (places and place <= places[-1]):
            return None
        places.append(place)
    return tuple(places)


def _measured(share: float, *, by_character: bool) -> Measure:
    """Where a line's values stand: at their left edge, middle or right edge (share 0, 0.5, 1), in screen
    columns or in characters (a wide character is two columns; printers count in both ways)."""

    def measure(row: RowReading) -> list[float]:
        places = []
        wide = row.wide
        for token in row.tokens:
            if token.text:
                cell = token.cell
                places.append(cell.start + share * (cell.end - cell.start) - (wide if by_character else 0))
                wide += sum(1 for char in token.text if char > WIDE)
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
            found.append((name, stack))
    lines = Counter(cell.row for _, stack in found for cell in stack)
    return [(name, max(stack, key=lambda cell: lines[cell.row])) for name, stack in found]


def _is_over(cell: GridCell, stack: Sequence[GridCell]) -> bool:
    lowest, nearest = stack[-1], stack[0]
    overlap = min(cell.end, lowest.end) - max(cell.start, lowest.start)
    return cell.row < nearest.row and overlap >= 0
