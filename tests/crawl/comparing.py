"""Two databases held against each other: all tables, but for what differs from run to run."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

# Times, numbers that only link tables, and where a record lies in the archive.
PASSING = {
    *("id", "run", "response", "number", "folder", "requests", "started", "finished", "fetched"),
    *("first_seen", "last_seen", "last_asked", "warc", "offset", "record_length", "revisit", "length"),
}
# Ids, told by what they stand for.
NAMES = {
    "report": "SELECT reports.id, pages.portal || pages.key || '#' || version FROM reports"
    " JOIN pages ON pages.id = page",
    "page": "SELECT id, portal || key FROM pages",
    "listing": "SELECT id, url || scope FROM listings",
    "cells": "SELECT id, digest FROM cell_sets",
    "list": "SELECT id, digest FROM cell_lists",
    "layout": "SELECT id, digest FROM cell_layouts",
}
ALIASES = {"same_as": "report", "parent": "page", "first_listing": "listing"}
# An answer that was under way when the crawl was killed is archived twice, robots.txt once for each start.
REPEATABLE = {"responses"}


def contents(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table and view as sorted rows without what is passing."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
            if not row[0].startswith(("sqlite_", "_"))
        ]
        names = {name: dict(map(tuple, connection.execute(query))) for name, query in NAMES.items()}
        return {
            table: _rows(
                connection, table, {} if table == "runs" else names
            )  # which has counts by such names
            for table in tables
        }


def _rows(
    connection: sqlite3.Connection, table: str, names: dict[str, dict[int, str]]
) -> list[tuple[object, ...]]:
    made = []
    columns = [row["name"] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608
        values = []
        for column in columns:
            kind = ALIASES.get(column, column)
            if column in PASSING and not (table == "sections" and column == "number"):
                continue
            values.append(
                (column, names[kind].get(row[column], row[column]) if kind in names else row[column])
            )
        made.append(tuple(values))
    return sorted(set(made) if table in REPEATABLE else made, key=repr)
