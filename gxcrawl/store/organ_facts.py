"""What an organ is called and what happened to it, as checks between its reports want to know."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

from gxcrawl.checks.across.model import Event

# What happened to another organ that went into this one, or came out of it, is a break for both. The one that
# the row is about ends by it, also when it was renamed and goes on as another.
_EVENTS = """
SELECT kind, day, kind IN ('merged', 'abolished') OR (kind = 'renamed' AND other IS NOT NULL)
FROM organ_events WHERE organ = ?1
UNION SELECT kind, day, 0 FROM organ_events WHERE other = ?1 ORDER BY day
"""
_NAMES = "SELECT name FROM organ_names WHERE organ = ? ORDER BY core"
_STATUS = "SELECT status FROM organs WHERE key = ?"


class Happened(NamedTuple):
    event: Event
    ended: bool  # with that day the organ is no more


def events_of(connection: sqlite3.Connection, organ: str) -> tuple[Happened, ...]:
    """The earliest first."""
    rows = connection.execute(_EVENTS, (organ,))
    return tuple(Happened(Event(kind, date.fromisoformat(day)), bool(ended)) for kind, day, ended in rows)


def names_of(connection: sqlite3.Connection, organ: str) -> tuple[str, ...]:
    """Every name that means the organ."""
    return tuple(name for (name,) in connection.execute(_NAMES, (organ,)))


def is_registered(connection: sqlite3.Connection, organ: str) -> bool:
    """False: a name that was met and that nobody has confirmed yet."""
    row = connection.execute(_STATUS, (organ,)).fetchone()
    return row is not None and bool(row[0] == "registered")
