"""What later versions of a page's report say differently."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from gxcrawl.checks.across.model import Changed
from gxcrawl.clock import day_of
from gxcrawl.model import Number
from gxcrawl.store.packing import values_of
from gxcrawl.store.source import BY_HAND

# Words by which a publisher says that a report was put right.
ANNOUNCED = re.compile("更正|勘误|订正|修正说明|重新公布|重新发布|更新说明|修订说明")
_PAGES = """
SELECT page FROM reports WHERE organ_key = ? AND year = ? GROUP BY page HAVING count(*) > 1
"""
_OF_PAGE = """
SELECT reports.id, reports.first_seen, reports.title, reports.error, readings.list, readings.vals,
  readings.reader
FROM reports JOIN readings ON readings.report = reports.id JOIN runs ON runs.id = reports.run
WHERE reports.page = ? AND reports.year = ? AND runs.verdict <> ? ORDER BY reports.version
"""


class _Version(NamedTuple):
    report: int
    first_seen: str
    title: str
    error: str
    list: int | None
    vals: str
    reader: str


def changes_of(connection: sqlite3.Connection, organ: str, year: int) -> Iterator[Changed]:
    """Each version against the one before it. What we could not read tells nothing, nor what a mail said."""
    for (page,) in connection.execute(_PAGES, (organ, year)).fetchall():
        versions = [_Version(*row) for row in connection.execute(_OF_PAGE, (page, year, BY_HAND))]
        readable = [version for version in versions if not version.error]
        for before, now in pairwise(sorted(readable, key=lambda version: version.first_seen)):
            if before.reader != now.reader:
                continue  # what differs may be our reading
            old, new = _texts(connection, before.report), _texts(connection, now.report)
            announced = bool(ANNOUNCED.search(now.title) or any(map(ANNOUNCED.search, new.values())))
            cells = tuple(_cells(_values(connection, before), _values(connection, now)))
            sections = tuple(
                number for number in sorted({*old, *new}) if _bare(old, number) != _bare(new, number)
            )
            if cells or sections:
                day = day_of(now.first_seen)
                yield Changed(now.report, before.report, day, cells, sections, announced)


def _bare(texts: dict[int, str], number: int) -> str:
    return "".join(texts.get(number, "").split())


def _cells(
    before: dict[str, Number | None], now: dict[str, Number | None]
) -> Iterator[tuple[str, Number | None, Number | None]]:
    """A number that one of the two readings does not have may be our reading, not their change."""
    for name, old in before.items():
        new = now.get(name)
        if old is not None and new is not None and old != new:
            yield name, old, new


def _values(connection: sqlite3.Connection, version: _Version) -> dict[str, Number | None]:
    query = "SELECT id FROM cell_names WHERE list = ? ORDER BY position"
    names = [row[0] for row in connection.execute(query, (version.list,))]
    return dict(zip(names, values_of(version.vals), strict=True))


def _texts(connection: sqlite3.Connection, report: int) -> dict[int, str]:
    query = "SELECT number, text FROM sections WHERE report = ? ORDER BY id"
    texts: dict[int, str] = {}
    for number, text in connection.execute(query, (report,)):
        texts[number] = texts.get(number, "") + text
    return texts
