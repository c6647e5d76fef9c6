"""The rows of every table of the data package, one after the other, in an order that does not change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from gxcrawl.exports.panel import panel, series
from gxcrawl.exports.readings import Readings
from gxcrawl.exports.tables import tables
from gxcrawl.exports.values import values_of
from gxcrawl.forms import Form, load_forms
from gxcrawl.forms.schema import Slot

Row = Sequence[Any]  # str, int, Decimal, bool or None, in the order of the table's columns

ORGANS = """
SELECT key, name, kind, level, superior, code, portal, status, valid_from, valid_to, source
FROM chosen_organs JOIN organs ON key = organ ORDER BY key
"""
REPORTS = """
SELECT id, organ_key, organ, year, form, version, current, same_as, counts, status, title, url, portal,
  published, published_basis, first_seen, last_seen, sha256, content_sha256, carrier, error,
  run IN (SELECT run FROM deposits)
FROM chosen_reports CROSS JOIN reports ON id = report ORDER BY id
"""
DUTIES = """
SELECT organ, year, due, rule, statutory, basis, status, days, reason, published, published_basis,
  chosen_reports.report, since
FROM chosen_duties LEFT JOIN chosen_reports ON chosen_reports.report = chosen_duties.report
ORDER BY organ, year
"""
FINDINGS = """
SELECT id, report, organ_key, year, "check", result, severity, message,
  (SELECT cells FROM cell_sets WHERE cell_sets.id = chosen_findings.cells),
  expected, printed, place, version, origin, other, decision, comment
FROM chosen_findings ORDER BY id
"""
CELLS = """
SELECT id, organ_key, year, form, url, first_seen, sha256
FROM chosen_reports CROSS JOIN reports ON id = report WHERE counts ORDER BY id
"""


def rows_of(connection: sqlite3.Connection, table: str) -> Iterator[Row]:
    """The rows of a table, of what was selected."""
    if table.startswith("panel_"):
        return panel(connection, table.removeprefix("panel_"))
    makers: Mapping[str, Callable[[], Iterator[Row]]] = {
        "organs": lambda: connection.execute(ORGANS),
        "reports": lambda: connection.execute(REPORTS),
        "duties": lambda: connection.execute(DUTIES),
        "findings": lambda: _findings(connection),
        "series": lambda: series(connection),
        "cells": lambda: _cells(connection),
    }
    return makers[table]()


def codebook(names: Sequence[str]) -> Iterator[Row]:
    """A row for each column of these tables."""
    for name in names:
        for column in tables()[name].columns:
            words = column.chinese, column.english, column.type, column.unit, column.form, column.cell
            yield (name, column.name, *words)


def values(names: Sequence[str]) -> Iterator[Row]:
    """A row for each value of the coded columns of these tables."""
    for name in names:
        yield from values_of(tables()[name])


def _findings(connection: sqlite3.Connection) -> Iterator[Row]:
    for row in connection.execute(FINDINGS):
        cells = " ".join(json.loads(row[8])) if row[8] else ""
        yield (*row[:8], cells, *row[9:])


def _cells(connection: sqlite3.Connection) -> Iterator[Row]:
    readings, forms = Readings(connection), {form.id: form for form in load_forms()}
    for report, organ, year, form_id, *source in connection.execute(CELLS):
        form = forms.get(form_id)
        for cell in readings.cells(report):
            slot = _slot(form, cell.id)
            place = (cell.id, slot.table, slot.row, slot.column)
            said = (cell.raw, cell.value, cell.state, cell.place, cell.unit)
            yield (report, organ, year, form_id, *place, *said, *source)


def _slot(form: Form | None, cell: str) -> Slot:
    """Where the form has this number; an indicator that it does not know is a row of no table."""
    known = form.slots.get(cell) if form else None
    return known or Slot(cell, "", cell, "", "count")
