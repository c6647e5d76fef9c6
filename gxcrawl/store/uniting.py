"""Organs of an older database, which knew one organ under each of its names, become one each."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from gxcrawl.registry.kinds import kind_of, level_of
from gxcrawl.registry.names import Place, place_of, tidy
from gxcrawl.store.organs import locality_in

_OLD = """
SELECT organs.key, organs.name, coalesce(nullif(organs.code, ''), organs.portal), organs.scope, organs.portal,
  organs.source, organs.first_seen, portals.name
FROM organs JOIN portals ON portals.id = organs.portal ORDER BY organs.first_seen, organs.key
"""
_ADD = """
INSERT INTO organs (key, name, kind, level, code, core, scope, portal, status, source, first_seen)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'candidate', ?, ?)
"""


def unite_organs(connection: sqlite3.Connection) -> None:
    """Foreign keys are off in a migration: all organs go, and come back with what they have in common."""
    groups: defaultdict[Place, list[tuple[str, ...]]] = defaultdict(list)
    for key, name, area, scope, portal, source, first_seen, portal_name in connection.execute(
        _OLD
    ).fetchall():
        place = place_of(name, locality_in(connection, area, (portal_name,)))
        groups[place].append((key, name, scope, portal, source, first_seen))
    connection.execute("DELETE FROM organs")
    for place, members in groups.items():
        new_key = f"{place.code}:{place.core}"
        _, _, scope, portal, source, first_seen = members[0]
        name = max((member[1] for member in members), key=lambda name: len(tidy(name)))
        kind = kind_of(place.core)
        level = level_of(place.code, kind)
        row = (new_key, name, kind, level, *place, scope, portal, source, first_seen)
        connection.execute(_ADD, row)
        connection.execute(
            "INSERT INTO organ_names VALUES (?, ?, ?, ?, 'met')", (*place, new_key, members[0][1])
        )
        renamed = [(new_key, member[0]) for member in members if member[0] != new_key]
        connection.executemany("UPDATE reports SET organ_key = ? WHERE organ_key = ?", renamed)
