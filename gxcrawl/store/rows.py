"""Rows into tables, many at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from itertools import chain


def insert(
    connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, object]], clause: str = ""
) -> None:
    """Rows that all have the same columns; `clause` says what to do about those that are there."""
    rest = iter(rows)
    first = next(rest, None)
    if first is None:
        return
    names, marks = ", ".join(f'"{name}"' for name in first), ", ".join("?" * len(first))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks}) {clause}"
    connection.executemany(statement, ([*row.values()] for row in chain([first], rest)))


def highest(connection: sqlite3.Connection, table: str) -> int:
    """The highest id that is taken."""
    number: int = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
    return number


def kept(row: sqlite3.Row, columns: Iterable[str]) -> dict[str, object]:
    return {name: row[name] for name in columns}
