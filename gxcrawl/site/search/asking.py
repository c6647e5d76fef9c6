"""Asks the index for sections that hold all words, in a bounded time whatever the words are.

A word is rare, and all its sections are known to the index; or it is common, and is soon met in the reports
themselves, the newest first. What a common word and a narrow filter leave is found in that second way, too.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from gxcrawl.site.areas import IN_AREA, area_values
from gxcrawl.site.search.marking import Part, marked, pieces_of
from gxcrawl.store.search import phrases

PAGE = 20  # sections on a page
MOST = 1_000  # sections that somebody may turn to
RARE = 10_000  # sections with a word; more of them are not asked of the index
REPORTS = 6_000  # that are looked through for a common word

_HOLDING = f"SELECT rowid FROM section_search WHERE section_search MATCH ? LIMIT {RARE + 1}"
_KIND = "(:kind = '' OR organs.kind = :kind)"
_FIT = f"""
SELECT sections.id FROM json_each(:sections) AS found
CROSS JOIN sections ON sections.id = found.value CROSS JOIN reports ON reports.id = sections.report
LEFT JOIN organs ON organs.key = reports.organ_key
WHERE reports.current = 1 AND reports.same_as IS NULL AND (:year = 0 OR reports.year = :year)
  AND (:number = 0 OR sections.number = :number) AND (:area = '' OR {IN_AREA}) AND {_KIND}
ORDER BY reports.year DESC, reports.id DESC, sections.id LIMIT {MOST + 1}
"""
# Both out of an index alone.
_OF_ORGANS = f"""
SELECT reports.id FROM organs CROSS JOIN reports ON reports.organ_key = organs.key
WHERE {IN_AREA} AND {_KIND} AND (:year = 0 OR reports.year = :year)
ORDER BY reports.year DESC, reports.id DESC LIMIT :reports
"""
_OF_YEAR = "SELECT id FROM reports WHERE year = :year ORDER BY id DESC LIMIT :reports"
_OF_ALL = "SELECT id FROM reports ORDER BY year DESC, id DESC LIMIT :reports"
# In the order of the list, which ends as soon as there is enough.
_LOOKED_THROUGH = """
SELECT sections.id FROM json_each(:newest) AS newest
CROSS JOIN reports ON reports.id = newest.value CROSS JOIN sections ON sections.report = reports.id
WHERE reports.current = 1 AND reports.same_as IS NULL AND (:number = 0 OR sections.number = :number)
"""
_HITS = """
SELECT sections.id, reports.id, reports.title, organs.name, organs.key, reports.year, sections.heading,
  reports.status, sections.text
FROM json_each(?) AS chosen CROSS JOIN sections ON sections.id = chosen.value
CROSS JOIN reports ON reports.id = sections.report LEFT JOIN organs ON organs.key = reports.organ_key
ORDER BY chosen.key
"""


class Wanted(NamedTuple):
    q: str
    year: int = 0  # any
    area: str = ""
    kind: str = ""
    section: int = 0  # any
    page: int = 1


class Hit(NamedTuple):
    section: int
    report: int
    title: str
    organ: str | None
    key: str | None
    year: int | None
    heading: str
    status: str
    parts: Sequence[Part]


class Found(NamedTuple):
    hits: list[Hit]
    total: int
    more: bool  # there are more than can be turned to
    looked: int | None  # reports that were looked through, where these are not all that fit


def search_of(connection: sqlite3.Connection, wanted: Wanted) -> Found:
    values = {**wanted._asdict(), **area_values(wanted.area), "number": wanted.section}
    sections = [section for (section,) in connection.execute(_HOLDING, (phrases(wanted.q),))]
    looked = None
    if len(sections) > RARE:
        fit, looked = _looked_through(connection, wanted, values)
    else:
        rows = connection.execute(_FIT, {**values, "sections": json.dumps(sections)})
        fit = [section for (section,) in rows]
    shown = fit[:MOST][(wanted.page - 1) * PAGE :][:PAGE]
    hits = _hits(connection, shown, pieces_of(wanted.q))
    return Found(hits, min(len(fit), MOST), len(fit) > MOST, looked if len(fit) <= MOST else None)


def _looked_through(
    connection: sqlite3.Connection, wanted: Wanted, values: dict[str, object]
) -> tuple[list[int], int | None]:
    """Sections out of the newest reports that fit; and how many these are, where more would fit."""
    query = _OF_ORGANS if wanted.area or wanted.kind else _OF_YEAR if wanted.year else _OF_ALL
    newest = [report for (report,) in connection.execute(query, {**values, "reports": REPORTS})]
    held, named = [], {}
    for number, piece in enumerate(pieces_of(wanted.q)):
        text, named[f"piece{number}"] = "sections.text", piece
        if piece.lower() != piece.upper():  # the index knows no capitals
            text, named[f"piece{number}"] = "lower(sections.text)", piece.lower()
        held.append(f"AND instr({text}, :piece{number})")
    found = connection.execute(
        f"{_LOOKED_THROUGH} {' '.join(held)} LIMIT {MOST + 1}",
        {**values, **named, "newest": json.dumps(newest)},
    )
    return [section for (section,) in found], REPORTS if len(newest) == REPORTS else None


def _hits(connection: sqlite3.Connection, sections: list[int], pieces: list[str]) -> list[Hit]:
    rows = connection.execute(_HITS, (json.dumps(sections),))
    return [Hit._make((*row, marked(text, pieces))) for *row, text in rows]
