"""Asks the database how portals were crawled."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from gxcrawl.clock import BEIJING, day_of
from gxcrawl.health.words import class_in_chinese, stop_in_chinese
from gxcrawl.site.health.wording import reason_in_chinese
from gxcrawl.store.source import BY_HAND

PAGE = 100  # portals on a page
WEEKS = 8
RUNS = 30  # of one portal that are told

_CRAWLED = f"verdict <> '{BY_HAND}'"
_LATEST = f"""
(SELECT id FROM runs WHERE portal = portals.id AND {_CRAWLED} ORDER BY started DESC, id DESC LIMIT 1)
"""
_GOOD = "(SELECT max(started) FROM runs WHERE portal = portals.id AND verdict = 'healthy')"
# Where only files were put in by hand there is no run.
_PORTALS = f"""
SELECT portals.id, portals.name, portals.code, areas.name AS area, portals.family, portals.hosts,
  portals.verified, portals.first_seen, runs.id AS run, runs.verdict, runs.class, runs.started,
  {_GOOD} AS good
FROM portals LEFT JOIN areas ON areas.code = portals.code LEFT JOIN runs ON runs.id = {_LATEST}
"""
_WORST_FIRST = f"""
ORDER BY CASE verdict WHEN 'failed' THEN 0 WHEN 'blocked' THEN 1 WHEN 'degraded' THEN 2 WHEN 'healthy' THEN 3
  ELSE 4 END, good, portals.id LIMIT {PAGE} OFFSET ?
"""
_VERDICTS = f"""
SELECT (SELECT verdict FROM runs WHERE id = {_LATEST}), count(*) FROM portals GROUP BY 1
"""
_PAST = f"""
SELECT portal, started, verdict FROM runs
WHERE portal IN (SELECT value FROM json_each(?)) AND started >= ? AND {_CRAWLED} ORDER BY started
"""
_LISTS = """
SELECT run, url, scope, pages, rows, wanted, declared_rows, stop_reason, complete FROM listings
WHERE run IN (SELECT value FROM json_each(?)) ORDER BY id
"""
_REPORTS = """
SELECT portal, count(*) FROM reports
WHERE portal IN (SELECT value FROM json_each(?)) AND current = 1 GROUP BY 1
"""
_RUNS = f"""
SELECT id, started, verdict, class, reasons, requests, listed, new, changed, missed, gone FROM runs
WHERE portal = ? ORDER BY started DESC, id DESC LIMIT {RUNS}
"""


class List(NamedTuple):
    url: str
    scope: str
    pages: int
    rows: int
    wanted: int
    declared: int | None
    stop: str  # in Chinese
    complete: bool


class Portal(NamedTuple):
    id: str
    name: str
    code: str
    area: str | None
    family: str
    hosts: Sequence[str]
    verified: bool
    first_seen: date
    verdict: str | None  # of the latest run; None: it was never crawled
    failure: str
    last: date | None
    good: date | None
    weeks: Sequence[tuple[str, str]]  # what each was like, and which it is; the oldest first
    lists: Sequence[List]  # of the latest run
    reports: int

    @property
    def stops(self) -> list[tuple[str, int]]:
        """Why reading its lists ended, and how often."""
        return Counter(one.stop for one in self.lists).most_common()


class Run(NamedTuple):
    id: str
    day: date
    verdict: str
    failure: str  # in Chinese
    reasons: Sequence[str]  # in Chinese
    requests: int
    listed: int
    new: int
    changed: int
    missed: int
    gone: int


class Health(NamedTuple):
    portals: list[Portal]
    verdicts: Mapping[str | None, int]  # of all portals


def health_of(connection: sqlite3.Connection, page: int, today: date) -> Health:
    rows = connection.execute(_PORTALS + _WORST_FIRST, ((page - 1) * PAGE,)).fetchall()
    verdicts = dict(connection.execute(_VERDICTS).fetchall())
    return Health(_portals(connection, rows, today), verdicts)


def portal_of(connection: sqlite3.Connection, portal: str, today: date) -> tuple[Portal, list[Run]] | None:
    rows = connection.execute(f"{_PORTALS} WHERE portals.id = ?", (portal,)).fetchall()
    if not rows:
        return None
    return _portals(connection, rows, today)[0], [_run(row) for row in connection.execute(_RUNS, (portal,))]


def _portals(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]], today: date) -> list[Portal]:
    keys = json.dumps([row[0] for row in rows])
    since = datetime.combine(monday(today) - timedelta(weeks=WEEKS - 1), time(), BEIJING).astimezone(UTC)
    past: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    for portal, started, verdict in connection.execute(_PAST, (keys, since.isoformat(timespec="seconds"))):
        past[portal].append((day_of(started), verdict))
    lists = _lists(connection, [row[8] for row in rows if row[8]])
    reports = dict(connection.execute(_REPORTS, (keys,)).fetchall())
    found = []
    for key, name, code, area, family, hosts, verified, first, run, verdict, failure, started, good in rows:
        about = key, name, code, area, family, json.loads(hosts), bool(verified), day_of(first)
        latest = verdict, failure or "", _day(started), _day(good)
        seen = _weeks(past[key], today), lists.get(run, []), reports.get(key, 0)
        found.append(Portal._make((*about, *latest, *seen)))
    return found


def _day(moment: str | None) -> date | None:
    return day_of(moment) if moment else None


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(runs: Iterable[tuple[date, str]], today: date) -> list[tuple[str, str]]:
    """What the last weeks were like, each with its day and its number of runs."""
    by_week: defaultdict[date, list[str]] = defaultdict(list)
    for day, verdict in runs:
        by_week[monday(day)].append(verdict)
    mondays = [monday(today) - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    return [(_like(by_week[week]), _told(week, len(by_week[week]))) for week in mondays]


def _told(week: date, runs: int) -> str:
    return f"{week.month}月{week.day}日起一周" + (f"，抓取{runs}次" if runs else "")


def _like(verdicts: Sequence[str]) -> str:
    """What one week was like: of the verdicts when nothing went well the last one counts."""
    if not verdicts:
        return "none"
    if "healthy" not in verdicts:
        return verdicts[-1]
    return "healthy" if set(verdicts) == {"healthy"} else "mixed"


def _lists(connection: sqlite3.Connection, runs: Sequence[str]) -> Mapping[str, list[List]]:
    found: defaultdict[str, list[List]] = defaultdict(list)
    for run, *shown, stop, complete in connection.execute(_LISTS, (json.dumps(runs),)):
        found[run].append(List._make((*shown, stop_in_chinese(stop), bool(complete))))
    return found


def _run(row: tuple[Any, ...]) -> Run:
    run, started, verdict, failure, reasons, *counts = row
    told = [reason_in_chinese(reason) for reason in json.loads(reasons)]
    return Run._make((run, day_of(started), verdict, class_in_chinese(failure), told, *counts))
