"""Asks the database for a finding, and for the alert that tells of it."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from gxcrawl.evidence.findings import Stored, stored_finding
from gxcrawl.site.told import Outdated, outdated_of

_NAME = "SELECT name, status FROM organs WHERE key = ?"
_FOUND_IN = "SELECT coalesce(organ, ''), place FROM findings WHERE id = ?"
_STANDING = "SELECT decision FROM standing_decisions WHERE mark = ? AND decision <> 'comment'"
_ALERT = "SELECT id, state FROM alerts WHERE organ = ? AND year = ? AND kind = ? AND stream = 'organ'"
_HAS_DUTY = "SELECT 1 FROM duties WHERE organ = ? AND year = ?"


class Told(NamedTuple):
    stored: Stored
    name: str  # of the organ
    is_confirmed_name: bool
    place: str
    decision: str | None  # confirmed, dismissed
    alert: tuple[int, str] | None  # id and state
    has_duty: bool
    outdated: Outdated | None  # its report

    @property
    def id(self) -> int:
        return self.stored.id


def told_of(connection: sqlite3.Connection, number: int) -> Told | None:
    stored = stored_finding(connection, number)
    if stored is None:
        return None
    about = (stored.organ, stored.year)
    printed_name, place = connection.execute(_FOUND_IN, (number,)).fetchone()
    organ = connection.execute(_NAME, (stored.organ,)).fetchone()
    standing = connection.execute(_STANDING, (stored.mark,)).fetchone()
    return Told(
        stored,
        organ[0] if organ else printed_name,
        organ is None or organ[1] == "registered",
        place,
        standing[0] if standing else None,
        connection.execute(_ALERT, (*about, stored.check)).fetchone(),
        connection.execute(_HAS_DUTY, about).fetchone() is not None,
        outdated_of(connection, stored.report),
    )
