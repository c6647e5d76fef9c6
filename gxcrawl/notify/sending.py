"""Sends what waits: at least once, one message at a time, so that a crash can repeat no more than one."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from gxcrawl.alerts.ledger import settle, stamp
from gxcrawl.alerts.model import Cause, digest
from gxcrawl.alerts.rows import alert_of
from gxcrawl.alerts.rules import rules as alert_rules
from gxcrawl.clock import BEIJING
from gxcrawl.lock import hold
from gxcrawl.notify.letter import Letter, letter_of
from gxcrawl.notify.outbox import FAILED, fill
from gxcrawl.notify.postman import post
from gxcrawl.notify.receivers import NoAddressError, Receiver
from gxcrawl.notify.rules import rules
from gxcrawl.notify.waiting import Waiting, is_due, last_sent, waiting_for
from gxcrawl.store import Store

Post = Callable[[str, Letter, float], str]


class BusyError(RuntimeError):
    """Another process is sending."""


class Parcel(NamedTuple):
    """One message that is due."""

    receiver: Receiver
    waiting: Sequence[Waiting]
    letter: Letter


class Sent(NamedTuple):
    """What became of it."""

    receiver: str
    alerts: int
    reason: str  # why it was not delivered; "" when it was


def send(store: Store, receivers: Sequence[Receiver], now: datetime, hand_over: Post = post) -> list[Sent]:
    """All that is due. Those that failed before come last, and what no time is left for waits."""
    done = []
    until = time.monotonic() + rules().budget_seconds
    with _turn(store.path):
        with store.writing() as connection:
            parcels = _due(connection, receivers, now)
        for parcel in parcels:
            if time.monotonic() > until:
                break
            reason = _delivered(parcel, hand_over)
            with store.writing() as connection:
                _note(connection, parcel, reason, now)
            done.append(Sent(parcel.receiver.name, _alerts(parcel), reason))
    return done


def preview(store: Store, receivers: Sequence[Receiver], now: datetime) -> list[Parcel]:
    """What `send` would send. Nothing is sent, and nothing changes."""
    with store.writing() as connection:
        connection.execute("SAVEPOINT preview")
        parcels = _due(connection, receivers, now)
        connection.execute("ROLLBACK TO preview")
    return parcels


def _due(connection: sqlite3.Connection, receivers: Sequence[Receiver], now: datetime) -> list[Parcel]:
    fill(connection, receivers, now)
    today = now.astimezone(BEIJING).date()
    parcels = []
    for receiver in receivers:
        waiting = waiting_for(connection, receiver)
        if is_due(receiver, waiting, last_sent(connection, receiver), now):
            parcels.append(Parcel(receiver, waiting, letter_of(waiting, today)))
    return sorted(parcels, key=lambda parcel: max(one.attempts for one in parcel.waiting))


def _alerts(parcel: Parcel) -> int:
    return len({one.alert for one in parcel.waiting})


def _delivered(parcel: Parcel, hand_over: Post) -> str:
    try:
        return hand_over(parcel.receiver.address(), parcel.letter, rules().seconds)
    except NoAddressError as error:
        return str(error)


def _note(connection: sqlite3.Connection, parcel: Parcel, reason: str, now: datetime) -> None:
    name, moment = parcel.receiver.name, stamp(now)
    if not reason:
        connection.executemany(
            "UPDATE deliveries SET state = 'sent', attempts = attempts + 1, sent_at = ?, error = ''"
            " WHERE id = ?",
            ((moment, one.delivery) for one in parcel.waiting),
        )
        connection.execute("UPDATE receivers SET last_sent = ? WHERE name = ?", (moment, name))
        _tell_of(connection, name, None, now)
        return
    later = now + rules().wait(1 + max(one.attempts for one in parcel.waiting))
    connection.executemany(
        "UPDATE deliveries SET attempts = attempts + 1, not_before = ?, error = ?,"
        " state = iif(attempts + 1 >= ?, 'given-up', 'waiting') WHERE id = ?",
        ((stamp(later), reason, rules().tries, one.delivery) for one in parcel.waiting),
    )
    if any(one.attempts + 1 >= rules().tries for one in parcel.waiting):
        _tell_of(connection, name, _failure(connection, name, reason), now)


def _failure(connection: sqlite3.Connection, name: str, reason: str) -> Cause:
    query = "SELECT count(*) FROM deliveries WHERE receiver = ? AND state = 'given-up'"
    count = connection.execute(query, (name,)).fetchone()[0]
    words = alert_rules().own[FAILED]
    message = words.message.format(name=name, count=count, error=reason)
    return Cause(FAILED, name, words.stream, words.severity, message, digest((name,)))


def _tell_of(connection: sqlite3.Connection, name: str, cause: Cause | None, now: datetime) -> None:
    """That a receiver cannot be reached is an alert itself, until something reaches it."""
    alert = alert_of(connection, FAILED, name)
    settle(connection, [alert] if alert else [], [cause] if cause else [], lambda *_: True, now)


@contextmanager
def _turn(database: Path) -> Iterator[None]:
    """Only one process sends at a time."""
    lock = hold(database.with_name(f"{database.name}.sending"))
    if lock is None:
        raise BusyError("another gxcrawl is delivering alerts right now; nothing was sent")
    with closing(lock):
        yield
