"""What people do with alerts: acknowledge them, dismiss them, take that back. In the caller's transaction."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from gxcrawl.alerts.ledger import Told, note_event, stamp
from gxcrawl.alerts.model import Alert, State
from gxcrawl.alerts.organ_causes import subject_of
from gxcrawl.alerts.rows import alert_by_id, alert_of
from gxcrawl.decisions.deciding import About, NotPossibleError, Said, decide, standing

_FAILED = """
SELECT id, mark, "check", organ_key, year, result FROM findings
WHERE organ_key = ? AND year = ? AND +"check" = ? AND result = 'fail' AND mark <> '' GROUP BY mark
"""
# A report that stands at two addresses has the same findings twice; one decision is enough.
_STANDS = """
SELECT 1 FROM findings LEFT JOIN reports ON reports.id = findings.report
WHERE findings.organ_key = ? AND findings.year = ? AND +"check" = ? AND result = 'fail'
  AND (reports.id IS NULL OR reports.current = 1)
GROUP BY message HAVING NOT max(EXISTS (
  SELECT 1 FROM standing_decisions AS said WHERE said.mark = findings.mark AND decision = 'dismissed'
))
"""


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
    for about in _under(connection, alert):
        decide(connection, about, Said("dismissed", why, who, now))
    _dismiss(connection, alert, why, who, now)


def reopen(connection: sqlite3.Connection, number: int, who: str, now: datetime) -> None:
    """The dismissal was wrong: the findings stand again."""
    alert = _alert(connection, number)
    if alert.state != "dismissed":
        raise NotPossibleError(
            f"alert {number} is {alert.state}; only a dismissed one can be opened again by hand,"
            " the others follow their causes"
        )
    for about in _under(connection, alert):
        if standing(connection, about.mark) == "dismissed":
            decide(connection, about, Said("withdrawn", "", who, now))
    _reopen(connection, alert, who, now)


def follow(connection: sqlite3.Connection, about: About, said: Said) -> None:
    """After a decision on a finding: its alert is dismissed when all findings under it are, and open again
    when that ends. Where only some of them are dismissed, the next check tells of the others."""
    if about.organ is None or about.year is None or about.result != "fail":
        return
    alert = alert_of(connection, about.check, subject_of(about.organ, about.year))
    if alert is None or said.decision == "comment":
        return
    stands = connection.execute(_STANDS, (about.organ, about.year, about.check)).fetchone()
    if said.decision == "dismissed":
        if not stands and alert.state not in ("dismissed", "closed"):
            _dismiss(connection, alert, said.comment, said.who, said.at)
    elif stands and alert.state == "dismissed":
        _reopen(connection, alert, said.who, said.at)


def _alert(connection: sqlite3.Connection, number: int) -> Alert:
    alert = alert_by_id(connection, number)
    if alert is None:
        raise NotPossibleError(f"there is no alert {number}; `gxcrawl alerts --all` lists them")
    return alert


def _under(connection: sqlite3.Connection, alert: Alert) -> list[About]:
    """The failed findings of an alert, one for each mark."""
    return [About(*row) for row in connection.execute(_FAILED, (alert.organ, alert.year, alert.kind))]


def _dismiss(connection: sqlite3.Connection, alert: Alert, why: str, who: str, now: datetime) -> None:
    _move(connection, alert, "dismissed", Told("dismissed", alert.severity, alert.message, who, why), now)


def _reopen(connection: sqlite3.Connection, alert: Alert, who: str, now: datetime) -> None:
    connection.execute("UPDATE alerts SET reopened = reopened + 1 WHERE id = ?", (alert.id,))
    _move(connection, alert, "open", Told("reopened", alert.severity, alert.message, who), now)


def _move(connection: sqlite3.Connection, alert: Alert, state: State, told: Told, now: datetime) -> None:
    connection.execute("UPDATE alerts SET state = ? WHERE id = ?", (state, alert.id))
    note_event(connection, alert.id, stamp(now), told)
