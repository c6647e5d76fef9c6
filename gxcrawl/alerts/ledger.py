"""Writes down what becomes of alerts, each change of a state with one event, in the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from gxcrawl.alerts.model import Alert, Cause, Trust, What
from gxcrawl.alerts.transition import Sign, Step, step

Trusted = Callable[[Alert | Cause, bool], Trust]  # what is looked at, whether its cause is present


class Tally(NamedTuple):
    """How many alerts went which way."""

    opened: int = 0
    reopened: int = 0
    changed: int = 0
    held: int = 0
    resumed: int = 0
    closed: int = 0

    def __add__(self, other: tuple[int, ...]) -> Tally:  # type: ignore[override]
        return Tally(*map(sum, zip(self, other, strict=True)))


class Told(NamedTuple):
    """An event, but for its alert and time."""

    what: What
    severity: str
    message: str
    who: str = ""
    note: str = ""


def stamp(now: datetime) -> str:
    """As the database keeps times."""
    return now.astimezone(UTC).isoformat(timespec="seconds")


def settle(
    connection: sqlite3.Connection,
    alerts: Iterable[Alert],
    causes: Iterable[Cause],
    trusted: Trusted,
    now: datetime,
) -> Tally:
    """`alerts` are all that there are on the subjects looked at, `causes` all that was found there."""
    book = _Book(connection, stamp(now))
    present = {(cause.kind, cause.subject): cause for cause in causes}
    for alert in alerts:
        cause = present.pop((alert.kind, alert.subject), None)
        sign = Sign(
            cause is not None,
            trusted(alert, cause is not None),
            cause is not None and cause.facts != alert.facts,
        )
        book.go_on(alert, cause, step(alert.state, sign), believed=sign.trust == "judged")
    for cause in present.values():
        if step(None, Sign(True, trusted(cause, True), may_open=cause.may_open)).event:
            book.open(cause)
    return Tally(**{name: book.counts[name] for name in Tally._fields})


def note_event(connection: sqlite3.Connection, alert: int, at: str, told: Told) -> None:
    connection.execute(
        "INSERT INTO alert_events (alert, at, what, severity, message, who, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (alert, at, *told),
    )


class _Book:
    def __init__(self, connection: sqlite3.Connection, at: str) -> None:
        self.connection = connection
        self.at = at
        self.counts: Counter[str] = Counter()

    def open(self, cause: Cause) -> None:
        told = self.connection.execute(
            "INSERT INTO alerts (stream, kind, subject, organ, year, portal, area, severity, state, message,"
            " evidence, facts, opened_at, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?)",
            (
                cause.stream,
                cause.kind,
                cause.subject,
                cause.organ,
                cause.year,
                cause.portal,
                cause.area,
                cause.severity,
                cause.message,
                _as_json(cause),
                cause.facts,
                self.at,
                self.at,
            ),
        )
        self._note(told.lastrowid or 0, Told("opened", cause.severity, cause.message))

    def go_on(self, alert: Alert, cause: Cause | None, next_step: Step, *, believed: bool) -> None:
        """What a cause says is taken over where it is believed. What was dismissed is kept."""
        state, event = next_step
        if cause is not None and believed and state in ("open", "acknowledged"):
            self.connection.execute(
                "UPDATE alerts SET severity = ?, message = ?, evidence = ?, facts = ?, area = ?, portal = ?,"
                " seen_at = ?, state = ?, closed_at = NULL, reopened = reopened + ? WHERE id = ?",
                (
                    cause.severity,
                    cause.message,
                    _as_json(cause),
                    cause.facts,
                    cause.area,
                    cause.portal,
                    self.at,
                    state,
                    event == "reopened",
                    alert.id,
                ),
            )
        elif event is not None:
            closed_at = self.at if state == "closed" else None
            self.connection.execute(
                "UPDATE alerts SET state = ?, closed_at = ? WHERE id = ?", (state, closed_at, alert.id)
            )
        if event is not None:
            told = cause or alert
            self._note(alert.id, Told(event, told.severity, told.message))

    def _note(self, alert: int, told: Told) -> None:
        note_event(self.connection, alert, self.at, told)
        self.counts[told.what] += 1


def _as_json(cause: Cause) -> str:
    return json.dumps(cause.evidence, ensure_ascii=False, sort_keys=True)
