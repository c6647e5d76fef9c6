"""What a person said of a page that does not say itself whose report it holds, or of which year."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

_WORD = "SELECT organ, year FROM page_organs WHERE page = ?"


class Word(NamedTuple):
    organ: str | None  # key; None: it is no report, or nobody's
    year: int | None = None  # None: the report says it


class Whose(NamedTuple):
    """Key of an organ, and a year, as far as they are known."""

    organ: str | None
    year: int | None


def word_on(connection: sqlite3.Connection, page: int) -> Word | None:
    row = connection.execute(_WORD, (page,)).fetchone()
    return Word(*row) if row else None


def completed(connection: sqlite3.Connection, page: int, said: Whose) -> Whose:
    """What a report does not say, as a person said it. A report that names another organ is left as it is."""
    if None not in said:
        return said
    word = word_on(connection, page)
    if word is None or word.organ is None or said.organ not in (None, word.organ):
        return said
    return Whose(word.organ, said.year or word.year)


def own_year(connection: sqlite3.Connection, page: int, year: int | None) -> int | None:
    """A year without the word of a person."""
    word = word_on(connection, page)
    return None if word and word.year == year else year
