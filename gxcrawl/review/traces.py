"""What the pages around a report say: whose it is, what hangs on it, and which links lead nowhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from gxcrawl.checks.across.model import Page
from gxcrawl.pages.titles import title_facts
from gxcrawl.review.sights import Standing
from gxcrawl.store.organs import known_organ
from gxcrawl.store.source import BY_HAND

# Gone for two healthy runs, and still in a list that the latest of them read.
_DEAD = """
SELECT DISTINCT pages.url FROM reports
JOIN pages ON pages.id = reports.page
JOIN listings ON listings.id = pages.listing
WHERE reports.organ_key = ? AND reports.year = ? AND pages.status = 'gone'
  AND listings.run = (
    SELECT id FROM runs WHERE portal = pages.portal AND verdict = 'healthy'
    ORDER BY started DESC, id DESC LIMIT 1
  )
"""


def dead_links(connection: sqlite3.Connection, organ: str, year: int) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.execute(_DEAD, (organ, year)))


def listed_name(connection: sqlite3.Connection, here: Sequence[Standing]) -> str:
    """The organ that the list's own title names."""
    for standing in here:
        row = connection.execute("SELECT title FROM pages WHERE id = ?", (standing.page,)).fetchone()
        if name := title_facts(row[0]).organ:
            return name
    return ""


_PAGE = """
SELECT reports.carrier, reports.attachments, EXISTS (SELECT 1 FROM sections WHERE report = reports.id),
  readings.form IS NOT NULL
FROM reports JOIN runs ON runs.id = reports.run LEFT JOIN readings ON readings.report = reports.id
WHERE reports.id = ? AND runs.verdict <> ?
"""
_REGISTERED = "SELECT name FROM organs WHERE key = ? AND status = 'registered'"


def page_of(connection: sqlite3.Connection, report: int | None) -> Page | None:
    """What the page of a report holds; None for what a person put in, which says nothing of the page."""
    row = connection.execute(_PAGE, (report, BY_HAND)).fetchone()
    if row is None:
        return None
    carrier, attachments, has_text, has_tables = row
    files = tuple(str(file.get("url", "")) for file in json.loads(attachments))
    return Page(report or 0, carrier, files, bool(has_text), bool(has_tables))


def figures_of(connection: sqlite3.Connection, here: Sequence[Standing]) -> dict[int, str]:
    """Report -> the same text for those with the same numbers."""
    query = "SELECT vals FROM readings WHERE report = ? AND form IS NOT NULL"
    found = ((one.sight.report, connection.execute(query, (one.sight.report,)).fetchone()) for one in here)
    return {report: str(row[0]) for report, row in found if row}


def foreign_organ(connection: sqlite3.Connection, organ: str, code: str, names: Iterable[str]) -> str:
    """Another registered organ of the area that has one of these names."""
    for name in filter(None, names):
        key = known_organ(connection, name, code)
        if key and key != organ and (row := connection.execute(_REGISTERED, (key,)).fetchone()):
            return str(row[0])
    return ""
