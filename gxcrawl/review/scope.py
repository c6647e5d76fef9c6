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
    years: dict[str, frozenset[int]]  # of those whose own facts changed: which years; 0 is all of them
    portals: dict[str, int]  # and how often each had changed by then
    running: int
    everything: bool


_OF_PORTALS = """
SELECT key FROM organs WHERE portal IN (SELECT portal FROM stale_portals)
UNION SELECT organ_key FROM reports
  WHERE portal IN (SELECT portal FROM stale_portals) AND organ_key IS NOT NULL
UNION SELECT key FROM organs WHERE portal IS NULL
  AND code IN (SELECT code FROM portals WHERE id IN (SELECT portal FROM stale_portals))
"""


def scope_of(
    connection: sqlite3.Connection, today: date, rules: Sequence[Rule], *, everything: bool
) -> Scope:
    """`everything` is also what an earlier day, another season, other rules or other code ask for."""
    went_back = today.isoformat() < read_state(connection, "today")
    whole = everything or went_back or read_state(connection, "basis") != basis_of(today, rules)
    portals = dict(connection.execute("SELECT portal, stamp FROM stale_portals").fetchall())
    years: dict[str, set[int]] = {}
    for organ, year in connection.execute("SELECT organ, year FROM stale_organs"):
        years.setdefault(organ, set()).add(year)
    if whole:
        portals = dict.fromkeys(_column(connection, "SELECT id FROM portals"), 0) | portals
        organs = set(_column(connection, "SELECT key FROM organs"))
        years = {organ: {0} for organ in organs}
    else:
        due = _column(connection, "SELECT DISTINCT organ FROM duties WHERE recheck <= ?", today.isoformat())
        organs = {*years, *due, *_column(connection, _OF_PORTALS)}
        organs &= set(_existing(connection, organs))
    told = {organ: frozenset(found) for organ, found in years.items() if organ in organs}
    return Scope(tuple(sorted(organs)), told, portals, running_year(today), whole)


def _column(connection: sqlite3.Connection, query: str, *values: object) -> list[str]:
    return [row[0] for row in connection.execute(query, values)]


def _existing(connection: sqlite3.Connection, organs: set[str]) -> list[str]:
    """Some that changed may have been merged into others since."""
    query = "SELECT 1 FROM organs WHERE key = ?"
    return [organ for organ in organs if connection.execute(query, (organ,)).fetchone()]


def basis_of(today: date, rules: Sequence[Rule]) -> str:
    """When this is another one, everything may be."""
    text = repr((running_year(today), rules, version("gxcrawl")))
    return hashlib.sha256(text.encode()).hexdigest()


def forget_portals(connection: sqlite3.Connection, scope: Scope, today: date, rules: Sequence[Rule]) -> None:
    """All that depends on these portals is judged; what changed meanwhile is left for the next check."""
    connection.executemany("DELETE FROM stale_portals WHERE portal = ? AND stamp = ?", scope.portals.items())
    connection.execute("DELETE FROM stale_organs WHERE organ NOT IN (SELECT key FROM organs)")
    write_state(connection, "basis", basis_of(today, rules))
    write_state(connection, "today", today.isoformat())
