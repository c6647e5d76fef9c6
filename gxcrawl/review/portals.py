"""What a portal's runs can prove: the healthy looks at its lists, and what stands in them unread."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from gxcrawl.clock import day_of
from gxcrawl.duties.model import Cover, Look
from gxcrawl.duties.season import calendar
from gxcrawl.pages.titles import title_facts
from gxcrawl.store.source import BY_HAND

Resolve = Callable[[str, str], str | None]  # name of an organ and division code -> its key, if it is known

_RUNS = """
SELECT id, started, verdict, class, coalesce(json_extract(options, '$.since'), 0) FROM runs
WHERE portal = ? AND verdict <> ? ORDER BY started, id
"""
# Every page that a list calls by a title; look-alikes are in no listing.
_LISTED = """
SELECT pages.url, pages.title, pages.list_day, runs.started, pages.sha256 <> '',
  reports.organ_key, reports.year, told.page IS NOT NULL AND told.organ IS NULL, told.organ, told.year
FROM pages JOIN listings ON listings.id = pages.first_listing JOIN runs ON runs.id = listings.run
LEFT JOIN reports ON reports.id = pages.report
LEFT JOIN page_organs AS told ON told.page = pages.id -- what a person said of it
WHERE pages.portal = ? AND pages.kind = 'detail' AND pages.status = 'online'
"""
_NAMELESS = """
SELECT url, title, organ_key, year, coalesce(published, list_day), first_seen FROM reports
WHERE portal = ? AND current = 1 AND (organ_key IS NULL OR year IS NULL) AND status = 'online' AND NOT (
  organ_key IS NULL AND page IN (SELECT page FROM page_organs WHERE organ IS NULL) -- nobody's, says a person
)
"""
# Departments and governments report by January and March, towns and streets when they are told to.
_REPORTING = """
SELECT reports.year, organs.kind IN ('town', 'township', 'subdistrict'), count(DISTINCT organs.key)
FROM reports JOIN organs ON organs.key = reports.organ_key JOIN runs ON runs.id = reports.run
WHERE reports.portal = ? AND reports.year IS NOT NULL AND reports.current = 1 AND runs.verdict <> ?
GROUP BY 1, 2
"""


class Run(NamedTuple):
    id: str
    started: str
    verdict: str
    failure: str
    since: int  # no reports of years before this one were asked for

    def is_look(self, year: int) -> bool:
        return self.verdict == "healthy" and self.since <= year


class Unread(NamedTuple):
    """A page that is no report of the organ and year that its title names, or of nobody that is known."""

    url: str
    title: str
    organ: str | None  # key, where its title names one that is known
    year: int | None
    printed: date | None
    seen: date

    def may_be_of(self, year: int) -> bool:
        """By its own word, else by the season in which it came."""
        if self.year is not None:
            return self.year == year
        return self.printed.year == year + 1 if self.printed else self.seen.year > year


class List(NamedTuple):
    url: str
    scope: str
    year: int | None  # where it holds the reports of one year only


@dataclass(frozen=True)
class PortalView:
    """One portal as it is known today."""

    id: str
    name: str
    code: str
    runs: tuple[Run, ...]
    unread: tuple[Unread, ...]
    reporting: Mapping[tuple[int, bool], int]  # year, towns and streets? -> so many organs have a report here
    today: date  # what was seen later was seen by now
    lists: dict[str, frozenset[List]] = field(default_factory=dict)  # by run: what it read to the end
    covers: dict[int, Cover] = field(default_factory=dict)  # by year

    def cover(self, year: int) -> Cover:
        if year not in self.covers:
            self.covers[year] = self._cover(year)
        return self.covers[year]

    def _cover(self, year: int) -> Cover:
        newest = self.runs[-1] if self.runs else None
        return Cover(
            self.id,
            self.name,
            self._last([run for run in self.runs if run.is_look(year)]),
            healthy=newest is not None and newest.verdict == "healthy",
            since=self._failing_since(self.runs, year),
            failure=newest.failure if newest else "",
        )

    def day(self, moment: str) -> date:
        return min(day_of(moment), self.today)

    def looked_between(self, first: date, last: date, year: int) -> bool:
        return any(run.is_look(year) and first <= self.day(run.started) <= last for run in self.runs)

    def look_before(self, moment: str, year: int) -> Look | None:
        """The last look that had begun and ended its lists before something was there."""
        return self._last([run for run in self.runs if run.started < moment and run.is_look(year)])

    def failing_before(self, moment: str, year: int) -> date | None:
        """Since when there was no look any more because runs failed, before something was there."""
        return self._failing_since([run for run in self.runs if run.started < moment], year)

    def _failing_since(self, runs: Sequence[Run], year: int) -> date | None:
        after_look = reversed([*takewhile(lambda run: not run.is_look(year), reversed(runs))])
        failed = next((run for run in after_look if run.verdict != "healthy"), None)
        return self.day(failed.started) if failed else None

    def _last(self, looks: Sequence[Run]) -> Look | None:
        if not looks:
            return None
        day = since = self.day(looks[-1].started)
        for run in reversed(looks):
            earlier = self.day(run.started)
            if since - earlier > timedelta(calendar().blind_days):
                break
            since = earlier
        return Look(looks[-1].id, day, since)


def view_of(connection: sqlite3.Connection, portal: str, today: date, resolve: Resolve) -> PortalView:
    row = connection.execute("SELECT name, code FROM portals WHERE id = ?", (portal,)).fetchone()
    name, code = row or (portal, "")
    runs = tuple(Run(*row) for row in connection.execute(_RUNS, (portal, BY_HAND)))
    unread = (*_listed(connection, portal, code, resolve), *_nameless(connection, portal))
    rows = connection.execute(_REPORTING, (portal, BY_HAND))
    reporting = {(year, bool(below)): count for year, below, count in rows}
    return PortalView(portal, name, code, runs, tuple(unread), reporting, today)


def _listed(connection: sqlite3.Connection, portal: str, code: str, resolve: Resolve) -> Iterator[Unread]:
    """Rows of lists that could not be had, or whose page holds something else than the title says."""
    for url, title, list_day, started, was_had, *said, nobodys, told, told_year in connection.execute(
        _LISTED, (portal,)
    ):
        facts = title_facts(title)
        named = (resolve(facts.organ, code or portal) if facts.organ else None) or told
        year = facts.year or told_year
        nothing = nobodys if named is None else [named, year] == said
        if nothing or (was_had and (named is None or year is None)):
            continue
        printed = date.fromisoformat(list_day) if list_day else None
        yield Unread(url, title, named, year, printed, day_of(started))


def _nameless(connection: sqlite3.Connection, portal: str) -> Iterator[Unread]:
    for url, title, organ, year, day, first_seen in connection.execute(_NAMELESS, (portal,)):
        printed = date.fromisoformat(day) if day else None
        yield Unread(url, title, organ, year, printed, day_of(first_seen))


def lists_of(connection: sqlite3.Connection, view: PortalView, run: str) -> frozenset[List]:
    """The lists that a run read to their end."""
    if run not in view.lists:
        query = "SELECT url, scope, year FROM listings WHERE run = ? AND complete = 1 AND failure = ''"
        view.lists[run] = frozenset(List(*row) for row in connection.execute(query, (run,)))
    return view.lists[run]
