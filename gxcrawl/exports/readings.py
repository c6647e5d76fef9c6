"""The cells of a report, unpacked digit by digit as they were printed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from gxcrawl.model import Number
from gxcrawl.store.packing import values_of


class Printed(NamedTuple):
    """One cell."""

    id: str
    value: Number | None
    raw: str
    state: str
    place: str
    unit: str | None


class Readings:
    """Unpacks reports. Names and places, which many reports share, are kept at hand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.names = lru_cache(maxsize=256)(self._names)
        self.places = lru_cache(maxsize=256)(self._places)

    def values(self, cell_list: int | None, packed: str | None) -> Mapping[str, Number | None]:
        """Name -> number, of a row of `readings`."""
        if cell_list is None or packed is None:
            return {}
        return dict(zip(self.names(cell_list), values_of(packed), strict=True))

    def cells(self, report: int) -> list[Printed]:
        row = self.connection.execute(
            "SELECT list, layout, vals FROM readings WHERE report = ? AND list IS NOT NULL", (report,)
        ).fetchone()
        if row is None:
            return []
        cell_list, layout, packed = row
        names, values = self.names(cell_list), values_of(packed)
        places = self.places(layout, len(names))
        query = "SELECT position, raw, state, unit FROM cell_notes WHERE report = ?"
        notes = {position: note for position, *note in self.connection.execute(query, (report,))}
        cells = []
        for position, (name, value, place) in enumerate(zip(names, values, places, strict=True)):
            raw, state, unit = notes.get(position, (None, "blank" if value is None else "ok", None))
            printed = raw if raw is not None else "" if value is None else str(value)
            cells.append(Printed(name, value, printed, state, place, unit))
        return cells

    def _names(self, cell_list: int) -> tuple[str, ...]:
        query = "SELECT id FROM cell_names WHERE list = ? ORDER BY position"
        return tuple(row[0] for row in self.connection.execute(query, (cell_list,)))

    def _places(self, layout: int, count: int) -> tuple[str, ...]:
        query = "SELECT position, head, first, tail FROM cell_places WHERE layout = ? ORDER BY position"
        runs = list(self.connection.execute(query, (layout,)))
        ends = [*(run[0] for run in runs[1:]), count]
        return tuple(
            head if first is None else f"{head}{first + position - start}{tail}"
            for (start, head, first, tail), end in zip(runs, ends, strict=True)
            for position in range(start, end)
        )
