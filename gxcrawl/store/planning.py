"""A table of organs held against the database: whom each row is about, and what does not go together."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from gxcrawl.registry.locality import Locality, locality
from gxcrawl.registry.names import GOVERNMENT, Place, place_of, tidy
from gxcrawl.registry.table import Entry, Fault, Table
from gxcrawl.store.organs import free_key, locality_in

# A name that begins like one of an area. Whose name it is must be known before it can be taken off.
_REGION_FIRST = re.compile("[\u4e00-\u9fff]{2,}?[省市县旗].*[\u4e00-\u9fff]")
_GOVERNMENT = re.compile("(?:人民)?政府$")


class Planned(NamedTuple):
    """A row, the key of its organ, and the places at which its name and its aliases are looked up."""

    entry: Entry
    key: str
    place: Place
    aliases: Mapping[Place, str]

    @property
    def names(self) -> Mapping[Place, str]:
        return {self.place: self.entry.name, **self.aliases}


class Registered(NamedTuple):
    """Who has which name in the database."""

    holders: Mapping[Place, str]
    candidates: frozenset[str]
    superiors: Mapping[str, str]  # of all organs; "" where none is known
    portals: frozenset[str]
    areas: frozenset[str]  # that were crawled


def registered(connection: sqlite3.Connection) -> Registered:
    names = connection.execute("SELECT code, core, organ FROM organ_names")
    organs = connection.execute("SELECT key, status, coalesce(superior, '') FROM organs").fetchall()
    portals = connection.execute("SELECT id, code FROM portals").fetchall()
    return Registered(
        {Place(code, core): organ for code, core, organ in names},
        frozenset(key for key, status, _ in organs if status == "candidate"),
        {key: superior for key, _, superior in organs},
        frozenset(portal for portal, _ in portals),
        frozenset(code or portal for portal, code in portals),
    )


def plan(connection: sqlite3.Connection, table: Table) -> tuple[list[Planned], list[Fault]]:
    """What is to be done, or everything that keeps from doing it, by line."""
    known = registered(connection)
    here = _localities(connection, table.entries)
    planned = [_planned(connection, entry, here[entry.area], known) for entry in table.entries]
    faults = [*table.faults, *_superiors(planned, known, table.keys), *_portals(planned, known)]
    well_placed = []
    for one in planned:
        area = here[one.entry.area]
        named = bool(area.own) or area.code in known.areas
        wrong = [Fault(one.entry.line, sentence) for sentence in _wrong_place(one, area, named)]
        faults += wrong
        if not wrong:
            well_placed.append(one)
    faults += [*_twice(well_placed), *_of_another(well_placed, known)]
    return planned, sorted(faults)


def _localities(connection: sqlite3.Connection, entries: Sequence[Entry]) -> Mapping[str, Locality]:
    """The areas of the rows. A new area may be named by the row of its own government."""
    found = {area: locality_in(connection, area) for area in dict.fromkeys(entry.area for entry in entries)}
    for entry in entries:
        if not found[entry.area].own and _GOVERNMENT.search(tidy(entry.name)):
            found[entry.area] = locality(entry.area, tidy(entry.name))
    return found


def _planned(connection: sqlite3.Connection, entry: Entry, here: Locality, known: Registered) -> Planned:
    place = place_of(entry.name, here)
    aliases = {place_of(alias, here): alias for alias in entry.aliases}
    aliases.pop(place, None)
    key = entry.key or known.holders.get(place) or free_key(connection, f"{place.code}:{place.core}")
    return Planned(entry, key, place, aliases)


def _wrong_place(one: Planned, here: Locality, named: bool) -> Iterator[str]:
    """`named`: crawls take the name of the area off as it is done here, or know no more than we do."""
    for place, name in one.names.items():
        if not tidy(name):
            yield f"{name!r} is no name; write the name of the organ."
        elif place.code != here.code:
            yield f"{name} belongs to the area {place.code}, not to {here.code}; give it a line of its own."
        elif not named and place.core != GOVERNMENT and _REGION_FIRST.match(place.core):
            yield (
                f"{name} begins like the name of an area, and nothing says how {here.code} is called;"
                " add a line for its government, or crawl its portal first."
            )


def _twice(planned: Sequence[Planned]) -> Iterator[Fault]:
    keys: dict[str, int] = {}
    places: dict[Place, int] = {}
    for one in planned:
        line = one.entry.line
        first = keys.setdefault(one.key, line)
        if first != line:
            yield Fault(line, f"the organ {one.key} is in line {first} already; delete one of the lines.")
            continue
        for place, name in one.names.items():
            first = places.setdefault(place, line)
            if first != line:
                yield Fault(
                    line, f"{name} means the organ of line {first} already; a name is for one organ only."
                )


def _of_another(planned: Sequence[Planned], known: Registered) -> Iterator[Fault]:
    """A candidate is taken over by the organ that has its name; a registered organ keeps what it has."""
    keys = {one.key for one in planned}
    first = {place: one.key for one in reversed(planned) for place in one.names}
    taken: dict[str, int] = {}
    for one in planned:
        line = one.entry.line
        for place, name in one.names.items():
            other = known.holders.get(place, one.key)
            if other == one.key or first[place] != one.key:
                continue
            if other not in known.candidates or other in keys:
                yield Fault(line, f"{name} is a name of {other}; take it from there, or leave it out here.")
            elif taken.setdefault(other, line) != line:
                yield Fault(
                    line, f"{name} means {other}, and so does a name in line {taken[other]}; keep one."
                )


def _superiors(planned: Sequence[Planned], known: Registered, keys: Set[str]) -> Iterator[Fault]:
    above = dict(known.superiors) | {one.key: one.entry.superior for one in planned}
    taken_over = _taken_over(planned, known)
    for one in planned:
        superior = one.entry.superior
        if superior in taken_over:
            sentence = (
                f"the superior {superior} is {taken_over[superior]} by one of its names; write that key."
            )
            yield Fault(one.entry.line, sentence)
        elif superior and superior not in above and superior not in keys:
            yield Fault(
                one.entry.line, f"there is no organ {superior} to be the superior; write the key of one."
            )
    lines = {one.key: one.entry.line for one in planned}
    for key in _in_circles(above):
        if key in lines:
            yield Fault(lines[key], f"{key} is above itself, by way of its superiors; correct one of them.")


def _taken_over(planned: Sequence[Planned], known: Registered) -> Mapping[str, str]:
    """The candidates that are no more afterwards, and what they are then."""
    held = ((known.holders.get(place, ""), one.key) for one in planned for place in one.names)
    staying = {one.key for one in planned}
    return {holder: key for holder, key in held if holder in known.candidates and holder not in staying}


def _in_circles(above: Mapping[str, str]) -> Iterator[str]:
    """The organs from which one gets back to them. Each is passed once only."""
    passed: dict[str, int] = {}
    for number, start in enumerate(above):
        trail: list[str] = []
        key = start
        while key and key in above and key not in passed:
            passed[key] = number
            trail.append(key)
            key = above[key]
        if key and passed.get(key) == number:
            yield from trail[trail.index(key) :]


def _portals(planned: Sequence[Planned], known: Registered) -> Iterator[Fault]:
    for one in planned:
        portal = one.entry.portal
        if portal and portal not in known.portals:
            sentence = (
                f"the portal {portal} is not in this database; crawl it first, or leave the cell empty."
            )
            yield Fault(one.entry.line, sentence)
