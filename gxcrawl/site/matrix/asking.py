"""Asks the database for the organs of the matrix and their duties."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from gxcrawl.duties.words import status_words
from gxcrawl.site.areas import IN_AREA, area_values

PAGE = 100  # organs on a page

_CHOSEN = f"""
{IN_AREA} AND (:kind = '' OR organs.kind = :kind) AND (:name = '' OR instr(organs.name, :name) > 0)
"""
_OWING = "EXISTS (SELECT 1 FROM duties WHERE organ = organs.key)"
_IN_STATUS = "EXISTS (SELECT 1 FROM duties WHERE organ = organs.key AND year = :year AND status = :status)"
_COUNT = f"SELECT count(*) FROM organs WHERE {_CHOSEN} AND {_OWING}"
_ORGANS = f"""
SELECT organs.key, organs.name, organs.kind, organs.code, organs.status FROM organs
WHERE {_CHOSEN} AND {{condition}}
ORDER BY organs.code, organs.name, organs.key LIMIT {PAGE} OFFSET :skipped
"""
_DUTIES = """
SELECT organ, year, status, days, due, published, reason, report FROM duties
WHERE organ IN (SELECT value FROM json_each(?)) ORDER BY organ, year
"""
# Cross: the organs first, which are fewer. Of all organs an index of the duties alone tells.
_SUMMARY = f"""
SELECT duties.status, count(*) FROM organs CROSS JOIN duties ON duties.organ = organs.key
WHERE {_CHOSEN} AND duties.year = :year GROUP BY 1
"""
_SUMMARY_OF_ALL = "SELECT status, count(*) FROM duties WHERE year = :year GROUP BY 1"


class Wanted(NamedTuple):
    area: str = ""
    kind: str = ""
    name: str = ""
    status: str = ""  # in that year
    year: int = 0
    page: int = 1


class Organ(NamedTuple):
    key: str
    name: str
    kind: str
    code: str
    status: str


class Cell(NamedTuple):
    status: str
    letter: str
    words: str
    due: str
    reason: str
    report: int | None


class Matrix(NamedTuple):
    organs: list[Organ]
    years: list[int]
    cells: Mapping[tuple[str, int], Cell]
    total: int  # organs on all pages
    summary: Mapping[str, int]  # status -> so many organs, in the year asked for


def matrix_of(connection: sqlite3.Connection, wanted: Wanted) -> Matrix:
    values = {**wanted._asdict(), **area_values(wanted.area), "skipped": (wanted.page - 1) * PAGE}
    chosen = _ORGANS.format(condition=_IN_STATUS if wanted.status else _OWING)
    organs = [Organ(*row) for row in connection.execute(chosen, values)]
    cells, years = _cells(connection, organs)
    counted = _SUMMARY if wanted.area or wanted.kind or wanted.name else _SUMMARY_OF_ALL
    found = dict(connection.execute(counted, values).fetchall())
    summary = {status: found[status] for status in status_words() if status in found}
    total = summary.get(wanted.status, 0)
    if not wanted.status:
        total = connection.execute(_COUNT, values).fetchone()[0]
    return Matrix(organs, years, cells, total, summary)


def _cells(
    connection: sqlite3.Connection, organs: list[Organ]
) -> tuple[Mapping[tuple[str, int], Cell], list[int]]:
    cells: dict[tuple[str, int], Cell] = {}
    years: defaultdict[int, int] = defaultdict(int)
    keys = json.dumps([organ.key for organ in organs])
    for organ, year, status, days, due, published, reason, report in connection.execute(_DUTIES, (keys,)):
        word = status_words()[status]
        cells[organ, year] = Cell(
            status, word.letter, word.with_days(days, due, published), due, reason, report
        )
        years[year] += 1
    return cells, sorted(years)
