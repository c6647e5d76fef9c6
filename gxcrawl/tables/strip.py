"""Reads the table of cases: one row of numbers under two levels of heads, or the same turned or cut apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gxcrawl.model import Grid, GridCell
from gxcrawl.tables.index import StripIndex
from gxcrawl.tables.labels import LabelIndex
from gxcrawl.tables.numbers import is_value
from gxcrawl.tables.pieces import Piece
from gxcrawl.tables.writing import label_key, plain

MIN_NUMBERING = 5  # columns that are numbered, when they are
MIN_COLUMNS = 3  # fewer outcomes over numbers may be any table


class StripReading(NamedTuple):
    strip: StripIndex
    grid: Grid
    row: int
    values: Mapping[str, Piece]
    columns: tuple[str, ...] = ()  # with tokens: the order they should have
    tokens: tuple[Piece, ...] = ()  # values whose number does not fit the columns
    explicit: bool = True
    heads: tuple[GridCell, ...] = ()  # where the columns' heads stand, in a printed line


Rows = Sequence[Sequence[GridCell | None]]


def read_strip(
    grid: Grid,
    number: int,
    row: Sequence[GridCell | None],
    above: Rows,
    context: Sequence[str],
    strip: StripIndex,
    keys: Mapping[str, str],
) -> StripReading | None:
    """One row of numbers, each under (or beside) a kind of case and an outcome."""
    lefts = [cell for cell in _words_before_numbers(row) if _is_head(cell, strip, keys)]
    if not _has_outcomes([cell for line in above for cell in line], lefts, strip):
        return None
    naming = _Naming(above, lefts, context, strip, keys)
    found: dict[str, list[GridCell]] = {}
    for position, cell in enumerate(row):
        if cell is None or any(cell is left for left in lefts):
            continue
        name = naming.column(position, cell)
        if name is not None and not any(cell is other for other in found.get(name, ())):
            found.setdefault(name, []).append(cell)
    values = {name: _piece(grid, cells, found) for name, cells in found.items()}
    enough = len(values) >= MIN_COLUMNS or any(_named([left], strip.outcomes, keys) for left in lefts)
    printed = [piece.text for piece in values.values() if piece.text]
    if not printed or not enough or _is_numbering(printed):
        return None
    lacking = naming.columns_without_cell(row)
    if lacking:
        # Fewer cells than heads: which one is gone cannot be seen from where the others stand.
        tokens = tuple(piece for piece in values.values())
        return StripReading(strip, grid, number, {}, (*values, *lacking), tokens)
    return StripReading(strip, grid, number, values)


class _Naming:
    """Names the columns of a table of cases by their heads, or by what stands beside or before it."""

    def __init__(
        self,
        above: Rows,
        lefts: Sequence[GridCell],
        context: Sequence[str],
        strip: StripIndex,
        keys: Mapping[str, str],
    ) -> None:
        self._above, self._lefts, self._context = above, lefts, context
        self._strip, self._keys = strip, keys
        self._known = {column.id for column in strip.block.columns}

    def column(self, position: int, below: GridCell | None) -> str | None:
        heads = [*_heads(self._above, position, below), *self._lefts]
        outcome = _named(heads, self._strip.outcomes, self._keys)
        if not outcome:
            return None
        group = _spelled([self._keys[head.text] for head in heads], self._strip.groups)
        if not group:
            spread = [*_heads(self._above, position, below, spread=True), *self._lefts]
            group = _named(spread, self._strip.groups, self._keys)
        name = f"{group or context_group(self._context, self._strip)}.{outcome}"
        return name if name in self._known else None

    def columns_without_cell(self, row: Sequence[GridCell | None]) -> tuple[str, ...]:
        width = max((len(line) for line in self._above), default=0)
        gone = (place for place in range(width) if place >= len(row) or row[place] is None)
        return tuple(dict.fromkeys(name for place in gone if (name := self.column(place, None)) is not None))


def _words_before_numbers(row: Sequence[GridCell | None]) -> list[GridCell]:
    """The labels of a row; words behind its first number stand in the place of numbers."""
    lefts: list[GridCell] = []
    for cell in row:
        if cell is not None and cell.text:
            if is_value(cell.text):
                break
            lefts.append(cell)
    return lefts


def _is_head(cell: GridCell, strip: StripIndex, keys: Mapping[str, str]) -> bool:
    """Whether words beside the numbers name a kind of case or an outcome; other words stand for a number."""
    path = {word for column in strip.block.columns for word in column.group.split("/")}
    return bool(
        _named([cell], strip.outcomes, keys) or _named([cell], strip.groups, keys) or keys[cell.text] in path
    )


def _has_outcomes(above: Sequence[GridCell | None], lefts: Sequence[GridCell], strip: StripIndex) -> bool:
    """Whether the heads can be those of cases at all; looked at before every column is."""
    text = "".join(cell.text for cell in (*above, *lefts) if cell is not None)
    printed = set(plain(text))
    if sum(1 for letters in strip.letters if letters <= printed) >= MIN_COLUMNS:
        return True
    return any(strip.outcomes.exact(label_key(left.text)) for left in lefts)


def blank_strip(
    grid: Grid,
    above: Sequence[Sequence[GridCell | None]],
    context: Sequence[str],
    strip: StripIndex,
    keys: Mapping[str, str],
) -> StripReading | None:
    """The table with its heads and nothing under them: its cells are blank, not missing."""
    if len(above) < 2 or any(cell is not None and cell.text for cell in above[-1]):
        return None
    values: dict[str, Piece] = {}
    naming = _Naming(above[:-1], (), context, strip, keys)
    for position, cell in enumerate(above[-1]):
        name = naming.column(position, cell) if cell is not None else None
        if cell is not None and name is not None:
            values.setdefault(name, Piece("", grid, cell))
    return StripReading(strip, grid, len(grid.rows) - 1, values) if len(values) >= MIN_COLUMNS else None


def _is_numbering(printed: Sequence[str]) -> bool:
    """A line that numbers the columns: 1, 2, 3 …"""
    return len(printed) >= MIN_NUMBERING and printed == [str(n + 1) for n in range(len(printed))]


def _piece(grid: Grid, cells: list[GridCell], found: Mapping[str, list[GridCell]]) -> Piece:
    printed = [cell for cell in cells if cell.text]
    cell = printed[0] if printed else cells[0]
    reach = sum(1 for others in found.values() if any(other is cell for other in others))
    return Piece(cell.text, grid, cell, max(reach, len(printed)))


def _heads(
    above: Sequence[Sequence[GridCell | None]], position: int, below: GridCell | None, *, spread: bool = False
) -> list[GridCell]:
    """The cells above a column. spread: an empty one counts as part of the cell to its left, since text
    tables have no spans."""
    heads: list[GridCell] = []
    for row in above:
        place = min(position, len(row) - 1)
        while spread and place > 0 and (row[place] is None or not _text(row[place])):
            place -= 1
        cell = row[place] if place == position or spread else None
        if cell is not None and cell is not below and cell.text and not any(cell is head for head in heads):
            heads.append(cell)
    return heads


def _text(cell: GridCell | None) -> str:
    return cell.text if cell is not None else ""


def _named(heads: Sequence[GridCell], index: LabelIndex, keys: Mapping[str, str]) -> str | None:
    return _spelled([keys[head.text] for head in heads], index) or _similar(heads, index)


def _spelled(keys: Sequence[str], index: LabelIndex) -> str | None:
    """What one head, or several from the top, spell; the lowest and longest first."""
    for end in range(len(keys), 0, -1):
        for start in range(end):
            found = index.exact("".join(keys[start:end]))
            if found:
                return found
    return None


def _similar(heads: Sequence[GridCell], index: LabelIndex) -> str | None:
    for head in reversed(heads):
        match = index.match(head.text)
        if match is not None and match.how != "joined":
            return match.id
    return None


def context_group(context: Sequence[str], strip: StripIndex) -> str | None:
    """The kind of case that the words before the table name, if they name only one."""
    paths = {column.id.split(".")[0]: column.group.split("/") for column in strip.block.columns}
    for text in context:
        named = {group for group, path in paths.items() if path[-1] in text}
        parents = {path[0] for path in paths.values() if path[0] in text}
        if len(named) == 1 and len(parents) <= 1 and parents <= {paths[next(iter(named))][0]}:
            return named.pop()
        if named or parents:
            return None
    return None


def strip_from_tokens(
    strip: StripIndex,
    grid: Grid,
    columns: tuple[str, ...],
    tokens: Sequence[Piece],
    heads: Sequence[GridCell] = (),
) -> StripReading:
    """A row of cases in order: one value for each column, or left for reasoning."""
    printed = [token for token in tokens if token.text]
    for fitting in (printed, list(tokens)):
        if len(fitting) == len(columns):
            return StripReading(strip, grid, fitting[0].cell.row, dict(zip(columns, fitting, strict=True)))
    explicit = grid.kind in ("fields", "table")
    return StripReading(strip, grid, tokens[0].cell.row, {}, columns, tuple(tokens), explicit, tuple(heads))
