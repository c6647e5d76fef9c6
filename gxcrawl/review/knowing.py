"""Everything that bears on one organ and year, brought together from the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from gxcrawl.duties.deadlines import Rule, deadline
from gxcrawl.duties.model import Basis, Known
from gxcrawl.review.doubts import doubts_of
from gxcrawl.review.organs import Organ
from gxcrawl.review.portals import PortalView, Resolve, view_of
from gxcrawl.review.sights import Standing
from gxcrawl.store.source import BY_HAND

FOREVER = 9999  # a year for which every look counts
_REPORTING = """
SELECT organs.key, organs.name, organs.core, organs.status, json_group_array(DISTINCT other.year)
FROM organs JOIN reports ON reports.organ_key = organs.key AND reports.year = ?
JOIN reports AS other ON other.organ_key = organs.key
WHERE organs.code = ? GROUP BY organs.key
"""
_ASSIGNED = "SELECT portal FROM page_organs JOIN pages ON pages.id = page_organs.page WHERE organ = ?"


class Named(NamedTuple):
    """An organ that reported for a year, and all years for which it did."""

    key: str
    name: str
    core: str
    registered: bool
    years: frozenset[int]


@dataclass
class Knowledge:
    """What several organs of one check share, asked of the database once."""

    connection: sqlite3.Connection
    rules: Sequence[Rule]
    today: date
    resolve: Resolve
    views: dict[str, PortalView] = field(default_factory=dict)
    reporting: dict[tuple[str, int], list[Named]] = field(default_factory=dict)
    areas: dict[str, list[str]] = field(default_factory=dict)  # code -> portals

    def view(self, portal: str) -> PortalView:
        if portal not in self.views:
            self.views[portal] = view_of(self.connection, portal, self.today, self.resolve)
        return self.views[portal]

    def portals_of(self, organ: Organ, years: Mapping[int, Sequence[Standing]]) -> list[str]:
        """Where a report of it would stand."""
        seen = {one.sight.portal for found in years.values() for one in found}
        seen |= {organ.portal} if organ.portal else set()
        seen |= {row[0] for row in self.connection.execute(_ASSIGNED, (organ.key,))}
        crawled = {portal for portal in seen if self.view(portal).runs}
        of_area = self.portals_in(organ.code)
        # Nobody knows what stands on a portal of the area that cannot be looked at.
        unseen = {portal for portal in of_area if not self.view(portal).cover(FOREVER).healthy}
        return sorted(crawled | unseen) if crawled else of_area

    def portals_in(self, code: str) -> list[str]:
        if code not in self.areas:
            query = "SELECT id FROM portals WHERE code = ? AND family <> ? ORDER BY id"
            self.areas[code] = [row[0] for row in self.connection.execute(query, (code, BY_HAND))]
        return self.areas[code]

    def reporting_in(self, code: str, year: int) -> list[Named]:
        if (code, year) not in self.reporting:
            rows = self.connection.execute(_REPORTING, (year, code))
            found = [
                Named(key, name, core, status == "registered", frozenset(json.loads(years)))
                for key, name, core, status, years in rows
            ]
            self.reporting[code, year] = found
        return self.reporting[code, year]


def known(
    shared: Knowledge,
    organ: Organ,
    owed: tuple[int, Basis],
    years: Mapping[int, Sequence[Standing]],
    portals: Sequence[PortalView],
) -> Known:
    year, basis = owed
    here = years.get(year, ())
    due = deadline(shared.rules, organ.kind, organ.code, year)
    covers = tuple(view.cover(year) for view in portals)
    listed = tuple(
        page.url for view in portals for page in view.unread if page.organ == organ.key and page.year == year
    )
    absent = not here and not listed
    doubts = tuple(doubts_of(shared, organ, (year, years), portals)) if absent else ()
    return Known(
        organ.key,
        organ.name,
        year,
        basis,
        due,
        organ.exists(year) and not (organ.ended and organ.ended <= due.due.isoformat()),
        tuple(standing.sight for standing in here),
        listed,
        covers,
        doubts,
    )
