"""Where the reports of one organ stand or stood, year by year."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from gxcrawl.clock import day_of
from gxcrawl.duties.model import Look, Sight
from gxcrawl.duties.status import PROVES_LATE_ONLY, PROVES_NOTHING
from gxcrawl.review.portals import BY_HAND, List, PortalView, lists_of

_VERSIONS = """
SELECT reports.id, reports.page, reports.year, reports.portal, reports.url, reports.title, reports.published,
  reports.published_basis, reports.list_day, reports.first_seen, reports.current, reports.error,
  reports.content_sha256, reports.version, pages.status, runs.started, runs.verdict,
  first.started, first_list.url, list.url, list.scope, list.year
FROM reports
JOIN pages ON pages.id = reports.page
JOIN runs ON runs.id = reports.run
LEFT JOIN listings AS first_list ON first_list.id = pages.first_listing
LEFT JOIN runs AS first ON first.id = first_list.run
LEFT JOIN listings AS list ON list.id = pages.listing
WHERE reports.organ_key = ? AND reports.year IS NOT NULL
ORDER BY reports.page, reports.version
"""


View = Callable[[str], PortalView]  # id of a portal -> what is known of it


class _Version(NamedTuple):
    report: int
    page: int
    year: int
    portal: str
    url: str
    title: str
    published: str | None
    basis: str
    list_day: str | None
    first_seen: str
    current: int
    error: str
    content: str
    version: int
    status: str
    run_started: str
    run_verdict: str
    listed_started: str | None
    first_list: str | None
    list_url: str | None
    list_scope: str | None
    list_year: int | None


class Standing(NamedTuple):
    """A sight, and the list in which its page stands."""

    sight: Sight
    page: int
    list: List | None
    by_hand: bool  # somebody put it in: it may stand in no list at all


def standings(connection: sqlite3.Connection, organ: str, view: View) -> Mapping[int, list[Standing]]:
    """Year -> addresses. A page that was given another year's report stands in both years."""
    pages: defaultdict[tuple[int, int], list[_Version]] = defaultdict(list)
    for row in connection.execute(_VERSIONS, (organ,)):
        version = _Version(*row)
        pages[version.page, version.year].append(version)
    years: defaultdict[int, list[Standing]] = defaultdict(list)
    for (page, year), versions in pages.items():
        newest = versions[-1]
        at = List(newest.list_url, newest.list_scope or "", newest.list_year) if newest.list_url else None
        by_hand = all(version.run_verdict == BY_HAND for version in versions)
        years[year].append(Standing(_sight(connection, versions, view), page, at, by_hand))
    return years


def _sight(connection: sqlite3.Connection, versions: Sequence[_Version], view: View) -> Sight:
    shown = next((version for version in versions if version.current), versions[-1])
    printed, basis = _printed(versions)
    first = versions[0]
    listed = first.listed_started if first.version == 1 else None
    seen = min(filter(None, (first.first_seen, listed)))
    return Sight(
        shown.report,
        shown.portal,
        shown.url,
        shown.title,
        printed,
        basis,
        day_of(seen),
        online=bool(shown.current) and shown.status == "online",
        error=shown.error,
        content=shown.content,
        lacking=_lacking(connection, first, listed, view),
    )


def _lacking(connection: sqlite3.Connection, first: _Version, listed: str | None, view: View) -> Look | None:
    """The last look before the first sight, when it read the very list that shows the page now."""
    if first.run_verdict == BY_HAND or not first.first_list:
        return None
    portal = view(first.portal)
    look = portal.look_before(min(filter(None, (first.run_started, listed))), first.year)
    if look is None:
        return None
    known = {one.url for one in lists_of(connection, portal, look.run)}
    return look if first.first_list in known else None


def _printed(versions: Iterable[_Version]) -> tuple[date | None, str]:
    """The earliest day that the publisher printed on the page or in the list, the firm ones first."""
    found = [(version.published, version.basis) for version in versions if version.published]
    found += [(version.list_day, "list") for version in versions if version.list_day]
    days = [(date.fromisoformat(day), basis) for day, basis in found if day]
    firm = [one for one in days if one[1] not in (*PROVES_NOTHING, PROVES_LATE_ONLY)]
    weak = [one for one in days if one[1] == PROVES_LATE_ONLY]
    return min(firm or weak or days, default=(None, ""))
