"""Does to the database what somebody decided, with the functions of the command line."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from gxcrawl.alerts import people
from gxcrawl.decisions.deciding import Decision, Said, decide, finding
from gxcrawl.store import StoreError, open_store

Subject = Literal["alert", "finding"]
PATIENCE = 5_000  # milliseconds: somebody waits in front of the page while another process writes
WITH_REASON = frozenset({"dismiss", "comment"})  # people will read why
WITH_TEXT = WITH_REASON | {"confirm"}

_DECISIONS: Mapping[str, Decision] = {
    "confirm": "confirmed",
    "dismiss": "dismissed",
    "comment": "comment",
    "undo": "withdrawn",
}
_IS_THERE: Mapping[Subject, str] = {
    "alert": "SELECT 1 FROM alerts WHERE id = ?",
    "finding": "SELECT 1 FROM findings WHERE id = ?",
}


class Wish(NamedTuple):
    subject: Subject
    number: int
    act: str
    text: str
    who: str
    at: datetime


class UnknownError(LookupError):
    """There is no such alert, no such finding."""


def carry_out(database: Path, wish: Wish) -> None:
    """All of it or nothing; NotPossibleError where the state is not one for this act."""
    if not database.is_file():  # opening would make a new one
        raise StoreError(f"{database}: it is gone")
    with open_store(database) as store:
        store.connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        with store.writing() as connection:
            if connection.execute(_IS_THERE[wish.subject], (wish.number,)).fetchone() is None:
                raise UnknownError(wish.number)
            ACTS[wish.subject][wish.act](connection, wish)


def _acknowledge(connection: sqlite3.Connection, wish: Wish) -> None:
    people.acknowledge(connection, wish.number, wish.who, wish.at)


def _dismiss(connection: sqlite3.Connection, wish: Wish) -> None:
    people.dismiss(connection, wish.number, wish.text, wish.who, wish.at)


def _reopen(connection: sqlite3.Connection, wish: Wish) -> None:
    people.reopen(connection, wish.number, wish.who, wish.at)


def _decide(connection: sqlite3.Connection, wish: Wish) -> None:
    about, said = finding(connection, wish.number), Said(_DECISIONS[wish.act], wish.text, wish.who, wish.at)
    decide(connection, about, said)
    people.follow(connection, about, said)


Act = Callable[[sqlite3.Connection, Wish], None]
ACTS: Mapping[Subject, Mapping[str, Act]] = {
    "alert": {"acknowledge": _acknowledge, "dismiss": _dismiss, "reopen": _reopen},
    "finding": dict.fromkeys(_DECISIONS, _decide),
}
