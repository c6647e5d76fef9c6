"""The cells of a report as the page shows them: what was read, in which state, and what is printed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gxcrawl.evidence.reports import label_of
from gxcrawl.evidence.telling import word
from gxcrawl.exports.readings import Printed, Readings
from gxcrawl.model import Number
from gxcrawl.show.chinese import place_in_chinese
from gxcrawl.show.grid import number
from gxcrawl.site.report.words import words
from gxcrawl.store.packing import values_of

_NOTES = """
SELECT cell_names.id, coalesce(cell_notes.note, ''), cell_notes.candidates
FROM cell_notes JOIN readings ON readings.report = cell_notes.report
JOIN cell_names ON cell_names.list = readings.list AND cell_names.position = cell_notes.position
WHERE cell_notes.report = ? AND (cell_notes.note IS NOT NULL OR cell_notes.candidates IS NOT NULL)
"""
LONGEST = 300  # characters of what is printed in a cell


class Cell(NamedTuple):
    id: str
    label: str
    value: Number | None
    raw: str
    state: str
    place: str  # in words
    note: str  # what stands in brackets behind the number
    unit: str
    readings: tuple[str, ...]  # that fit, when there are two

    @property
    def shown(self) -> str:
        """Short, for the table: the number, what is printed instead of one, or the sign of the state."""
        if self.value is not None:
            return number(self.value)
        if self.state == "placeholder":
            return self.raw or words()["signs"]["blank"]
        return words()["signs"].get(self.state, self.state)

    @property
    def state_word(self) -> str:
        return word("cells", self.state)

    @property
    def is_told(self) -> bool:
        """More is printed than the number that was read, or something that is none."""
        if self.state in ("blank", "missing", "placeholder"):
            return False
        return bool(self.value is None or self.raw.strip() != number(self.value))


def cells_of(connection: sqlite3.Connection, report: int, form: str | None) -> Mapping[str, Cell]:
    """Name -> cell, in the order of the form."""
    query = connection.execute(_NOTES, (report,))
    notes = {name: (note, candidates) for name, note, candidates in query}
    nothing = ("", None)
    cells = Readings(connection).cells(report)
    return {cell.id: _cell(cell, form, *notes.get(cell.id, nothing)) for cell in cells}


def _cell(cell: Printed, form: str | None, note: str, candidates: str | None) -> Cell:
    readings = values_of(candidates) if candidates else []
    label = label_of(form, cell.id)
    is_unnamed = label == cell.id and bool(note)  # an indicator of no form is noted under its own label
    return Cell(
        cell.id,
        note if is_unnamed else label,
        cell.value,
        cell.raw[:LONGEST],
        cell.state,
        place_in_chinese(cell.place, cell.id),
        "" if is_unnamed else note,
        cell.unit or "",
        tuple(word("cells", "blank") if reading is None else number(reading) for reading in readings),
    )


def legend(cells: Iterable[Cell]) -> Mapping[str, str]:
    """What the states mean that are in use, but for the usual one."""
    there = {cell.state for cell in cells}
    return {state: meaning for state, meaning in words()["states"].items() if state in there}
