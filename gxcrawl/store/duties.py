"""The duties of a year as the last check left them."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from gxcrawl.store.errors import StoreError

_OWED = """
SELECT organs.key, organs.name, organs.code, duties.year, duties.status, duties.days, duties.due,
  duties.statutory, duties.basis, duties.reason, duties.published, reports.url
FROM duties JOIN organs ON organs.key = duties.organ LEFT JOIN reports ON reports.id = duties.report
WHERE duties.year = :year AND (:area = '' OR lies_in(organs.code, :area)) AND :organ IN ('', organs.key)
ORDER BY organs.code, organs.key
"""
_ADVICE = "`gxcrawl organ list` shows the organs, their keys and areas"


class Owed(NamedTuple):
    organ: str
    name: str
    code: str
    year: int
    status: str
    days: int | None
    due: str
    statutory: bool
    basis: str
    reason: str
    published: str | None
    url: str | None  # of the report


def duties_of(connection: sqlite3.Connection, year: int, *, area: str = "", organ: str = "") -> list[Owed]:
    """By area and key. An area or organ that nobody knows is refused: its silence would say nothing."""
    known = "SELECT 1 FROM organs WHERE (:area = '' OR lies_in(code, :area)) LIMIT 1"
    if area and not connection.execute(known, {"area": area}).fetchone():
        raise StoreError(f"no organ is in the area {area}; {_ADVICE}")
    if organ and not connection.execute("SELECT 1 FROM organs WHERE key = ?", (organ,)).fetchone():
        raise StoreError(f"there is no organ {organ}; {_ADVICE}")
    rows = connection.execute(_OWED, {"year": year, "area": area, "organ": organ})
    return [Owed._make(row)._replace(statutory=bool(row[7])) for row in rows]
