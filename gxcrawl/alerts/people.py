"""What people do with alerts: acknowledge them, dismiss them, take that back. In the caller's transaction."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from gxcrawl.alerts.ledger import Told, note_event, stamp
from gxcrawl.alerts.model import Alert, State
from gxcrawl.alerts.rows import alert_by_id

WITHDRAWN = "撤回排除"  # the comment of the decision that takes a dismissal back

_MARKS = """
SELECT DISTINCT mark FROM findings
WHERE organ_key = ? AND year = ? AND +"check" = ? AND result = 'fail' AND mark <> ''
"""
_DISMISSED = """
SELECT mark FROM ({marks}) AS own WHERE
  (SELECT decision FROM decisions WHERE decisions.mark = own.mark AND decision <> 'comment'
   ORDER BY id DESC LIMIT 1) = 'dismissed'
"""


class NotPossibleError(ValueError):
    """The alert is not in a state for this; the sentence says which. Nothing was changed."""


def acknowledge(connection: sqlite3.Connection, number: int, who: str, now: datetime) -> None:
    """Somebody looks after it. It stays so until its cause is gone."""
    alert = _alert(connection, number)
    if alert.state not in ("open", "held"):
        raise NotPossibleError(f"alert {number} is {alert.state}; only an open one can be acknowledged")
    _move(connection, alert, "acknowledged", Told("acknowledged", alert.severity, alert.message, who), now)


def dismiss(connection: sqlite3.Connection, number: int, why: str, who: str, now: datetime) -> None:
    """It is none. The findings under it are dismissed with it, until the facts change."""
    alert = _alert(connection, number)
    if alert.state in ("dismissed", "closed"):
        raise NotPossibleError(f"alert {number} is {alert.state}; only one that is not over can be dismissed")
    marks = [mark for (mark,) in connection.execute(_MARKS, (alert.organ, alert.year, alert.kind))]
    _decide(connection, alert, marks, ("dismissed", why, who, stamp(now)))
    _move(connection, alert, "dismissed", Told("dismissed", alert.severity, alert.message, who, why), now)


def reopen(connection: sqlite3.Connection, number: int, who: str, now: datetime) -> None:
    """The dismissal was wrong: the findings stand again."""
    alert = _alert(connection, number)
    if alert.state != "dismissed":
        raise NotPossibleError(
            f"alert {number} is {alert.state}; only a dismissed one can be opened again by hand,"
            " the others follow their causes"
        )
    query = _DISMISSED.format(marks=_MARKS)
    marks = [mark for (mark,) in connection.execute(query, (alert.organ, alert.year, alert.kind))]
    _decide(connection, alert, marks, ("confirmed", WITHDRAWN, who, stamp(now)))
    connection.execute("UPDATE alerts SET reopened = reopened + 1 WHERE id = ?", (number,))
    _move(connection, alert, "open", Told("reopened", alert.severity, alert.message, who), now)


def _alert(connection: sqlite3.Connection, number: int) -> Alert:
    alert = alert_by_id(connection, number)
    if alert is None:
        raise NotPossibleError(f"there is no alert {number}; `gxcrawl alerts --all` lists them")
    return alert


def _decide(
    connection: sqlite3.Connection, alert: Alert, marks: list[str], decision: tuple[str, str, str, str]
) -> None:
    connection.executemany(
        'INSERT INTO decisions (mark, "check", organ_key, year, decision, comment, who, at)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((mark, alert.kind, alert.organ, alert.year, *decision) for mark in marks),
    )


def _move(connection: sqlite3.Connection, alert: Alert, state: State, told: Told, now: datetime) -> None:
    connection.execute("UPDATE alerts SET state = ? WHERE id = ?", (state, alert.id))
    note_event(connection, alert.id, stamp(now), told)
