"""The cells that a finding rests on: the same ones again and again, so each set is stored once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from gxcrawl.store.packing import digest


def cell_set(connection: sqlite3.Connection, cells: Sequence[str]) -> int | None:
    """The id of a set; None for no cells."""
    if not cells:
        return None
    mark = digest(["cell_sets", json.dumps(list(cells)), *cells])
    found = connection.execute("SELECT id FROM cell_sets WHERE digest = ?", (mark,)).fetchone()
    if found:
        return int(found[0])
    statement = "INSERT INTO cell_sets (digest, cells) VALUES (?, ?)"
    return connection.execute(statement, (mark, json.dumps(list(cells)))).lastrowid
