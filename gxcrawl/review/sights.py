"""Where the reports of one organ stand or stood, year by year."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from gxcrawl.duties.model import Look, Sight
from gxcrawl.duties.status import PROVES_LATE_ONLY, PROVES_NOTHING
from gxcrawl.duties.words import depositor
from gxcrawl.review.portals import List, PortalView, lists_of
from gxcrawl.review.versions import Version, versions_of
from gxcrawl.store.source import BY_HAND

View = Callable[[str], PortalView]  # id of a portal -> what is known of it


class Standing(NamedTuple):
    """A sight, and the list in which its page stands."""

    sight: Sight
    page: int
    list: List | None
    by_hand: bool  # somebody put it in: it may stand in no list at all


def standings(connection: sqlite3.Connection, organ: str, view: View) -> Mapping[int, list[Standing]]:
    """Year -> addresses. A page that was given another year's report stands in both years."""
    years: defaultdict[int, list[Standing]] = defaultdict(list)
    for (page, year), versions in versions_of(connection, organ).items():
        newest = versions[-1]
        at = List(newest.list_url, newest.list_scope or "", newest.list_year) if newest.list_url else None
        by_hand = all(version.run_verdict == BY_HAND for version in versions)
        sight = _sight(connection, versions, year, view)
        years[year].append(Standing(sight, page, at, by_hand))
    return years


def agreed(
    organ: str, years: Mapping[int, list[Standing]], portals: Sequence[PortalView]
) -> Mapping[int, list[Standing]]:
    """A report was lacking only when every portal on which it might have stood was looked at by then, and no
    page was there already that may have been it."""

    def kept(year: int, one: Standing) -> Standing:
        look = one.sight.lacking
        if look is None:
            return one
        others = [view for view in portals if view.id != one.sight.portal]
        looked = all(view.looked_between(look.day, one.sight.first_seen, year) for view in others)
        doubtful = any(
            page.seen <= look.day and page.organ in (None, organ) and page.may_be_of(year)
            for view in portals
            for page in view.unread
        )
        return one if looked and not doubtful else one._replace(sight=one.sight._replace(lacking=None))

    return {year: [kept(year, one) for one in found] for year, found in years.items()}


def _sight(connection: sqlite3.Connection, versions: Sequence[Version], year: int, view: View) -> Sight:
    shown = next((version for version in versions if version.current), versions[-1])
    first, portal = versions[0], view(shown.portal)
    was_listed = first.version == 1 and first.listed_started is not None
    seen = min(filter(None, (first.first_seen, first.listed_finished if was_listed else None)))
    printed, basis = _printed(versions, portal.day(seen))
    return Sight(
        shown.report,
        shown.portal,
        shown.url,
        shown.title,
        printed,
        basis,
        portal.day(seen),
        online=shown.status == "online",
        error=shown.error,
        content=shown.content,
        current=bool(shown.current),
        missed=shown.misses > 0,
        stated=max(_firm(_days(shown, portal.day(shown.first_seen))), default=(None, ""))[0],
        lacking=_lacking(connection, first, year, portal),
        failed=portal.failing_before(_not_yet(first), year),
        by_hand=_depositor(connection, first),
    )


def _depositor(connection: sqlite3.Connection, first: Version) -> str:
    """Who saved it by hand, and where from; "" when a crawl found it first."""
    if first.run_verdict != BY_HAND:
        return ""
    query = "SELECT who, origin FROM deposits WHERE run = (SELECT run FROM reports WHERE id = ?)"
    return depositor(*(connection.execute(query, (first.report,)).fetchone() or ("", "")))


def _lacking(connection: sqlite3.Connection, first: Version, year: int, portal: PortalView) -> Look | None:
    """The last look before the first sight, when it read the very list that shows the page now."""
    if first.run_verdict == BY_HAND or not first.first_list:
        return None
    look = portal.look_before(_not_yet(first), year)
    if look is None:
        return None
    known = {one.url for one in lists_of(connection, portal, look.run)}
    return look if first.first_list in known else None


def _not_yet(first: Version) -> str:
    """The moment up to which nothing of a report was seen."""
    listed = first.listed_started if first.version == 1 else None
    return min(filter(None, (first.run_started, first.first_seen, listed)))


def _printed(versions: Iterable[Version], seen: date) -> tuple[date | None, str]:
    """The day that the publisher printed at first, the earlier of those on the page and in the list."""
    weak: list[Dated] = []
    for version in versions:
        days = _days(version, seen)
        if firm := _firm(days):
            return min(firm)
        weak += days
    late_only = [one for one in weak if one[1] == PROVES_LATE_ONLY]
    return min(late_only or weak, default=(None, ""))


Dated = tuple[date, str]


def _days(version: Version, seen: date) -> list[Dated]:
    """Days after the first sight are slips of whoever printed them."""
    found = ((version.published, version.basis), (version.list_day, "list"))
    days = [(date.fromisoformat(day), basis) for day, basis in found if day]
    return [one for one in days if one[0] <= seen + timedelta(1)]


def _firm(days: Iterable[Dated]) -> list[Dated]:
    return [one for one in days if one[1] not in (*PROVES_NOTHING, PROVES_LATE_ONLY)]
