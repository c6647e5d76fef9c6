"""What people say about organs: who is who, under which names, and what became of them."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

from gxcrawl.registry.names import Place, place_of, tidy
from gxcrawl.store.errors import StoreError
from gxcrawl.store.moving import look_again, move_organ
from gxcrawl.store.organs import Sighting, candidate, holder, locality_in

_REPORTS = """
SELECT reports.id, reports.organ, portals.code, organs.scope, portals.id, reports.first_seen, portals.name
FROM reports JOIN portals ON portals.id = reports.portal JOIN organs ON organs.key = reports.organ_key
WHERE reports.organ_key = ? AND reports.organ IS NOT NULL ORDER BY reports.id
"""
_NAMES = "SELECT name FROM organ_names WHERE organ = :one ORDER BY core"
_HAS = """
SELECT (SELECT count(*) FROM reports WHERE organ_key = :one),
  (SELECT count(*) FROM organ_events WHERE :one IN (organ, other))
"""
_ENDED = """
SELECT iif(kind = 'abolished', 'was abolished', kind), day FROM organ_events
WHERE organ = :one AND kind IN ('merged', 'abolished')
"""
_BOTH = """
SELECT year FROM reports WHERE organ_key = :one AND year IS NOT NULL
INTERSECT SELECT year FROM reports WHERE organ_key = :other ORDER BY year
"""


def confirm(connection: sqlite3.Connection, key: str) -> None:
    """A candidate is an organ of its own, as it is."""
    _want_candidate(connection, key)
    connection.execute("UPDATE organs SET status = 'registered' WHERE key = ?", (key,))
    connection.execute(
        "UPDATE organ_names SET kind = 'full' WHERE organ = ?1"
        " AND (code, core) = (SELECT code, core FROM organs WHERE key = ?1)",
        (key,),
    )
    look_again(connection, key)


class Merged(NamedTuple):
    """What an organ had, and another one has now."""

    registered: bool
    reports: int  # versions
    names: tuple[str, ...]
    events: int
    both: tuple[int, ...]  # years for which both have a report


def merge(connection: sqlite3.Connection, key: str, organ: str) -> Merged:
    """One is another organ under one more name. From now on each of its names means that organ."""
    if key == organ:
        raise StoreError(f"{organ} is one organ already; name two")
    registered = _status(connection, key) == "registered"
    _status(connection, organ)
    keys = {"one": key, "other": organ}
    if ended := connection.execute(_ENDED, keys).fetchone():
        raise StoreError(f"{key} {ended[0]} on {ended[1]}: it was an organ of its own, so leave it as it is")
    names = [row[0] for row in connection.execute(_NAMES, keys)]
    both = [row[0] for row in connection.execute(_BOTH, keys)]
    reports, events = connection.execute(_HAS, keys).fetchone()
    connection.execute("UPDATE organ_names SET kind = 'alias' WHERE organ = ?", (key,))
    move_organ(connection, key, organ)
    return Merged(registered, reports, tuple(names), events, tuple(both))


def add_alias(connection: sqlite3.Connection, organ: str, name: str) -> str | None:
    """Returns the candidate that had the name, and is the organ now."""
    _status(connection, organ)
    area = connection.execute("SELECT code FROM organs WHERE key = ?", (organ,)).fetchone()[0]
    place = place_of(name, locality_in(connection, area))
    if not tidy(name):
        raise StoreError(f"{name!r} is no name; write the name of the organ")
    other = holder(connection, place)
    if other == organ:
        return None
    if other is not None:
        if _status(connection, other) != "candidate":
            raise StoreError(f"{name} is a name of {other}; take it from there with --remove first")
        merge(connection, other, organ)
        return other
    connection.execute("INSERT INTO organ_names VALUES (?, ?, ?, ?, 'alias')", (*place, organ, name))
    return None


def remove_alias(connection: sqlite3.Connection, organ: str, name: str) -> str | None:
    """Returns the candidate that now has the reports met under the name; None where there are none."""
    _status(connection, organ)
    place = _alias(connection, organ, name)
    connection.execute("DELETE FROM organ_names WHERE (code, core) = (?, ?)", place)
    key = None
    for report, *facts in connection.execute(_REPORTS, (organ,)).fetchall():
        met = Sighting(*facts)
        if place_of(met.name, locality_in(connection, met.area, (met.portal_name,))) != place:
            continue
        key = candidate(connection, met)
        connection.execute("UPDATE reports SET organ_key = ? WHERE id = ?", (key, report))
        connection.execute(
            "UPDATE findings SET organ_key = ? WHERE report = ? AND origin = 'report'", (key, report)
        )
    look_again(connection, organ)
    return key


def add_event(
    connection: sqlite3.Connection, organ: str, kind: str, day: date, other: str | None, source: str
) -> bool:
    """Returns whether it was new. `other`: with which organ it merged, or what it became."""
    if other == organ:
        raise StoreError(f"{organ} is one organ already; name another with --other")
    for key in (organ, other):
        if key is not None:
            _status(connection, key)
    said = (organ, kind, day.isoformat(), other)
    same = "SELECT 1 FROM organ_events WHERE organ = ? AND kind = ? AND day = ? AND other IS ?"
    if connection.execute(same, said).fetchone():
        return False
    connection.execute(
        "INSERT INTO organ_events (organ, kind, day, other, source) VALUES (?, ?, ?, ?, ?)", (*said, source)
    )
    for key in (organ, other):
        if key is not None:
            look_again(connection, key)
    return True


def _alias(connection: sqlite3.Connection, organ: str, name: str) -> Place:
    """The place of a name that may be taken away: as it is written there, or as it is looked up."""
    own = connection.execute("SELECT code, core FROM organs WHERE key = ?", (organ,)).fetchone()
    names = connection.execute(
        "SELECT code, core, name FROM organ_names WHERE organ = ?", (organ,)
    ).fetchall()
    places = [
        Place(code, core)
        for code, core, written in names
        if tidy(name) == tidy(written) or place_of(name, locality_in(connection, code)) == (code, core)
    ]
    if removable := [place for place in places if place != own]:
        return removable[0]
    if places:
        raise StoreError(f"{name} is the full name of {organ}; correct it in the table and import that")
    raise StoreError(f"{name} is no name of {organ}; `gxcrawl organ list --json` shows its names")


def _want_candidate(connection: sqlite3.Connection, key: str) -> None:
    if _status(connection, key) != "candidate":
        raise StoreError(f"{key} is registered already; only a candidate can be confirmed")


def _status(connection: sqlite3.Connection, key: str) -> str:
    found = connection.execute("SELECT status FROM organs WHERE key = ?", (key,)).fetchone()
    if found is None:
        raise StoreError(f"there is no organ {key}; `gxcrawl organ list` shows their keys")
    status: str = found[0]
    return status
