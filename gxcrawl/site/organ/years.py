"""An organ's years side by side: duty, report and numbers of each, and how it follows on the last."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gxcrawl.exports.readings import Printed, Readings
from gxcrawl.site.charts.years import Year as ChartYear
from gxcrawl.site.charts.years import changes
from gxcrawl.site.organ.quantities import Figure, figure, reasons, rows
from gxcrawl.site.told import CARRIED_IN, CARRY, COUNTING

_DUTIES = """
SELECT year, status, days, due, reason, published, published_basis, report FROM duties WHERE organ = ?
"""
_REPORTS = """
SELECT year, id, form, status FROM reports
WHERE organ_key = ? AND year IS NOT NULL AND current = 1 AND same_as IS NULL ORDER BY year, id
"""
# How what is carried over follows on the year before; without what a person dismissed.
_CARRIED = f"""
SELECT findings.id, findings.year, result, message, findings.evidence, coalesce(cell_sets.cells, '[]')
FROM findings LEFT JOIN reports ON reports.id = findings.report
LEFT JOIN cell_sets ON cell_sets.id = findings.cells
WHERE findings.organ_key = ? AND "check" = '{CARRY}'
  AND {COUNTING}
  AND NOT EXISTS (
    SELECT 1 FROM standing_decisions AS said WHERE said.mark = findings.mark AND decision = 'dismissed'
  )
ORDER BY findings.year, CASE severity WHEN 'error' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, findings.id
"""


class Duty(NamedTuple):
    status: str
    days: int | None
    due: str
    reason: str
    published: str | None
    basis: str
    report: int | None


class Report(NamedTuple):
    id: int
    form: str | None
    status: str


class Break(NamedTuple):
    finding: int
    year: int
    before: int
    certain: bool
    of_total: bool  # which is the number in the table; else of another column
    message: str


class Year(NamedTuple):
    year: int
    duty: Duty | None
    reports: Sequence[Report]  # that count
    report: Report | None  # of which the numbers are
    figures: Mapping[str, Figure]  # of rows() and reasons()
    new_form: bool  # another one than in the report before it
    breaks: Sequence[Break]  # between it and the year before, of any column
    broken_after: bool  # the total that it carries out is not what the next year carries in

    @property
    def form(self) -> str:
        return self.report.form or "" if self.report else ""


def years_of(connection: sqlite3.Connection, organ: str) -> list[Year]:
    """The earliest first."""
    duties = {year: Duty(*rest) for year, *rest in connection.execute(_DUTIES, (organ,))}
    reports: defaultdict[int, list[Report]] = defaultdict(list)
    for year, *rest in connection.execute(_REPORTS, (organ,)):
        reports[year].append(Report(*rest))
    breaks: defaultdict[int, list[Break]] = defaultdict(list)
    for one in _breaks(connection, organ):
        breaks[one.year].append(one)
    all_years = sorted({*duties, *reports})
    chosen = {year: _chosen(reports[year], duties.get(year)) for year in all_years}
    forms = [ChartYear(year, report.form or "" if report else "") for year, report in chosen.items()]
    new = {year.year for year in changes(forms)}
    broken = {one.before for found in breaks.values() for one in found if one.certain and one.of_total}
    readings = Readings(connection)
    return [
        Year(
            year,
            duties.get(year),
            reports[year],
            chosen[year],
            _figures(chosen[year], readings),
            year in new,
            breaks[year],
            year in broken,
        )
        for year in all_years
    ]


def _chosen(reports: Sequence[Report], duty: Duty | None) -> Report | None:
    """One with tables, the duty's before others, then the newest."""
    own = duty.report if duty else None
    return max(reports, key=lambda one: (one.form is not None, one.id == own, one.id), default=None)


def _figures(report: Report | None, readings: Readings) -> Mapping[str, Figure]:
    form = report.form if report else None
    cells: Mapping[str, Printed] = {}
    if report and form:
        cells = {cell.id: cell for cell in readings.cells(report.id)}
    return {row.id: figure(row, form, cells) for row in (*rows(), *reasons())}


def _breaks(connection: sqlite3.Connection, organ: str) -> list[Break]:
    return [
        Break(
            number,
            year,
            json.loads(evidence).get("year_before", year - 1),
            result == "fail",
            CARRIED_IN in json.loads(cells),
            message,
        )
        for number, year, result, message, evidence, cells in connection.execute(_CARRIED, (organ,))
    ]
