"""The rows that a bundle's database keeps of its records, read only."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

FILE = "bundle.db"

_QUERY = """
SELECT r.id, r.url, r.method, COALESCE(f.body, '') AS body, r.sha256, r.revisit,
       r.warc, r."offset", r.record_length
FROM responses AS r LEFT JOIN frontier AS f ON f.id = r.task AND f.method = r.method
WHERE r.warc <> '' ORDER BY r.id
"""


class Row(NamedTuple):
    id: int
    url: str
    method: str
    body: str  # of the request
    sha256: str
    revisit: int
    warc: str
    offset: int
    record_length: int


def has_rows(folder: Path) -> bool:
    return (folder / FILE).is_file()


def rows_of(folder: Path) -> Generator[Row, None, None]:
    """All rows in their order. sqlite3.Error: the file is no database of a bundle."""
    address = f"{(folder / FILE).resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        yield from map(Row._make, connection.execute(_QUERY))
