"""Sends what waits: at least once, one message at a time, so that a crash can repeat no more than one."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from gxcrawl.clock import BEIJING
from gxcrawl.lock import hold
from gxcrawl.notify.letter import Letter, letter_of
from gxcrawl.notify.noting import note_failure, note_sent
from gxcrawl.notify.outbox import fill
from gxcrawl.notify.postman import post
from gxcrawl.notify.receivers import NoAddressError, Receiver
from gxcrawl.notify.rules import rules
from gxcrawl.notify.waiting import Waiting, is_due, last_sent, parts, waiting_for
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
    done: list[Sent] = []
    until = time.monotonic() + rules().budget_seconds
    with _turn(store.path):
        with store.writing() as connection:
            parcels = _due(connection, receivers, now)
        for parcel in parcels:
            if time.monotonic() > until:
                break
            if any(one.reason and one.receiver == parcel.receiver.name for one in done):
                continue  # it did not take the first part, so the others need not be tried now
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
    parcels: list[Parcel] = []
    for receiver in receivers:
        last = last_sent(connection, receiver)
        parcels += [
            Parcel(receiver, part, letter_of(part, today))
            for part in parts(waiting_for(connection, receiver))
            if is_due(receiver, part, last, now)
        ]
    return sorted(parcels, key=lambda parcel: max(one.attempts for one in parcel.waiting))


def _alerts(parcel: Parcel) -> int:
    return len({one.alert for one in parcel.waiting})


def _delivered(parcel: Parcel, hand_over: Post) -> str:
    try:
        return hand_over(parcel.receiver.address(), parcel.letter, rules().seconds)
    except NoAddressError as error:
        return str(error)


def _note(connection: sqlite3.Connection, parcel: Parcel, reason: str, now: datetime) -> None:
    if reason:
        note_failure(connection, parcel.receiver.name, parcel.waiting, reason, now)
    else:
        note_sent(connection, parcel.receiver.name, parcel.waiting, now)


@contextmanager
def _turn(database: Path) -> Iterator[None]:
    """Only one process sends at a time."""
    lock = hold(database.with_name(f"{database.name}.sending"))
    if lock is None:
        raise BusyError("another gxcrawl is delivering alerts right now; nothing was sent")
    with closing(lock):
        yield
