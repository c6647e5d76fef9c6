"""The pages that organs wait for: nobody knows whose report they hold, or of which year."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from gxcrawl.review.portals import Unread, view_of
from gxcrawl.store.organs import known_organ

_PORTALS = "SELECT id FROM portals ORDER BY id"
_UNKNOWN = "SELECT year, reason, count(*) FROM duties WHERE status = 'unknown' GROUP BY year, reason"

Waiting = Mapping[str, Counter[int]]  # address of the page that is the reason -> year -> duties


class Unnamed(NamedTuple):
    portal: str
    page: Unread
    waiting: int  # duties that are unknown because of pages like this one


def unnamed(connection: sqlite3.Connection, today: date) -> list[Unnamed]:
    """Those for which most duties wait first."""
    waiting = _waiting(connection)
    portals = [row[0] for row in connection.execute(_PORTALS)]
    found = [one for portal in portals for one in _on(connection, portal, today, waiting)]
    return sorted(found, key=lambda one: (-one.waiting, one.portal, one.page.url))


def _on(connection: sqlite3.Connection, portal: str, today: date, waiting: Waiting) -> Iterator[Unnamed]:
    view = view_of(connection, portal, today, lambda name, area: known_organ(connection, name, area))
    pages = [page for page in view.unread if page.organ is None or page.year is None]
    nobodys = sum((waiting[page.url] for page in pages if page.organ is None), Counter[int]())
    for page in pages:
        years = nobodys if page.organ is None else waiting[page.url]
        yield Unnamed(portal, page, sum(count for year, count in years.items() if page.may_be_of(year)))


def _waiting(connection: sqlite3.Connection) -> Waiting:
    """A duty tells one such page, whichever comes first, at the end of its reason."""
    waiting: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for year, reason, count in connection.execute(_UNKNOWN):
        waiting[reason.partition("：")[2]][year] += count
    return waiting
