"""Readings that the numbers themselves speak against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gxcrawl.forms.schema import join
from gxcrawl.model import Number
from gxcrawl.tables.numbers import read_number
from gxcrawl.tables.pieces import Piece, RowReading
from gxcrawl.tables.sums import Sums, holds


class WrongHead(NamedTuple):
    """Rows whose head gives another order than the form, while their sums hold in the form's order only."""

    rows: tuple[RowReading, ...]
    broken: int


def wrong_head(rows: Sequence[RowReading], sums: Sums) -> WrongHead | None:
    """The rows of one table under a head that the numbers contradict, if there are any."""
    official = tuple(column.id for column in rows[0].target.block.columns) if rows else ()
    other = tuple(row for row in rows if len(row.columns) == len(official) > 1 and row.columns != official)
    as_headed = sum(1 for row in other if _breaks(row, row.columns, sums))
    as_official = sum(1 for row in other if _breaks(row, official, sums))
    return WrongHead(other, as_headed) if as_headed > as_official else None


def _breaks(row: RowReading, columns: Sequence[str], sums: Sums) -> bool:
    pieces = _in_line(row)
    if len(pieces) != len(columns):
        return False
    names = [join(row.target.table.id, row.target.row.id, column) for column in columns]
    known: dict[str, Number | None] = {
        name: read_number(piece.text).value for name, piece in zip(names, pieces, strict=True)
    }
    return any(holds(identity, known) is False for identity in sums.within(names))


def _in_line(row: RowReading) -> list[Piece]:
    """The values from the left, as they are printed."""
    if row.values is not None:
        return sorted(row.values.values(), key=lambda piece: piece.cell.column)
    return row.printed_pieces
