"""Asks the database for one alert: what it is about, and what has happened to it."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from gxcrawl.alerts.rules import advice
from gxcrawl.evidence.telling import moment
from gxcrawl.health.words import class_in_chinese

EVENTS = 100  # the latest

_ALERT = """
SELECT alerts.id, stream, alerts.kind, severity, state, message, alerts.organ, alerts.year, alerts.portal,
  coalesce(organs.name, portals.name, alerts.subject), opened_at, seen_at, coalesce(closed_at, ''), reopened,
  EXISTS (SELECT 1 FROM duties WHERE duties.organ = alerts.organ AND duties.year = alerts.year), evidence
FROM alerts LEFT JOIN organs ON organs.key = alerts.organ
LEFT JOIN portals ON portals.id = alerts.portal AND alerts.organ IS NULL
WHERE alerts.id = ?
"""
_EVENTS = f"""
SELECT at, what, severity, message, who, note FROM alert_events
WHERE alert = ? ORDER BY id DESC LIMIT {EVENTS}
"""
_CLASS = "SELECT class FROM runs WHERE id = ?"


class Event(NamedTuple):
    at: str
    what: str
    severity: str
    message: str
    who: str
    note: str

    @property
    def when(self) -> str:
        return moment(self.at)


class Failure(NamedTuple):
    """What went wrong with the crawl, and what the operator should do."""

    code: str
    name: str
    advice: str


class One(NamedTuple):
    id: int
    stream: str
    kind: str
    severity: str
    state: str
    message: str
    organ: str | None  # key
    year: int | None
    portal: str | None
    name: str  # of the organ, else of the portal
    opened: str
    seen: str
    closed: str
    reopened: int
    is_duty: bool  # the organ owes the report of that year
    events: tuple[Event, ...]  # the latest first
    failure: Failure | None


def alert_of(connection: sqlite3.Connection, number: int) -> One | None:
    row = connection.execute(_ALERT, (number,)).fetchone()
    if row is None:
        return None
    *facts, opened, seen, closed, reopened, is_duty, evidence = row
    events = tuple(Event(*event) for event in connection.execute(_EVENTS, (number,)))
    times = (moment(opened), moment(seen), closed and moment(closed))
    failure = _failure(connection, evidence)
    return One._make((*facts, *times, reopened, bool(is_duty), events, failure))


def _failure(connection: sqlite3.Connection, evidence: str) -> Failure | None:
    run = json.loads(evidence).get("run")
    found = connection.execute(_CLASS, (run,)).fetchone() if isinstance(run, str) else None
    if not found or not found[0]:
        return None
    code: str = found[0]
    return Failure(code, class_in_chinese(code), advice().get(code, ""))
