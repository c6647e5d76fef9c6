"""Why a report that was not found may be there all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from gxcrawl.duties.season import calendar
from gxcrawl.duties.status import counts_as_published
from gxcrawl.registry.kinds import IN_TOWNSHIPS
from gxcrawl.registry.names import resembles
from gxcrawl.review.organs import Organ
from gxcrawl.review.portals import List, PortalView, lists_of
from gxcrawl.review.sights import Standing

if TYPE_CHECKING:
    from gxcrawl.review.knowing import Knowledge


class Absence(NamedTuple):
    """A report that no portal shows."""

    shared: Knowledge
    organ: Organ
    year: int
    years: Mapping[int, Sequence[Standing]]  # what the organ published otherwise
    portals: Sequence[PortalView]

    @property
    def of_township(self) -> bool:
        return self.organ.kind in IN_TOWNSHIPS


Doubt = Callable[[Absence], Iterator[str]]


def doubts_of(
    shared: Knowledge,
    organ: Organ,
    when: tuple[int, Mapping[int, Sequence[Standing]]],
    portals: Sequence[PortalView],
) -> Iterator[str]:
    absence = Absence(shared, organ, *when, portals)
    checks: tuple[Doubt, ...] = (
        _list_not_read,
        _list_does_not_reach,
        _no_list_yet,
        _never_shown,
        _nameless,
        _new_name,
        _misprinted,
    )
    for doubt in checks:
        yield from doubt(absence)


def _list_not_read(absence: Absence) -> Iterator[str]:
    """The list in which the organ's newest report stands was not among those that the look read."""
    year = absence.year
    for view in absence.portals:
        look = view.cover(year).last
        at = _newest_lists(absence.years, view.id)
        if look and at and not _was_read(at, lists_of(absence.shared.connection, view, look.run), year):
            yield f"该机关的报告所在的列表未在{look.day}的抓取中读到"


def _newest_lists(years: Mapping[int, Sequence[Standing]], portal: str) -> list[List]:
    for year in sorted(years, reverse=True):
        if lists := [one.list for one in years[year] if one.list and one.sight.portal == portal]:
            return lists
    return []


def _was_read(at: Sequence[List], read: frozenset[List], year: int) -> bool:
    """One of its lists by address; a list of another year, or one that moved, by its class of organs."""
    holding = {one for one in read if one.year in (None, year)}
    addresses, scopes = {one.url for one in holding}, {one.scope for one in holding}
    return any(one.url in addresses or (one.scope in scopes and bool(one.scope or one.year)) for one in at)


def _list_does_not_reach(absence: Absence) -> Iterator[str]:
    """Nobody's reports of so long ago are there."""
    for view in absence.portals:
        oldest = min((year for year, _ in view.reporting), default=absence.year)
        if absence.year < oldest:
            yield f"门户“{view.name}”上最早的报告是{oldest}年度的"


def _no_list_yet(absence: Absence) -> Iterator[str]:
    """Of many organs of its class that reported the year before not one did."""
    year, below = absence.year, absence.of_township
    for view in absence.portals:
        before = view.reporting.get((year - 1, below), 0)
        if before >= calendar().silent_organs and not view.reporting.get((year, below)):
            yield f"门户“{view.name}”上还没有任何同类机关的{year}年度报告，可能另设了栏目"


def _never_shown(absence: Absence) -> Iterator[str]:
    """An organ that nobody ever saw there, of a class that the portal never showed."""
    if absence.years:
        return
    for view in absence.portals:
        if not any(below is absence.of_township for _, below in view.reporting):
            yield f"门户“{view.name}”上从未见到这类机关的报告，可能不在此处发布"


def _nameless(absence: Absence) -> Iterator[str]:
    for page in (page for view in absence.portals for page in view.unread):
        if not page.may_be_of(absence.year):
            continue
        if page.organ is None:
            yield f"{absence.year}年度有一份报告机关不明，可能属于该机关：{page.url}"
        elif page.organ == absence.organ.key:
            yield f"列表中有该机关的一份报告，年度不明：{page.url}"


def _new_name(absence: Absence) -> Iterator[str]:
    """Two names that reported for the same year are two organs, and so are two in the registry."""
    organ = absence.organ
    for other in absence.shared.reporting_in(organ.code, absence.year):
        both_known = other.registered and organ.registered
        apart = other.key != organ.key and not both_known and not other.years & set(absence.years)
        if apart and resembles(other.core, organ.core):
            yield f"“{other.name}”有{absence.year}年度报告，尚未确认是否就是该机关"


def _misprinted(absence: Absence) -> Iterator[str]:
    """A report of another year that came, or was dated anew, in this season: its year may be a slip."""
    year = absence.year
    for other, found in absence.years.items():
        sights = [one.sight for one in found if counts_as_published(one.sight)]
        for sight in sights if other != year else ():
            others = any(one.content != sight.content for one in sights)
            came = sight.printed or (sight.first_seen if sight.lacking else None)
            in_season = [day for day in (came, sight.stated) if day and day.year == year + 1]
            if in_season and (others or other >= year - 1):
                yield f"该机关在{in_season[-1]}发布了一份标为{other}年度的报告，年度可能有误：{sight.url}"
            elif came is None and others and other == year - 1:
                yield f"该机关有两份标为{other}年度的报告，其中一份可能是{year}年度的：{sight.url}"
