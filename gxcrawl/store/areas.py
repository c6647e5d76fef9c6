"""The areas that are listed, for whoever looks into the database."""

from __future__ import annotations

import sqlite3

from gxcrawl.registry.areas import areas

_WRITE = """
INSERT INTO areas (code, name, level, parent, source, as_of) VALUES (?, ?, ?, nullif(?, ''), ?, ?)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level, parent = excluded.parent,
  source = excluded.source, as_of = excluded.as_of
"""


def write_areas(connection: sqlite3.Connection) -> None:
    """As this version of gxcrawl knows them."""
    connection.executemany(_WRITE, areas().values())
