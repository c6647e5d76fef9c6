"""Asks the database for what the first page tells."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import NamedTuple

from gxcrawl.alerts.model import SEVERITIES
from gxcrawl.clock import BEIJING, day_of
from gxcrawl.duties.words import status_words
from gxcrawl.site.alerts.asking import CURRENT_STATES

SHOWN = 12  # news that are told one by one
LOOKED_AT = 20_000  # reports that came last; where more came since yesterday, the news are among them as well

_COUNTS = """
SELECT (SELECT count(*) FROM portals), (SELECT count(DISTINCT organ) FROM duties),
  (SELECT count(*) FROM reports WHERE current = 1)
"""
_STATUSES = "SELECT status, count(*) FROM duties WHERE year = ? GROUP BY 1"
_DUE = """
SELECT due, count(*), sum(status = 'not_due') FROM duties WHERE year = ? AND status <> 'exempt'
GROUP BY 1 ORDER BY 1
"""
_OF_EVENTS = "FROM alert_events CROSS JOIN alerts ON alerts.id = alert_events.alert"
# What a person has dismissed meanwhile is no news.
_IS_NEWS = """
alert_events.at >= :since AND stream = 'organ' AND what IN ('opened', 'reopened', 'closed')
  AND alerts.state <> 'dismissed'
"""
_EVENTS = f"""
SELECT alerts.id, what, alerts.kind, alerts.severity, coalesce(organs.name, portals.name, alerts.subject),
  alerts.year, alert_events.message, alert_events.at
{_OF_EVENTS} LEFT JOIN organs ON organs.key = alerts.organ
LEFT JOIN portals ON portals.id = alerts.portal
WHERE {_IS_NEWS} ORDER BY alert_events.id DESC LIMIT {SHOWN}
"""
_EVENTS_COUNT = f"SELECT count(*) {_OF_EVENTS} WHERE {_IS_NEWS}"
# A later version is told by its alert, and a copy at another address is the same report.
_CAME = f"""
FROM reports JOIN runs ON runs.id = reports.run LEFT JOIN organs ON organs.key = reports.organ_key
WHERE reports.id > (SELECT max(id) FROM reports) - {LOOKED_AT} AND reports.first_seen >= :since
  AND reports.version = 1 AND reports.same_as IS NULL AND runs.finished >= :since
"""
_REPORTS = f"""
SELECT reports.id, reports.title, organs.name, reports.year, reports.first_seen {_CAME}
ORDER BY reports.id DESC LIMIT {SHOWN}
"""
_REPORTS_COUNT = f"SELECT count(*) {_CAME}"
_OPEN = """
SELECT severity, count(*) FROM alerts WHERE stream = 'organ' AND state IN (SELECT value FROM json_each(?))
GROUP BY 1
"""
_PORTALS = """
SELECT (SELECT verdict FROM runs WHERE portal = portals.id AND verdict <> 'by-hand'
    ORDER BY started DESC LIMIT 1),
  (SELECT max(started) FROM runs WHERE portal = portals.id AND verdict = 'healthy')
FROM portals
"""


class Due(NamedTuple):
    day: date
    organs: int
    waiting: int  # of them, whose report was not seen yet
    left: int  # days


class Event(NamedTuple):
    alert: int
    what: str
    kind: str
    severity: str
    about: str
    year: int | None
    message: str
    at: str


class NewReport(NamedTuple):
    id: int
    title: str
    organ: str | None
    year: int | None
    first_seen: str


class Home(NamedTuple):
    portals: int
    organs: int
    reports: int
    year: int
    statuses: Mapping[str, int]
    due: list[Due]
    events: list[Event]  # the latest
    all_events: int
    new: list[NewReport]
    all_new: int
    open: Mapping[str, int]  # alerts of this severity and of worse ones that are not over
    healthy: int
    never: int  # portals without any good run
    oldest: date | None  # good run, of those that are the latest of their portal
    newest: date | None


def home_of(connection: sqlite3.Connection, year: int, today: date) -> Home:
    since = {"since": _yesterday(today)}
    events = [Event(*row) for row in connection.execute(_EVENTS, since)]
    new = [NewReport(*row) for row in connection.execute(_REPORTS, since)]
    found = dict(connection.execute(_STATUSES, (year,)).fetchall())
    portals = connection.execute(_PORTALS).fetchall()
    days = [day_of(moment) for _, moment in portals if moment]
    portals_there, organs, reports = connection.execute(_COUNTS).fetchone()
    return Home(
        portals_there,
        organs,
        reports,
        year,
        {status: found[status] for status in status_words() if status in found},
        list(_due(connection, year, today)),
        events,
        connection.execute(_EVENTS_COUNT, since).fetchone()[0],
        new,
        connection.execute(_REPORTS_COUNT, since).fetchone()[0],
        _open(connection),
        sum(verdict == "healthy" for verdict, _ in portals),
        sum(moment is None for _, moment in portals),
        min(days, default=None),
        max(days, default=None),
    )


def _open(connection: sqlite3.Connection) -> dict[str, int]:
    """As the list of alerts counts them, so that each number leads to as many."""
    found = dict(connection.execute(_OPEN, (json.dumps(CURRENT_STATES),)).fetchall())
    counts = accumulate(found.get(severity, 0) for severity in SEVERITIES)
    return dict(zip(SEVERITIES, counts, strict=True)) if found else {}


def _yesterday(today: date) -> str:
    """Its first moment in China, as the database keeps times."""
    start = datetime.combine(today - timedelta(1), time(), BEIJING)
    return start.astimezone(UTC).isoformat(timespec="seconds")


def _due(connection: sqlite3.Connection, year: int, today: date) -> list[Due]:
    rows = connection.execute(_DUE, (year,)).fetchall()
    days = [(date.fromisoformat(day), organs, waiting) for day, organs, waiting in rows]
    return [Due(day, organs, waiting, (day - today).days) for day, organs, waiting in days]
