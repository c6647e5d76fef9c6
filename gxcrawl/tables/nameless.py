"""Names rows without a readable label by the rows around them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from gxcrawl.tables.index import RowTarget
from gxcrawl.tables.pieces import RowReading, Unread


def name_by_order(readings: Sequence[RowReading], unread: Sequence[Unread]) -> list[RowReading]:
    """The rows without a label where their neighbours leave exactly one name for each."""
    lost: dict[int, list[Unread]] = defaultdict(list)
    for item in unread:
        if not item.label.strip():
            lost[item.grid.number].append(item)
    rows: dict[int, list[RowReading]] = defaultdict(list)
    for reading in readings:
        rows[reading.grid.number].append(reading)
    return [named for number, items in lost.items() for named in _between(rows[number], items)]


def _between(rows: Sequence[RowReading], lost: Sequence[Unread]) -> list[RowReading]:
    taken = {row.target.key for row in rows}
    ordered = sorted(rows, key=_row_number)
    items = sorted(lost, key=lambda item: item.row)
    numbers = [item.row for item in items]
    named: list[RowReading] = []
    for before, after in pairwise(ordered):
        start, end = bisect_right(numbers, _row_number(before)), bisect_left(numbers, _row_number(after))
        missing = _skipped(before.target, after.target)
        if 0 < end - start == len(missing) and not any(target.key in taken for target in missing):
            named += [
                before._replace(target=target, label="", values=None, tokens=item.tokens, sure=False)
                for item, target in zip(items[start:end], missing, strict=True)
            ]
    return named


def _skipped(before: RowTarget, after: RowTarget) -> list[RowTarget]:
    """The rows of the form between two rows of one table."""
    rows = [row for row in before.table.rows if not row.instead_of]
    if after.table is not before.table or before.table.kind != "matrix":
        return []
    if before.row not in rows or after.row not in rows:
        return []
    between = rows[rows.index(before.row) + 1 : rows.index(after.row)]
    return [RowTarget(before.table, before.block, row) for row in between]


def _row_number(reading: RowReading) -> int:
    return next((piece.cell.row for piece in reading.pieces), -1)
