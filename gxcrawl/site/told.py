"""What several pages tell of an organ and its reports: findings that count, alerts, years, old versions."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

CARRY = "Y-CARRY"  # what is carried over follows on the year before
CARRIED_IN = "t3.carried_in.total"  # what it rests on, where the totals are held against each other

MOST_ALERTS = 100

DECISION = """(
  SELECT decision FROM standing_decisions AS said WHERE said.mark = findings.mark AND decision <> 'comment'
)"""
# Of the versions that count; what stands at a second address as well is told once.
COUNTING = "(reports.id IS NULL OR (reports.current = 1 AND reports.same_as IS NULL))"
FOUND = f"""
SELECT findings.id, findings.year, "check", result, severity, message, {DECISION}
FROM findings LEFT JOIN reports ON reports.id = findings.report WHERE {COUNTING}
"""
_ALERTS = f"""
SELECT id, kind, severity, state, message, opened_at FROM alerts WHERE organ = ? AND year = ?
ORDER BY state NOT IN ('open', 'acknowledged'), id DESC LIMIT {MOST_ALERTS}
"""
_YEARS = "SELECT year, status, days, due, published, report FROM duties WHERE organ = ? ORDER BY year"
_OUTDATED = """
SELECT (SELECT now.id FROM reports AS now WHERE now.page = reports.page AND now.current = 1)
FROM reports WHERE id = ? AND current = 0
"""


class Found(NamedTuple):
    id: int
    year: int | None
    check: str
    result: str
    severity: str
    message: str
    decision: str | None  # confirmed, dismissed


class Alert(NamedTuple):
    id: int
    kind: str
    severity: str
    state: str
    message: str
    opened: str


class Year(NamedTuple):
    year: int
    status: str
    days: int | None
    due: str
    published: str | None
    report: int | None


class Outdated(NamedTuple):
    newest: int | None  # the version of its page that counts now


def outdated_of(connection: sqlite3.Connection, report: int | None) -> Outdated | None:
    """Nothing where the version is the one that counts."""
    row = connection.execute(_OUTDATED, (report,)).fetchone()
    return Outdated(*row) if row else None


def alerts_of(connection: sqlite3.Connection, organ: str | None, year: int | None) -> list[Alert]:
    return [Alert(*row) for row in connection.execute(_ALERTS, (organ, year))]


def years_of(connection: sqlite3.Connection, organ: str | None) -> list[Year]:
    return [Year(*row) for row in connection.execute(_YEARS, (organ,))]
