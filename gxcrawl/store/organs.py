"""The organs that were met. Whether a candidate is one that is known already is for people to say."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class Sighting(NamedTuple):
    """A name under which an organ reported, and where."""

    name: str
    code: str  # division code of the area
    scope: str  # of the list that showed it: 部门, 镇街 ...
    portal: str
    when: str


def candidate(connection: sqlite3.Connection, met: Sighting) -> str:
    """The organ's key: its area and its name. A bare name says too little, twelve organs may share it."""
    key = f"{met.code or met.portal}:{met.name}"
    connection.execute(
        "INSERT INTO organs (key, name, code, scope, portal, status, first_seen, kind, level, core, source)"
        " VALUES (?, ?, ?, ?, ?, 'candidate', ?, '', '', '', 'crawl')"
        " ON CONFLICT (key) DO UPDATE SET first_seen = min(first_seen, excluded.first_seen)",
        (key, *met),
    )
    return key
