"""The tables of cases as rows: parts in tables of their own are put together."""

from __future__ import annotations

from collections.abc import Sequence

from gxcrawl.forms import Row
from gxcrawl.tables.index import RowTarget
from gxcrawl.tables.pieces import RowReading
from gxcrawl.tables.strip import StripReading

NEAR = 4  # tables among which the parts of one stand


def strip_rows(strips: Sequence[StripReading]) -> list[RowReading]:
    """One reading for each complete table of cases; parts with different columns make one together."""
    rows: list[RowReading] = []
    for strip in strips:
        target = RowTarget(strip.strip.table, strip.strip.block, Row("", ""))
        official = tuple(column.id for column in strip.strip.block.columns)
        if strip.tokens:
            rows.append(
                RowReading(
                    target,
                    "",
                    strip.grid,
                    strip.columns,
                    tokens=strip.tokens,
                    explicit=strip.explicit,
                    heads=strip.heads,
                )
            )
            continue
        partner = next((row for row in rows[-NEAR:] if _completes(row, strip)), None)
        if partner is None:
            rows.append(RowReading(target, "", strip.grid, official, strip.values))
        else:
            together = {**(partner.values or {}), **strip.values}
            rows[rows.index(partner)] = partner._replace(values=together)
    return rows


def _completes(row: RowReading, strip: StripReading) -> bool:
    return (
        row.values is not None
        and row.target.table is strip.strip.table
        and row.grid.hidden == strip.grid.hidden
        and not set(row.values) & set(strip.values)
    )
