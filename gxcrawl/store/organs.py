"""The organs that were met. Whether a candidate is one that is known already is for people to say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gxcrawl.registry.kinds import kind_of, level_of
from gxcrawl.registry.locality import Locality, locality
from gxcrawl.registry.names import GOVERNMENT, Place, place_of, tidy

_KNOWN = """
SELECT organs.key, organs.name, organs.status, organs.first_seen
FROM organ_names JOIN organs ON organs.key = organ_names.organ
WHERE organ_names.code = ? AND organ_names.core = ?
"""
_GOVERNMENT = """
SELECT organs.name FROM organ_names JOIN organs ON organs.key = organ_names.organ
WHERE organ_names.code = ? AND organ_names.core = ?
"""
_PORTALS = "SELECT name FROM portals WHERE ?1 IN (code, id) ORDER BY first_seen, id"


class Sighting(NamedTuple):
    """A name under which an organ reported, and where."""

    name: str
    code: str  # division code of the area
    scope: str  # of the list that showed it: 部门, 镇街 ...
    portal: str
    when: str
    portal_name: str

    @property
    def area(self) -> str:
        """A name is looked up in its area; where that has no code, in its portal."""
        return self.code or self.portal


def candidate(connection: sqlite3.Connection, met: Sighting) -> str:
    """The key of the organ whose name this is in its area; a new candidate where the name is new."""
    place = place_of(met.name, locality_in(connection, met.area, (met.portal_name,)))
    known = connection.execute(_KNOWN, place).fetchone()
    if known is None:
        return _add(connection, met, place)
    key: str
    key, name, status, first_seen = known
    longest = met.name if status == "candidate" and len(tidy(met.name)) > len(tidy(name)) else name
    earliest = min(first_seen, met.when)
    if (longest, earliest) != (name, first_seen):
        connection.execute("UPDATE organs SET first_seen = ? WHERE key = ?", (earliest, key))
    if longest != name:  # apart: a new name makes the organ's checks stale
        connection.execute("UPDATE organs SET name = ? WHERE key = ?", (longest, key))
    return key


def known_organ(connection: sqlite3.Connection, name: str, area: str) -> str | None:
    """The key of the organ that has this name in an area; None when nobody there has it."""
    return holder(connection, place_of(name, locality_in(connection, area)))


def holder(connection: sqlite3.Connection, place: Place) -> str | None:
    query = "SELECT organ FROM organ_names WHERE code = ? AND core = ?"
    found = connection.execute(query, place).fetchone()
    return found[0] if found else None


def locality_in(connection: sqlite3.Connection, area: str, portals: Iterable[str] | None = None) -> Locality:
    """An area with its own name: as listed, as its portals are called, or as its registered government is."""
    for said in _names_of(connection, area, portals):
        here = locality(area, said)
        if here.own:
            return here
    return locality(area, "")


def _names_of(connection: sqlite3.Connection, area: str, portals: Iterable[str] | None) -> Iterator[str]:
    yield ""  # a code that is listed needs no name
    yield from portals if portals is not None else _column(connection, _PORTALS, (area,))
    yield from _column(connection, _GOVERNMENT, (area, GOVERNMENT))


def _column(connection: sqlite3.Connection, query: str, values: tuple[str, ...]) -> list[str]:
    return [row[0] for row in connection.execute(query, values)]


def _add(connection: sqlite3.Connection, met: Sighting, place: Place) -> str:
    key = free_key(connection, f"{place.code}:{place.core}")
    kind = kind_of(place.core)
    connection.execute(
        "INSERT INTO organs (key, name, kind, level, code, core, scope, portal, status, source, first_seen)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'candidate', 'crawl', ?)",
        (key, met.name, kind, level_of(place.code, kind), *place, met.scope, met.portal, met.when),
    )
    connection.execute("INSERT INTO organ_names VALUES (?, ?, ?, ?, 'met')", (*place, key, met.name))
    return key


def free_key(connection: sqlite3.Connection, wanted: str) -> str:
    """The key, or with a number behind it: an organ keeps the key of a name that it has lost."""
    key, number = wanted, 1
    while connection.execute("SELECT 1 FROM organs WHERE key = ?", (key,)).fetchone():
        number += 1
        key = f"{wanted}#{number}"
    return key
