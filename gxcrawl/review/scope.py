"""What has to be judged again: where facts changed, where the day alone may change something, or all."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from typing import NamedTuple

from gxcrawl.duties.deadlines import Rule
from gxcrawl.duties.season import running_year
from gxcrawl.review.state import read_state, write_state


class Scope(NamedTuple):
    organs: tuple[str, ...]  # whose duties are judged
    portals: dict[str, int]  # and how often each had changed by then
    groups: tuple[tuple[str, str, int], ...]  # code, kind and year of organs whose yardstick changed
    running: int
    everything: bool
    went_back: bool  # to a day before the last check's: what was told since is not taken back


# Whose duties may be others now: those whose reports stand on a portal that was looked at, and all of an area
# in which a portal was looked at or a name came up.
_BESIDE = """
SELECT organ_key FROM reports WHERE portal IN (SELECT portal FROM stale_portals) AND organ_key IS NOT NULL
UNION SELECT key FROM organs WHERE portal IN (SELECT portal FROM stale_portals)
UNION SELECT key FROM organs WHERE code IN (
  SELECT code FROM portals WHERE id IN (SELECT portal FROM stale_portals)
  UNION SELECT code FROM organs WHERE key IN (SELECT organ FROM stale_organs)
)
"""
# A report that changes is another yardstick for organs of its kind and area.
_NEW_GROUPS_OF = """
INSERT INTO stale_groups SELECT DISTINCT organs.code, organs.kind, stale_organs.year
FROM stale_organs JOIN organs ON organs.key = stale_organs.organ WHERE stale_organs.year <> 0
"""
_NEW_GROUPS = f"{_NEW_GROUPS_OF} ON CONFLICT DO NOTHING"


def scope_of(
    connection: sqlite3.Connection, today: date, rules: Sequence[Rule], *, everything: bool
) -> Scope:
    """`everything` is also what an earlier day, another season, other rules or other code ask for."""
    went_back = today.isoformat() < read_state(connection, "today")
    whole = everything or went_back or read_state(connection, "basis") != basis_of(today, rules)
    portals = dict(connection.execute("SELECT portal, stamp FROM stale_portals").fetchall())
    connection.execute(_NEW_GROUPS)
    if whole:
        portals = dict.fromkeys(_column(connection, "SELECT id FROM portals"), 0) | portals
        organs = set(_column(connection, "SELECT key FROM organs"))
    else:
        due = _column(connection, "SELECT organ FROM duties WHERE recheck <= ?", today.isoformat())
        grouped = "SELECT key FROM organs JOIN stale_groups USING (code, kind)"
        changed = "SELECT organ FROM stale_organs WHERE organ IN (SELECT key FROM organs)"
        organs = {*due, *(one for query in (changed, _BESIDE, grouped) for one in _column(connection, query))}
    groups = tuple(connection.execute("SELECT code, kind, year FROM stale_groups").fetchall())
    return Scope(tuple(sorted(organs)), portals, groups, running_year(today), whole, went_back)


def _column(connection: sqlite3.Connection, query: str, *values: object) -> list[str]:
    return [row[0] for row in connection.execute(query, values)]


def years_of(connection: sqlite3.Connection, organ: str) -> set[int]:
    """The years for which its own facts changed; 0 stands for all of them."""
    return {row[0] for row in connection.execute("SELECT year FROM stale_organs WHERE organ = ?", (organ,))}


def settled(connection: sqlite3.Connection, organ: str) -> None:
    """Its changes are judged; to its peers they are news, even those that came during the check."""
    connection.execute(f"{_NEW_GROUPS_OF} AND organs.key = ? ON CONFLICT DO NOTHING", (organ,))
    connection.execute("DELETE FROM stale_organs WHERE organ = ?", (organ,))


def years_of_peers(connection: sqlite3.Connection, code: str, kind: str) -> set[int]:
    """The years in which the numbers changed that an organ is held against."""
    query = "SELECT year FROM stale_groups WHERE code = ? AND kind = ?"
    return {row[0] for row in connection.execute(query, (code, kind))}


def basis_of(today: date, rules: Sequence[Rule]) -> str:
    """When this is another one, everything may be."""
    text = repr((running_year(today), rules, version("gxcrawl")))
    return hashlib.sha256(text.encode()).hexdigest()


def forget_portals(connection: sqlite3.Connection, scope: Scope, today: date, rules: Sequence[Rule]) -> None:
    """All that depends on these portals is judged; what changed meanwhile is left for the next check."""
    connection.executemany("DELETE FROM stale_portals WHERE portal = ? AND stamp = ?", scope.portals.items())
    connection.execute("DELETE FROM stale_organs WHERE organ NOT IN (SELECT key FROM organs)")
    connection.executemany("DELETE FROM stale_groups WHERE (code, kind, year) = (?, ?, ?)", scope.groups)
    write_state(connection, "basis", "" if scope.went_back else basis_of(today, rules))
    write_state(connection, "today", today.isoformat())
