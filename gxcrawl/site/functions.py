"""What queries on the pages may use besides the functions of SQLite."""

from __future__ import annotations

import sqlite3

from datasette.utils import escape_fts

from gxcrawl.registry.areas import lies_in
from gxcrawl.store.search import spaced


def register(connection: sqlite3.Connection) -> None:
    connection.create_function("lies_in", 2, lies_in, deterministic=True)
    # Datasette's own box for searching asks for this name; the index has each Chinese character as a word.
    connection.create_function("escape_fts", 1, lambda query: spaced(escape_fts(query)), deterministic=True)
