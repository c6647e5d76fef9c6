"""Asks the database why the report of an organ and year is there, late, missing or unknown."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from gxcrawl.evidence.looks import latest_runs
from gxcrawl.evidence.model import PastRun
from gxcrawl.site.told import FOUND, Alert, Found, Year, alerts_of, years_of

MOST = 100  # reports, findings
RUNS = 5  # of each portal
PORTALS = 10
SHOWN = 6  # findings whose chains are shown

_ORGAN = "SELECT key, name, code, status, portal FROM organs WHERE key = ?"
_DUTY = """
SELECT due, rule, statutory, basis, status, days, reason, published, published_basis, report, lacking, since,
  recheck FROM duties WHERE organ = ? AND year = ?
"""
_REPORTS = f"""
SELECT reports.id, reports.title, reports.url, version, current, reports.status, error, published,
  published_basis, reports.first_seen, deposits.run IS NOT NULL
FROM reports LEFT JOIN deposits ON deposits.run = reports.run
WHERE organ_key = ? AND reports.year = ? ORDER BY reports.first_seen, reports.id LIMIT {MOST}
"""
_FINDINGS = f"""
{FOUND} AND findings.organ_key = ? AND findings.year = ? AND "check" >= 'P-' AND "check" < 'P.'
ORDER BY findings.id LIMIT {MOST}
"""
_PORTALS = f"""
SELECT id, name FROM portals WHERE id IN (
  SELECT portal FROM organs WHERE key = :organ UNION SELECT portal FROM reports WHERE organ_key = :organ
) ORDER BY id LIMIT {PORTALS}
"""


class Organ(NamedTuple):
    key: str
    name: str
    code: str
    status: str
    portal: str | None


class Duty(NamedTuple):
    due: str
    rule: str
    statutory: int
    basis: str
    status: str
    days: int | None
    reason: str
    published: str | None
    published_basis: str
    report: int | None
    lacking: str | None
    since: str
    recheck: str | None


class Seen(NamedTuple):
    id: int
    title: str
    url: str
    version: int
    current: int
    status: str
    error: str
    published: str | None
    published_basis: str
    first_seen: str
    is_by_hand: int


class Portal(NamedTuple):
    id: str
    name: str
    runs: tuple[PastRun, ...]  # the latest first


class Told(NamedTuple):
    organ: Organ
    year: int
    duty: Duty
    years: list[Year]
    reports: list[Seen]
    findings: list[Found]  # that stand
    dismissed: list[Found]
    alerts: list[Alert]
    portals: list[Portal]


def organ_of(connection: sqlite3.Connection, key: str) -> Organ | None:
    row = connection.execute(_ORGAN, (key,)).fetchone()
    return Organ(*row) if row else None


def told_of(connection: sqlite3.Connection, organ: Organ, year: int) -> Told | None:
    about = (organ.key, year)
    duty = connection.execute(_DUTY, about).fetchone()
    if duty is None:
        return None
    portals = connection.execute(_PORTALS, {"organ": organ.key}).fetchall()
    findings = [Found(*row) for row in connection.execute(_FINDINGS, about)]
    return Told(
        organ,
        year,
        Duty(*duty),
        years_of(connection, organ.key),
        [Seen(*row) for row in connection.execute(_REPORTS, about)],
        [finding for finding in findings if finding.decision != "dismissed"],
        [finding for finding in findings if finding.decision == "dismissed"],
        alerts_of(connection, *about),
        [Portal(number, name, latest_runs(connection, number, RUNS)) for number, name in portals],
    )
