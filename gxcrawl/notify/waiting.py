"""What waits for a receiver, and whether its time has come."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from gxcrawl.alerts.model import Stream, What
from gxcrawl.clock import BEIJING
from gxcrawl.model import Severity
from gxcrawl.notify.receivers import Receiver
from gxcrawl.notify.rules import rules

# While an alert is held nothing is claimed, also not what was found before.
_WAITING = """
SELECT deliveries.id, attempts, not_before, alert_events.alert, what, alert_events.severity,
  alert_events.message, alert_events.at, stream, alerts.area, coalesce(areas.name, ''),
  coalesce(organs.name, portals.name, subject), alerts.year
FROM deliveries JOIN alert_events ON alert_events.id = deliveries.event
JOIN alerts ON alerts.id = alert_events.alert
LEFT JOIN organs ON organs.key = alerts.organ
LEFT JOIN portals ON portals.id = alerts.portal AND alerts.organ IS NULL
LEFT JOIN areas ON areas.code = alerts.area
WHERE deliveries.receiver = ? AND deliveries.state = 'waiting' AND alerts.state <> 'held'
ORDER BY alert_events.id
"""


class Waiting(NamedTuple):
    """One event that is to be told."""

    delivery: int
    attempts: int
    not_before: str
    alert: int
    what: What
    severity: Severity
    message: str
    at: str
    stream: Stream
    area: str  # code
    area_name: str
    name: str  # of the organ or the portal
    year: int | None


def waiting_for(connection: sqlite3.Connection, receiver: Receiver) -> list[Waiting]:
    return [Waiting(*row) for row in connection.execute(_WAITING, (receiver.name,))]


def parts(waiting: Sequence[Waiting]) -> list[list[Waiting]]:
    """Pure. The messages that this makes: one, but for what failed again and again.

    A service may refuse a message for something that stands in it. So those alerts keep no others back, and
    are halved with each failure, until only what is refused is left. Each alert stays whole.
    """
    worst: defaultdict[int, int] = defaultdict(int)
    for one in waiting:
        worst[one.alert] = max(worst[one.alert], one.attempts)
    found: defaultdict[tuple[int, int], list[Waiting]] = defaultdict(list)
    for one in waiting:
        halvings = max(0, worst[one.alert] - rules().together + 1)
        found[halvings, one.alert % 2**halvings].append(one)
    return [found[key] for key in sorted(found)]


def is_apart(part: Sequence[Waiting]) -> bool:
    return max(one.attempts for one in part) >= rules().together


def last_sent(connection: sqlite3.Connection, receiver: Receiver) -> datetime | None:
    row = connection.execute("SELECT last_sent FROM receivers WHERE name = ?", (receiver.name,)).fetchone()
    return datetime.fromisoformat(row[0]) if row and row[0] else None


def is_due(receiver: Receiver, waiting: Sequence[Waiting], last: datetime | None, now: datetime) -> bool:
    """Pure. A daily message goes once a day, not before its hour.

    Where nothing ever runs after that hour, what has waited for a day goes all the same.
    """
    if not waiting or any(datetime.fromisoformat(one.not_before) > now for one in waiting):
        return False
    strikes = now.astimezone(BEIJING).replace(hour=receiver.hour, minute=0, second=0, microsecond=0)
    if receiver.when == "at-once" or (now >= strikes and (last is None or last < strikes)):
        return True
    return datetime.fromisoformat(waiting[0].at) <= now - timedelta(days=1)
