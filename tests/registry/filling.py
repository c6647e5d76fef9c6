"""Rows of a database, of which a test says only what matters to it."""

from __future__ import annotations

import sqlite3
from typing import Any

from gxcrawl.store.organs import Sighting


def add(connection: sqlite3.Connection, table: str, **said: object) -> None:
    """A row; what it does not say is empty."""
    row = {
        name: 0 if kind == "INTEGER" else ""
        for _, name, kind, must, default, key in connection.execute(f"PRAGMA table_info({table})")
        if must and default is None and not (key and kind == "INTEGER")
    } | said
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
    connection.execute(statement, tuple(row.values()))


def add_portal(connection: sqlite3.Connection, name: str, code: str, called: str) -> None:
    add(connection, "portals", id=name, code=code, name=called, hosts="[]", entry="{}")


def rows(connection: sqlite3.Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    return connection.execute(query, values).fetchall()


def lines(connection: sqlite3.Connection, query: str) -> list[str]:
    """The rows, each in one line; - is null."""
    return [
        " ".join("-" if value is None else str(value) for value in row) for row in rows(connection, query)
    ]


def met(
    name: str, *, code: str = "990101", portal: str = "shili", called: str = "示例县人民政府"
) -> Sighting:
    return Sighting(name, code, "部门", portal, "2026-01-05T08:00:00+00:00", called)
