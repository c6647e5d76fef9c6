"""The pages that organs wait for: nobody knows whose report they hold, or of which year."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from gxcrawl.clock import day_of
from gxcrawl.review.portals import Unread, view_of
from gxcrawl.store.organs import known_organ

_PORTALS = "SELECT id FROM portals ORDER BY id"
_UNKNOWN = "SELECT year, reason, count(*) FROM duties WHERE status = 'unknown' GROUP BY year, reason"

# A person named another organ than a later version names itself, or said that the page is nobody's.
_CONTRADICTED = """
SELECT reports.portal, reports.url, reports.title, reports.organ_key, reports.year,
  coalesce(reports.published, reports.list_day), reports.first_seen, coalesce(told.organ, '')
FROM page_organs AS told JOIN reports ON reports.page = told.page AND reports.current = 1
WHERE reports.organ_key IS NOT told.organ AND reports.organ_key IS NOT NULL
"""

Waiting = Mapping[str, Counter[int]]  # address of the page that is the reason -> year -> duties


class Unnamed(NamedTuple):
    portal: str
    page: Unread
    waiting: int  # duties that are unknown because of pages like this one
    told: str | None = None  # organ that a person named, "" for nobody, where the report names another


def unnamed(connection: sqlite3.Connection, today: date) -> list[Unnamed]:
    """Those for which most duties wait first."""
    waiting = _waiting(connection)
    portals = [row[0] for row in connection.execute(_PORTALS)]
    found = [one for portal in portals for one in _on(connection, portal, today, waiting)]
    found += _contradicted(connection)
    return sorted(found, key=lambda one: (-one.waiting, one.portal, one.page.url))


def _on(connection: sqlite3.Connection, portal: str, today: date, waiting: Waiting) -> Iterator[Unnamed]:
    view = view_of(connection, portal, today, lambda name, area: known_organ(connection, name, area))
    pages = [page for page in view.unread if page.organ is None or page.year is None]
    nobodys = sum((waiting[page.url] for page in pages if page.organ is None), Counter[int]())
    for page in pages:
        years = nobodys if page.organ is None else waiting[page.url]
        yield Unnamed(portal, page, sum(count for year, count in years.items() if page.may_be_of(year)))


def _contradicted(connection: sqlite3.Connection) -> Iterator[Unnamed]:
    """Here the report counts, and the person has to know."""
    for portal, url, title, organ, year, day, first_seen, told in connection.execute(_CONTRADICTED):
        printed = date.fromisoformat(day) if day else None
        yield Unnamed(portal, Unread(url, title, organ, year, printed, day_of(first_seen)), 0, told)


def _waiting(connection: sqlite3.Connection) -> Waiting:
    """A duty tells one such page, whichever comes first, at the end of its reason."""
    waiting: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for year, reason, count in connection.execute(_UNKNOWN):
        waiting[reason.partition("：")[2]][year] += count
    return waiting
