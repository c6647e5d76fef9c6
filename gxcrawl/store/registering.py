"""A table of organs is taken into the registry: all of it, or nothing where something is wrong with it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from gxcrawl.registry.kinds import kind_of, level_of
from gxcrawl.registry.names import Place
from gxcrawl.registry.table import Fault, Table
from gxcrawl.store.moving import look_again, move_organ
from gxcrawl.store.organs import holder
from gxcrawl.store.planning import Planned, plan

_COLUMNS = ("name", "kind", "level", "code", "core", "status", "valid_from", "valid_to")
_OLD = f"SELECT {', '.join(_COLUMNS)}, coalesce(superior, ''), portal FROM organs WHERE key = ?"
_SUPERIOR = "UPDATE organs SET superior = :superior WHERE key = :key AND superior IS NOT :superior"
_ADD = (
    f"INSERT INTO organs (key, {', '.join(_COLUMNS)}, portal, scope, source, first_seen)"
    f" VALUES (?, {', '.join('?' * len(_COLUMNS))}, ?, '', ?, ?)"
)
_CHANGE = (
    f"UPDATE organs SET {', '.join(f'{name} = ?' for name in _COLUMNS)}, portal = ?, source = ? WHERE key = ?"
)
_NAME = (
    "INSERT INTO organ_names (code, core, organ, name, kind) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (code, core) DO UPDATE"
    " SET organ = excluded.organ, name = excluded.name, kind = excluded.kind"
    " WHERE (organ, name, kind) <> (excluded.organ, excluded.name, excluded.kind)"
)


class TableError(ValueError):
    """What is wrong with a table. Nothing of it was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


class Imported(NamedTuple):
    """Numbers of organs."""

    new: int
    changed: int
    same: int
    taken_over: int  # candidates that turned out to be one of them


def import_organs(connection: sqlite3.Connection, table: Table, source: str, when: str) -> Imported:
    planned, faults = plan(connection, table)
    if faults:
        raise TableError(faults)
    counts = Counter(_register(connection, one, source, when) for one in planned)
    taken_over = sum(_take_names(connection, one) for one in planned)
    for one in planned:  # after all of them: a superior may stand further down
        connection.execute(_SUPERIOR, {"superior": one.entry.superior or None, "key": one.key})
    return Imported(counts["new"], counts["changed"], counts["same"], taken_over)


def _register(connection: sqlite3.Connection, one: Planned, source: str, when: str) -> str:
    """Returns whether it is new, changed or the same. What is the same is left alone: it needs no check."""
    entry, key = one.entry, one.key
    kind = entry.kind or kind_of(one.place.core)
    level = entry.level or level_of(one.place.code, kind)
    days = (entry.valid_from or None, entry.valid_to or None)
    told = (entry.name, kind, level, *one.place, "registered", *days)
    old = connection.execute(_OLD, (key,)).fetchone()
    if old is None:
        connection.execute(_ADD, (key, *told, entry.portal or None, source, when))
        return "new"
    portal = entry.portal or old[-1]
    if old == (*told, entry.superior, portal):
        return "same"
    connection.execute(_CHANGE, (*told, portal, source, key))
    look_again(connection, key)
    return "changed"


def _take_names(connection: sqlite3.Connection, one: Planned) -> int:
    """Returns how many candidates had one of its names, and are no more."""
    taken = 0
    for place in one.names:
        other = holder(connection, place)
        if other is not None and other != one.key:
            move_organ(connection, other, one.key)
            taken += 1
    connection.execute(
        "UPDATE organ_names SET kind = 'alias' WHERE organ = ? AND kind = 'full' AND (code, core) <> (?, ?)",
        (one.key, *one.place),
    )
    _write_name(connection, one.key, one.place, one.entry.name, "full")
    for place, name in one.aliases.items():
        _write_name(connection, one.key, place, name, "alias")
    return taken


def _write_name(connection: sqlite3.Connection, key: str, place: Place, name: str, kind: str) -> None:
    connection.execute(_NAME, (*place, key, name, kind))
