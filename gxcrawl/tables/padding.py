"""Empty fields around a row's values: which of them are only there to fill the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gxcrawl.tables.numbers import is_plain
from gxcrawl.tables.pieces import Piece, RowReading

FIELDS = ("fields", "table")  # grids in which an empty field is printed


class Padding(NamedTuple):
    """How the rows of one table of fields are filled up.

    is_cut: every line has as many fields as the others, and some have too few values: a column is lost, and
    an empty field at the end of a line says nothing.
    starts: where the values begin behind the label, by the label's column, as full rows show it.
    """

    is_cut: bool
    starts: Mapping[int, int]


def padding_of(rows: Sequence[RowReading]) -> Padding:
    rows = [row for row in rows if row.grid.kind in FIELDS and row.tokens]
    widths = {row.tokens[-1].cell.column for row in rows}
    short = any(len(row.tokens) < len(row.columns) for row in rows)
    starts: dict[int, set[int]] = {}
    for row in rows:
        printed = [place for place, token in enumerate(row.tokens) if token.text]
        if len(printed) == len(row.columns) == printed[-1] - printed[0] + 1:
            starts.setdefault(row.tokens[0].cell.column, set()).add(printed[0])
    certain = {column: places.pop() for column, places in starts.items() if len(places) == 1}
    return Padding((short and len(widths) == 1) or _has_totals_before_blanks(rows), certain)


def _has_totals_before_blanks(rows: Sequence[RowReading]) -> bool:
    """Whether every line lacks its last value, and the one before it is never less than the sum of the others
    and mostly just that: a column is lost, and the totals have moved."""
    totals, exact = [], 0
    for row in rows:
        texts = [token.text for token in row.tokens]
        while texts and not texts[-1]:
            texts.pop()
        if len(row.columns) < 4 or len(texts) != len(row.columns) - 1 or not all(map(is_plain, texts)):
            return False
        *parts, last = map(int, texts)
        if sum(parts) > last:
            return False
        totals.append(last)
        exact += sum(parts) == last
    return len(totals) > 2 and any(totals) and 2 * exact >= len(totals)


def without_padding(row: RowReading, padding: Padding) -> Sequence[Piece]:
    """The fields of a row that can be values."""
    wanted, tokens = len(row.columns), row.tokens
    if row.grid.kind not in FIELDS or not tokens:
        return tokens
    if padding.is_cut:
        printed = [place for place, token in enumerate(tokens) if token.text]
        cut = tokens[printed[0] : printed[-1] + 1] if printed else ()
        return cut if len(cut) >= wanted - 1 else tokens
    start = padding.starts.get(tokens[0].cell.column)
    if start is None or len(tokens) <= wanted:
        return tokens
    outside = (*tokens[:start], *tokens[start + wanted :])
    return tokens if any(token.text for token in outside) else tokens[start : start + wanted]
