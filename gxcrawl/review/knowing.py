"""Everything that bears on one organ and year, brought together from the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gxcrawl.duties.deadlines import Rule, deadline
from gxcrawl.duties.model import Basis, Cover, Known
from gxcrawl.duties.status import counts_as_published
from gxcrawl.registry.names import resembles
from gxcrawl.review.organs import Organ
from gxcrawl.review.portals import List, PortalView, Resolve, Unread, lists_of, view_of
from gxcrawl.review.sights import Standing
from gxcrawl.store.source import BY_HAND

FOREVER = 9999  # a year for which every look counts
MANY = 5  # organs of a portal that do not all fall silent in one year
_CANDIDATES = """
SELECT organs.key, organs.name, organs.core, json_group_array(DISTINCT other.year)
FROM organs JOIN reports ON reports.organ_key = organs.key AND reports.year = ?
JOIN reports AS other ON other.organ_key = organs.key
WHERE organs.code = ? AND organs.status = 'candidate' GROUP BY organs.key
"""


class Named(NamedTuple):
    """A name that nobody has confirmed, and the years for which it reported."""

    key: str
    name: str
    core: str
    years: frozenset[int]


@dataclass
class Knowledge:
    """What several organs of one check share, asked of the database once."""

    connection: sqlite3.Connection
    rules: Sequence[Rule]
    resolve: Resolve
    views: dict[str, PortalView] = field(default_factory=dict)
    candidates: dict[tuple[str, int], list[Named]] = field(default_factory=dict)
    areas: dict[str, list[str]] = field(default_factory=dict)  # code -> portals

    def view(self, portal: str) -> PortalView:
        if portal not in self.views:
            self.views[portal] = view_of(self.connection, portal, self.resolve)
        return self.views[portal]

    def portals_of(self, organ: Organ, years: Mapping[int, Sequence[Standing]]) -> list[str]:
        """Where a report of it would stand."""
        seen = {one.sight.portal for found in years.values() for one in found}
        seen |= {organ.portal} if organ.portal else set()
        crawled = {portal for portal in seen if self.view(portal).runs}
        of_area = self.portals_in(organ.code)
        # Nobody knows yet what stands on a portal of the area that was never seen whole.
        unseen = {portal for portal in of_area if not self.view(portal).cover(FOREVER).last}
        return sorted(crawled | unseen) if crawled else of_area

    def portals_in(self, code: str) -> list[str]:
        if code not in self.areas:
            query = "SELECT id FROM portals WHERE code = ? AND family <> ? ORDER BY id"
            self.areas[code] = [row[0] for row in self.connection.execute(query, (code, BY_HAND))]
        return self.areas[code]

    def reporting_in(self, code: str, year: int) -> list[Named]:
        if (code, year) not in self.candidates:
            rows = self.connection.execute(_CANDIDATES, (year, code))
            found = [Named(key, name, core, frozenset(json.loads(years))) for key, name, core, years in rows]
            self.candidates[code, year] = found
        return self.candidates[code, year]


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
    doubts = tuple(_doubts(shared, organ, year, years, (portals, covers))) if absent else ()
    return Known(
        organ.key,
        organ.name,
        year,
        basis,
        due,
        organ.exists(year),
        tuple(standing.sight for standing in here),
        listed,
        covers,
        doubts,
    )


Around = tuple[Sequence[PortalView], Sequence[Cover]]
Doubt = Callable[[Knowledge, Organ, int, Mapping[int, Sequence[Standing]], Around], Iterator[str]]


def _doubts(
    shared: Knowledge, organ: Organ, year: int, years: Mapping[int, Sequence[Standing]], around: Around
) -> Iterator[str]:
    for doubt in (_list_not_read, _no_list_yet, _nameless, _new_name, _misprinted):
        yield from doubt(shared, organ, year, years, around)


def _list_not_read(
    shared: Knowledge, _: Organ, year: int, years: Mapping[int, Sequence[Standing]], around: Around
) -> Iterator[str]:
    """The list in which the organ's reports stand was not among those that the look read."""
    for view, cover in zip(*around, strict=True):
        if cover.last is None:
            continue
        at = [
            one.list
            for found in years.values()
            for one in found
            if one.list and one.sight.portal == view.id and one.sight.online
        ]
        if at and not _was_read(at, lists_of(shared.connection, view, cover.last.run), year):
            yield f"该机关的报告所在的列表未在{cover.last.day}的抓取中读到"


def _was_read(at: Sequence[List], read: frozenset[List], year: int) -> bool:
    """One of its lists by address; a list of another year, or one that moved, by its class of organs."""
    holding = {one for one in read if one.year in (None, year)}
    addresses, scopes = {one.url for one in holding}, {one.scope for one in holding}
    return any(one.url in addresses or (one.scope in scopes and bool(one.scope or one.year)) for one in at)


def _no_list_yet(
    _: Knowledge, __: Organ, year: int, ___: Mapping[int, Sequence[Standing]], around: Around
) -> Iterator[str]:
    """Of many organs that reported the year before not one did: there may be a list of its own."""
    for view in around[0]:
        if not view.reporting.get(year) and view.reporting.get(year - 1, 0) >= MANY:
            yield f"门户“{view.name}”上还没有任何机关的{year}年度报告，可能另设了栏目"


def _nameless(
    _: Knowledge, organ: Organ, year: int, __: Mapping[int, Sequence[Standing]], around: Around
) -> Iterator[str]:
    pages: list[Unread] = [page for view in around[0] for page in view.unread]
    for page in pages:
        if page.organ is None and page.may_be_of(year):
            yield f"{year}年度有一份报告机关不明，可能属于该机关：{page.url}"
        elif page.organ == organ.key and page.year is None and page.may_be_of(year):
            yield f"列表中有该机关的一份报告，年度不明：{page.url}"


def _new_name(
    shared: Knowledge, organ: Organ, year: int, years: Mapping[int, Sequence[Standing]], _: Around
) -> Iterator[str]:
    """Two names that reported for the same year are two organs; else one may be the other's new name."""
    for other in shared.reporting_in(organ.code, year):
        apart = other.key != organ.key and not other.years & set(years)
        if apart and resembles(other.core, organ.core):
            yield f"“{other.name}”有{year}年度报告，名称尚未确认，可能就是该机关"


def _misprinted(
    _: Knowledge, __: Organ, year: int, years: Mapping[int, Sequence[Standing]], ___: Around
) -> Iterator[str]:
    """A second report of another year that came in this year's season."""
    for other, found in years.items():
        sights = [one.sight for one in found if counts_as_published(one.sight)]
        for sight in sights:
            others = [one for one in sights if one.content != sight.content]
            came = sight.printed or (sight.first_seen if sight.lacking else None)
            if other != year and came and came.year == year + 1 and (others or other > year):
                yield f"该机关在{came}发布了一份标为{other}年度的报告，年度可能有误：{sight.url}"
