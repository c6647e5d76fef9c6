"""One row for each organ, year and report that counts, and for each duty without a report."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from gxcrawl.checks.catalogue import load_checks
from gxcrawl.exports.readings import Readings
from gxcrawl.exports.series import quantities
from gxcrawl.forms import load_form
from gxcrawl.store.figures import figures_of

# Of a finding of an identity: what failed, but for what a person dismissed, and what could not be made.
PANEL = """
SELECT organs.key, organs.name, organs.kind, organs.level, organs.code,
  coalesce(reports.portal, organs.portal), panel_rows.year, reports.id, reports.version, reports.form,
  reports.status, reports.url, reports.published, reports.published_basis, reports.first_seen, reports.sha256,
  duties.status, duties.due, duties.statutory, duties.days, duties.reason,
  reports.error,
  reports.passed + coalesce((
    SELECT sum(passed) FROM checked WHERE checked.organ = panel_rows.organ AND checked.year = panel_rows.year
  ), 0),
  (SELECT count(*) FROM cell_notes WHERE cell_notes.report = reports.id AND state = 'inferred'),
  (
    SELECT json_group_array(json_array("check", result)) FROM chosen_findings
    WHERE chosen_findings.report = reports.id AND "check" IN (SELECT value FROM json_each(:identities))
    AND decision IS NOT 'dismissed'
  ),
  readings.list, readings.vals
FROM panel_rows JOIN organs ON organs.key = panel_rows.organ
LEFT JOIN reports ON reports.id = panel_rows.report
LEFT JOIN duties ON duties.organ = panel_rows.organ AND duties.year = panel_rows.year
LEFT JOIN readings ON readings.report = reports.id
WHERE panel_rows.form = :form ORDER BY panel_rows.number
"""
SERIES = """
SELECT organs.key, organs.name, organs.code, panel_rows.year, reports.id, reports.form,
  readings.list, readings.vals
FROM panel_rows JOIN organs ON organs.key = panel_rows.organ
LEFT JOIN reports ON reports.id = panel_rows.report
LEFT JOIN readings ON readings.report = reports.id
ORDER BY panel_rows.number
"""
# Why a duty without a report that counts has no numbers.
ABSENCES = {
    "not_due": "not-due",
    "missing": "not-published",
    "unknown": "not-found",
    "withdrawn": "withdrawn",
    "exempt": "exempt",
    "unreadable": "unreadable",
}


def panel(connection: sqlite3.Connection, form: str) -> Iterator[tuple[Any, ...]]:
    readings = Readings(connection)
    cells = [figure.cell for figure in figures_of(load_form(form))]
    identities = [check.code for check in load_checks().values() if check.kind == "identity"]
    values = {"form": form, "identities": json.dumps(identities)}
    for row in connection.execute(PANEL, values):
        *shown, reason, error, passed, inferred, findings, cell_list, packed = row
        organ, year, report, printed_form, duty = (shown[column] for column in (0, 6, 7, 9, 16))
        numbers = readings.values(cell_list, packed)
        counts = (_count(numbers), inferred, *_identities(json.loads(findings)), passed)
        yield (
            row_id(organ, year, report),
            *shown,
            absence(report, printed_form, error, duty),
            reason,
            *((None,) * len(counts) if report is None else counts),
            *(numbers.get(cell) for cell in cells),
        )


def series(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    readings = Readings(connection)
    for row in connection.execute(SERIES):
        *shown, cell_list, packed = row
        organ, _, _, year, report, form = shown
        numbers = readings.values(cell_list, packed)
        columns: list[object] = []
        for quantity in quantities():
            value = quantity.value(form, numbers) if form else None
            columns.append(value)
            if quantity.breaks:
                columns.append(None if value is None else quantity.segment(form))
        yield (row_id(organ, year, report), *shown, *columns)


def row_id(organ: str, year: int, report: int | None) -> str:
    return f"{organ}/{year}/{report or ''}"


def absence(report: int | None, form: str | None, error: str | None, duty: str | None) -> str:
    """Why a row has no numbers; "" when it has."""
    if report is None:
        return ABSENCES.get(duty or "", "not-counted")
    return "unreadable" if error else "" if form else "no-tables"


def _count(numbers: Mapping[str, object]) -> int:
    return sum(value is not None for value in numbers.values())


def _identities(findings: list[tuple[str, str]]) -> tuple[int, str, int]:
    """How many failed and which, and how many could not be made."""
    failed = [check for check, result in findings if result == "fail"]
    return len(failed), " ".join(sorted(set(failed))), len(findings) - len(failed)
