"""What the last check rested on: when that is another thing now, more has to be judged again."""

from __future__ import annotations

import sqlite3


def read_state(connection: sqlite3.Connection, name: str) -> str:
    """ "" where nothing was noted yet."""
    row = connection.execute("SELECT value FROM review_state WHERE name = ?", (name,)).fetchone()
    return row[0] if row else ""


def write_state(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO review_state (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
