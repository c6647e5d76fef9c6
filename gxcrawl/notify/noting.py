"""What became of a message: noted for each delivery, for the receiver, as an alert. In a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from gxcrawl.alerts.ledger import settle, stamp
from gxcrawl.alerts.model import Cause, digest
from gxcrawl.alerts.rows import alert_of
from gxcrawl.alerts.rules import rules as alert_rules
from gxcrawl.notify.outbox import FAILED
from gxcrawl.notify.rules import rules
from gxcrawl.notify.waiting import Waiting, is_apart

_SENT = "UPDATE deliveries SET state = 'sent', attempts = attempts + 1, sent_at = ?, error = '' WHERE id = ?"
_FAILED = "UPDATE deliveries SET attempts = attempts + 1, not_before = ?, error = ? WHERE id = ?"
_LOST = "UPDATE deliveries SET state = 'given-up' WHERE id = ?"
_AT_ONCE = """
UPDATE deliveries SET not_before = :now
WHERE receiver = :name AND state = 'waiting' AND not_before > :now
  AND EXISTS (SELECT 1 FROM receivers WHERE name = :name AND failures > 0)
"""
_COUNT = "SELECT count(*) FROM deliveries WHERE receiver = ? AND state = 'waiting'"


def note_sent(connection: sqlite3.Connection, name: str, waiting: Sequence[Waiting], now: datetime) -> None:
    """When it is the first one after failures, the receiver is back: what waits need not wait any longer."""
    moment = stamp(now)
    connection.executemany(_SENT, ((moment, one.delivery) for one in waiting))
    connection.execute(_AT_ONCE, {"name": name, "now": moment})
    connection.execute("UPDATE receivers SET last_sent = ?, failures = 0 WHERE name = ?", (moment, name))
    _tell(connection, name, None, now)


def note_failure(
    connection: sqlite3.Connection, name: str, waiting: Sequence[Waiting], reason: str, now: datetime
) -> None:
    """That what is sent apart fails may be its own fault, so it says nothing about the receiver."""
    later = stamp(now + rules().wait(1 + max(one.attempts for one in waiting)))
    connection.executemany(_FAILED, ((later, reason, one.delivery) for one in waiting))
    lost = _too_old(waiting, now)
    connection.executemany(_LOST, ((one.delivery,) for one in lost))
    if not is_apart(waiting):
        connection.execute("UPDATE receivers SET failures = failures + 1 WHERE name = ?", (name,))
    query = "SELECT failures FROM receivers WHERE name = ?"
    failures = connection.execute(query, (name,)).fetchone()[0]
    if lost or failures >= rules().alarm:
        _tell(connection, name, _cause(connection, name, reason, len(lost)), now)


def _too_old(waiting: Sequence[Waiting], now: datetime) -> list[Waiting]:
    oldest = now - timedelta(days=rules().keep_days)
    return [one for one in waiting if is_apart(waiting) and datetime.fromisoformat(one.at) < oldest]


def _cause(connection: sqlite3.Connection, name: str, reason: str, lost: int) -> Cause:
    count = connection.execute(_COUNT, (name,)).fetchone()[0]
    words = alert_rules().own[FAILED]
    message = words.message.format(name=name, count=count, lost=lost, error=reason)
    return Cause(FAILED, name, words.stream, words.severity, message, digest((name,)))


def _tell(connection: sqlite3.Connection, name: str, cause: Cause | None, now: datetime) -> None:
    """That a receiver cannot be reached is an alert itself, until something reaches it."""
    alert = alert_of(connection, FAILED, name)
    settle(connection, [alert] if alert else [], [cause] if cause else [], lambda *_: "judged", now)
