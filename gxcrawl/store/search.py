"""Search in the texts of reports. Each Chinese character is indexed as a word of its own.

That finds words of two characters, which the tokenizers of SQLite do not.
"""

from __future__ import annotations

import re
import sqlite3

MOST = 200  # characters of a query; nobody looks for more of a text at once
RANKED = 10_000  # sections, the newest ones: all of them hold a word like 公开

# Of all planes: names of places are written with rare characters, too.
_CHINESE = re.compile("([\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)")
_UNSAFE = re.compile('["\0\ud800-\udfff]')  # they would end the phrase, the query, or the command

# Sections of every version; whoever searches says which versions are wanted.
INDEX = "INSERT INTO section_search (rowid, text) VALUES (?, ?)"
_FOUND = f"""
SELECT sections.id FROM (
  SELECT rowid AS section, rank AS distance FROM section_search WHERE section_search MATCH ?
  ORDER BY rowid DESC LIMIT {RANKED}
)
JOIN sections ON sections.id = section
JOIN reports ON reports.id = sections.report
WHERE reports.current = 1 ORDER BY distance LIMIT ?
"""


def spaced(text: str) -> str:
    """The text as it is indexed: blanks between Chinese characters, all else as it is.

    What was indexed can only be taken out with the very same words, so a change here needs a migration that
    fills the index anew.
    """
    parts = _CHINESE.split(text)  # every second one is Chinese
    parts[1::2] = map(" ".join, parts[1::2])
    return " ".join(parts)


def words_of(query: str) -> list[str]:
    """The words out of anything that people type."""
    return _UNSAFE.sub(" ", query[:MOST]).split()


def phrases(query: str) -> str:
    """A query of FTS5: all words of it, each as it is written."""
    return " ".join(f'"{spaced(word).strip()}"' for word in words_of(query)) or '""'


def search(connection: sqlite3.Connection, query: str, limit: int = 50) -> list[int]:
    """Sections of current reports that hold the words, the best first."""
    return [section for (section,) in connection.execute(_FOUND, (phrases(query), limit))]


def fill(connection: sqlite3.Connection) -> None:
    """Index the texts that are there."""
    sections = connection.execute("SELECT id, text FROM sections")
    connection.executemany(INDEX, ((section, spaced(text)) for section, text in sections))


def forget(connection: sqlite3.Connection, report: int) -> None:
    """Take the sections of a report out of the index; they must still be there."""
    told = connection.execute("SELECT id, text FROM sections WHERE report = ?", (report,)).fetchall()
    connection.executemany(
        "INSERT INTO section_search (section_search, rowid, text) VALUES ('delete', ?, ?)",
        ((section, spaced(text)) for section, text in told),
    )
