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
    years: Mapping[int, list[Standing]], portals: Sequence[PortalView]
) -> Mapping[int, list[Standing]]:
    """A report was lacking only when every portal on which it might have stood was looked at by then."""

    def kept(year: int, one: Standing) -> Standing:
        look, others = one.sight.lacking, [view for view in portals if view.id != one.sight.portal]
        if look and not all(view.looked_between(look.day, one.sight.first_seen, year) for view in others):
            return one._replace(sight=one.sight._replace(lacking=None))
        return one

    return {year: [kept(year, one) for one in found] for year, found in years.items()}


def _sight(connection: sqlite3.Connection, versions: Sequence[Version], year: int, view: View) -> Sight:
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
        missed=shown.misses > 0,
        lacking=_lacking(connection, first, (listed, year), view),
    )


def _lacking(
    connection: sqlite3.Connection, first: Version, since: tuple[str | None, int], view: View
) -> Look | None:
    """The last look before the first sight, when it read the very list that shows the page now."""
    listed, year = since
    if first.run_verdict == BY_HAND or not first.first_list:
        return None
    portal = view(first.portal)
    look = portal.look_before(min(filter(None, (first.run_started, listed))), year)
    if look is None:
        return None
    known = {one.url for one in lists_of(connection, portal, look.run)}
    return look if first.first_list in known else None


def _printed(versions: Iterable[Version]) -> tuple[date | None, str]:
    """The earliest day that the publisher printed on the page or in the list, the firm ones first."""
    found = [(version.published, version.basis) for version in versions if version.published]
    found += [(version.list_day, "list") for version in versions if version.list_day]
    days = [(date.fromisoformat(day), basis) for day, basis in found if day]
    firm = [one for one in days if one[1] not in (*PROVES_NOTHING, PROVES_LATE_ONLY)]
    weak = [one for one in days if one[1] == PROVES_LATE_ONLY]
    return min(firm or weak or days, default=(None, ""))
