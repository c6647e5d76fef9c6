"""Alerts for people to look through."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gxcrawl.alerts.model import SEVERITIES, State, Stream
from gxcrawl.model import Severity


class Listed(NamedTuple):
    """An alert with the names that people know."""

    id: int
    stream: Stream
    kind: str
    subject: str
    organ: str | None  # key
    name: str  # of the organ or the portal
    year: int | None
    portal: str | None
    area: str
    severity: Severity
    state: State
    message: str
    evidence: str
    opened_at: str
    seen_at: str
    closed_at: str | None
    reopened: int
    changed_at: str  # of the last thing that happened to it


class Filter(NamedTuple):
    """Which alerts are wanted. Empty: whatever it is."""

    states: Sequence[State] = ()
    stream: Stream | None = None
    severity: Severity = "info"  # this and what is worse
    area: str = ""
    organ: str = ""  # key


_LISTED = """
SELECT alerts.id, stream, alerts.kind, subject, alerts.organ, coalesce(organs.name, portals.name, subject),
  alerts.year, alerts.portal, alerts.area, severity, state, message, evidence, opened_at, seen_at, closed_at,
  reopened,
  (SELECT at FROM alert_events WHERE alert = alerts.id ORDER BY alert_events.id DESC LIMIT 1)
FROM alerts LEFT JOIN organs ON organs.key = alerts.organ
LEFT JOIN portals ON portals.id = alerts.portal AND alerts.organ IS NULL
"""
_WORST_FIRST = """
ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END,
  alerts.area, alerts.subject, alerts.id
"""


def listed(connection: sqlite3.Connection, wanted: Filter) -> Iterator[Listed]:
    """The worst first, then by area and subject."""
    severities = SEVERITIES[: SEVERITIES.index(wanted.severity) + 1]
    conditions = [_one_of("severity", severities)]
    values: list[object] = [*severities]
    if wanted.states:
        conditions.append(_one_of("state", wanted.states))
        values += wanted.states
    for column, value in (("stream", wanted.stream), ("alerts.organ", wanted.organ)):
        if value:
            conditions.append(f"{column} = ?")
            values.append(value)
    if wanted.area:
        conditions.append("lies_in(alerts.area, ?)")
        values.append(wanted.area)
    query = f"{_LISTED} WHERE {' AND '.join(conditions)} {_WORST_FIRST}"
    return (Listed(*row) for row in connection.execute(query, values))


def _one_of(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join('?' * len(values))})"
