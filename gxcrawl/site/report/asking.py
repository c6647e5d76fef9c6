"""Asks the database for everything that the page of a report tells."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from gxcrawl.site.report.cells import Cell, cells_of
from gxcrawl.site.report.findings import Findings, findings_of
from gxcrawl.site.report.years import Comparison, Reading, compared
from gxcrawl.site.told import Alert, Outdated, Year, alerts_of, outdated_of, years_of

MOST = 50  # problems, pages of the same year
LONGEST = 40_000  # characters of a section

_REPORT = """
SELECT reports.id, reports.title, coalesce(organs.name, reports.organ, ''), reports.organ_key,
  coalesce(organs.status, ''), reports.year, reports.form, reports.version, reports.current, reports.status,
  reports.error, reports.passed, reports.same_as, reports.source, reports.attachments
FROM reports LEFT JOIN organs ON organs.key = reports.organ_key WHERE reports.id = ?
"""
_DUTY = "SELECT status, days, due, published, reason FROM duties WHERE organ = ? AND year = ?"
_BEFORE = """
SELECT reports.id, reports.year, reports.form FROM reports WHERE organ_key = :organ AND year = :year
ORDER BY id IS (SELECT report FROM duties WHERE organ = :organ AND year = :year) DESC,
  current DESC, form IS NULL, id DESC LIMIT 1
"""
_SAME_YEAR = f"""
SELECT id, title, url, version, current, status, first_seen, same_as FROM reports
WHERE organ_key = ? AND year = ? ORDER BY first_seen, id LIMIT {MOST}
"""
_SECTIONS = f"""
SELECT number, heading, substr(text, 1, {LONGEST}), length(text) > {LONGEST} FROM sections
WHERE report = ? ORDER BY id LIMIT 30
"""
_PROBLEMS = f"SELECT code, message, place FROM problems WHERE report = ? ORDER BY id LIMIT {MOST}"


class Facts(NamedTuple):
    id: int
    title: str
    organ: str
    organ_key: str | None
    organ_status: str  # registered, or candidate: a name that was met and that nobody confirmed
    year: int | None
    form: str | None
    version: int
    current: int
    status: str
    error: str
    passed: int
    same_as: int | None
    source: str
    attachments: str  # JSON

    @property
    def attached(self) -> list[str]:
        """What the files are called that hang on the page."""
        return [str(one.get("name") or one.get("url") or "") for one in json.loads(self.attachments)]


class Duty(NamedTuple):
    status: str
    days: int | None
    due: str
    published: str | None
    reason: str


class Seen(NamedTuple):
    """Another page or version of the same organ and year."""

    id: int
    title: str
    url: str
    version: int
    current: int
    status: str
    first_seen: str
    same_as: int | None


class Section(NamedTuple):
    number: int
    heading: str
    text: str
    is_cut: int


class Problem(NamedTuple):
    code: str
    message: str
    place: str


class Told(NamedTuple):
    """All that the page says, but for the archive."""

    facts: Facts
    outdated: Outdated | None
    duty: Duty | None
    years: list[Year]
    cells: Mapping[str, Cell]
    findings: Findings
    sections: list[Section]
    problems: list[Problem]
    alerts: list[Alert]
    seen: list[Seen]
    comparison: Comparison | None


def told_of(connection: sqlite3.Connection, number: int) -> Told | None:
    row = connection.execute(_REPORT, (number,)).fetchone()
    if row is None:
        return None
    facts = Facts(*row)
    about = (facts.organ_key, facts.year)
    duty = connection.execute(_DUTY, about).fetchone()
    cells = cells_of(connection, number, facts.form)
    findings = findings_of(connection, number)
    return Told(
        facts,
        outdated_of(connection, number),
        Duty(*duty) if duty else None,
        years_of(connection, facts.organ_key),
        cells,
        findings,
        [Section(*section) for section in connection.execute(_SECTIONS, (number,))],
        [Problem(*problem) for problem in connection.execute(_PROBLEMS, (number,))],
        alerts_of(connection, *about),
        [Seen(*seen) for seen in connection.execute(_SAME_YEAR, about) if seen[0] != number],
        _comparison(connection, facts, cells, findings),
    )


def _comparison(
    connection: sqlite3.Connection, facts: Facts, cells: Mapping[str, Cell], findings: Findings
) -> Comparison | None:
    if facts.organ_key is None or facts.year is None or not facts.form:
        return None
    asked = {"organ": facts.organ_key, "year": facts.year - 1}
    row = connection.execute(_BEFORE, asked).fetchone()
    if row is None or not row[2]:
        return None
    number, year, form = row
    before = Reading(number, year, form, cells_of(connection, number, form))
    return compared(before, Reading(facts.id, facts.year, facts.form, cells), findings)
