"""From events to deliveries: what is new for each receiver is noted once. In the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from gxcrawl.alerts.ledger import stamp
from gxcrawl.alerts.model import SEVERITIES, Stream, What
from gxcrawl.clock import BEIJING
from gxcrawl.model import Severity
from gxcrawl.notify.receivers import Receiver
from gxcrawl.registry.areas import lies_in

FAILED = "receiver-failed"

_EVENTS = """
SELECT alert_events.id, alert, what, alert_events.severity, stream, kind, subject, area,
  (SELECT severity FROM alert_events AS earlier WHERE earlier.alert = alert_events.alert
    AND earlier.id < alert_events.id ORDER BY earlier.id DESC LIMIT 1)
FROM alert_events JOIN alerts ON alerts.id = alert
WHERE alert_events.id > ? ORDER BY alert_events.id
"""
# From the newest backwards: what happened long ago is not read.
_BEFORE = "SELECT id FROM alert_events WHERE at < ? ORDER BY id DESC LIMIT 1"
_TOLD = """
SELECT 1 FROM alert_events JOIN deliveries ON deliveries.event = alert_events.id
WHERE alert_events.alert = ? AND deliveries.receiver = ? AND deliveries.state IN ('waiting', 'sent')
"""
# A dismissed alert is not told to those who have not heard of it yet.
_VOID = """
UPDATE deliveries SET state = 'void' WHERE state = 'waiting' AND receiver = :receiver AND event IN (
  SELECT alert_events.id FROM deliveries AS own JOIN alert_events ON alert_events.id = own.event
  JOIN alerts ON alerts.id = alert_events.alert
  WHERE own.receiver = :receiver AND own.state = 'waiting' AND alerts.state = 'dismissed'
    AND NOT EXISTS (SELECT 1 FROM alert_events AS other JOIN deliveries AS told ON told.event = other.id
      WHERE other.alert = alerts.id AND told.receiver = :receiver AND told.state = 'sent')
)
"""


class Event(NamedTuple):
    id: int
    alert: int
    what: What
    severity: Severity
    stream: Stream
    kind: str
    subject: str
    area: str
    before: Severity | None  # how bad the event before it was


def fill(connection: sqlite3.Connection, receivers: Iterable[Receiver], now: datetime) -> None:
    """Note what happened since the last time. A new receiver gets what happened today, nothing older."""
    for receiver in receivers:
        upto = _upto(connection, receiver.name, now)
        for row in connection.execute(_EVENTS, (upto,)).fetchall():
            event = Event(*row)
            upto = event.id
            if _is_for(receiver, event) and (_tells(receiver, event) or _ends(connection, receiver, event)):
                connection.execute(
                    "INSERT INTO deliveries (receiver, event, state, not_before) VALUES (?, ?, 'waiting', ?)"
                    " ON CONFLICT DO NOTHING",
                    (receiver.name, event.id, stamp(now)),
                )
        connection.execute("UPDATE receivers SET upto = ? WHERE name = ?", (upto, receiver.name))
        connection.execute(_VOID, {"receiver": receiver.name})


def _upto(connection: sqlite3.Connection, name: str, now: datetime) -> int:
    known = connection.execute("SELECT upto FROM receivers WHERE name = ?", (name,)).fetchone()
    if known:
        return int(known[0])
    midnight = now.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
    before = connection.execute(_BEFORE, (stamp(midnight),)).fetchone()
    upto = int(before[0]) if before else 0
    connection.execute(
        "INSERT INTO receivers (name, first_seen, upto) VALUES (?, ?, ?)", (name, stamp(now), upto)
    )
    return upto


def _is_for(receiver: Receiver, event: Event) -> bool:
    """That a receiver cannot be reached is told to the others."""
    if event.stream not in receiver.streams or (event.kind, event.subject) == (FAILED, receiver.name):
        return False
    if not event.area or not receiver.areas:
        return True
    return any(lies_in(event.area, area) for area in receiver.areas)


def _tells(receiver: Receiver, event: Event) -> bool:
    """Something new, or something worse than before, and bad enough."""
    grave = SEVERITIES.index
    if grave(event.severity) > grave(receiver.severity):
        return False
    if event.what in ("changed", "resumed"):
        return event.before is not None and grave(event.severity) < grave(event.before)
    return event.what in ("opened", "reopened")


def _ends(connection: sqlite3.Connection, receiver: Receiver, event: Event) -> bool:
    """The end of something that this receiver heard of, or is about to hear of."""
    if event.what not in ("closed", "dismissed"):
        return False
    return connection.execute(_TOLD, (event.alert, receiver.name)).fetchone() is not None
