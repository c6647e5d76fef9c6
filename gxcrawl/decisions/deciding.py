"""A person's word on a finding, kept by its mark. In the caller's transaction; nothing is ever deleted."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Literal, NamedTuple

Decision = Literal["confirmed", "dismissed", "comment", "withdrawn"]

_FINDING = 'SELECT id, mark, "check", organ_key, year, result FROM findings WHERE id = ?'
_HOLDS = "SELECT decision FROM standing_decisions WHERE mark = ? AND decision <> 'comment'"
_NOTE = (
    'INSERT INTO decisions (mark, "check", organ_key, year, decision, comment, who, at)'
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_STALE = "INSERT INTO stale_organs (organ, year) VALUES (?, ?) ON CONFLICT DO NOTHING"


class NotPossibleError(ValueError):
    """It cannot be decided so; the sentence says why. Nothing was changed."""


class About(NamedTuple):
    """A finding, as far as decisions go."""

    id: int
    mark: str
    check: str
    organ: str | None  # key
    year: int | None
    result: str


class Said(NamedTuple):
    """What somebody says of findings."""

    decision: Decision
    comment: str
    who: str
    at: datetime


def finding(connection: sqlite3.Connection, number: int) -> About:
    row = connection.execute(_FINDING, (number,)).fetchone()
    if row is None:
        raise NotPossibleError(f"there is no finding {number}; `gxcrawl finding list` shows them")
    return About(*row)


def standing(connection: sqlite3.Connection, mark: str) -> Decision | None:
    """The confirmation or dismissal that holds for this mark."""
    row = connection.execute(_HOLDS, (mark,)).fetchone()
    return row[0] if row else None


def decide(connection: sqlite3.Connection, about: About, said: Said) -> None:
    """The next check looks at the organ and year again, so that its alerts follow."""
    if said.decision == "withdrawn" and standing(connection, about.mark) is None:
        raise NotPossibleError(
            f"finding {about.id} was neither confirmed nor dismissed; there is nothing to undo"
        )
    at = said.at.astimezone(UTC).isoformat(timespec="seconds")
    facts = (about.mark, about.check, about.organ, about.year)
    connection.execute(_NOTE, (*facts, said.decision, said.comment, said.who, at))
    if about.organ is not None and about.year is not None:
        connection.execute(_STALE, (about.organ, about.year))
