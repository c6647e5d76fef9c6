"""What queries may use besides the functions of SQLite, and how much strangers may ask of those."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from datasette.utils import escape_fts

from gxcrawl.registry.areas import lies_in
from gxcrawl.store.search import spaced

# Everybody may ask in SQL. No limit of time ends a single function, and some take the square of a length.
LONGEST = 500_000  # bytes of a text or a row
LONGEST_PATTERN = 1_000  # bytes, of LIKE and GLOB
UNLIMITED = 10**9  # what SQLite itself can hold


def register(connection: sqlite3.Connection) -> None:
    connection.create_function("lies_in", 2, lies_in, deterministic=True)
    # Datasette's own box for searching asks for this name; the index has each Chinese character as a word.
    connection.create_function("escape_fts", 1, lambda query: spaced(escape_fts(query)), deterministic=True)


def restrain(connection: sqlite3.Connection) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LONGEST_PATTERN)
    for name, strip in {"trim": str.strip, "ltrim": str.lstrip, "rtrim": str.rstrip}.items():
        connection.create_function(name, 2, _of_texts(strip), deterministic=True)


@contextmanager
def unrestrained(connection: sqlite3.Connection) -> Iterator[None]:
    """For our own questions: a section may be longer than what strangers may ask for."""
    before = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, UNLIMITED)
    try:
        yield
    finally:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, before)


def _of_texts(strip: Callable[[str, str], str]) -> Callable[[str | None, str | None], str | None]:
    """Those of SQLite look at every sign to be taken away for every sign of the text."""
    return lambda text, signs: None if text is None or signs is None else strip(text, signs)
