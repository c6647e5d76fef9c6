"""The organs under check: who they are, what happened to them, for which years they owe a report."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gxcrawl.checks.across.model import Event
from gxcrawl.duties.model import Basis
from gxcrawl.duties.status import counts_as_published
from gxcrawl.review.sights import Standing
from gxcrawl.store.organ_facts import events_of

_ORGAN = "SELECT key, name, kind, code, core, portal, status, valid_from, valid_to FROM organs WHERE key = ?"
FIRST_YEAR = 2008  # of the first regulation


class Organ(NamedTuple):
    key: str
    name: str
    kind: str
    code: str
    core: str
    portal: str | None
    status: str
    valid_from: str | None
    valid_to: str | None
    events: tuple[Event, ...] = ()
    ended: str = ""  # the day on which it was merged or abolished

    @property
    def registered(self) -> bool:
        return self.status == "registered"

    def exists(self, year: int) -> bool:
        """At the end of a year."""
        end = f"{year}-12-31"
        return (self.valid_from or "") <= end <= (self.valid_to or "9999") and end < (self.ended or "9999")


def organ_of(connection: sqlite3.Connection, key: str) -> Organ | None:
    row = connection.execute(_ORGAN, (key,)).fetchone()
    if row is None:
        return None
    found = events_of(connection, key)
    ended = next((one.event.day.isoformat() for one in found if one.ended), "")
    return Organ(*row)._replace(events=tuple(one.event for one in found), ended=ended)


def owed(organ: Organ, years: Mapping[int, Sequence[Standing]], running: int) -> Iterator[tuple[int, Basis]]:
    """Each year for which a report is owed or there, and why."""
    published = {
        year for year, found in years.items() if any(counts_as_published(one.sight) for one in found)
    }
    starts = [*years, running] + ([int(organ.valid_from[:4])] if organ.valid_from else [])
    for year in range(max(min(starts), FIRST_YEAR), running + 1):
        if organ.registered and organ.exists(year):
            yield year, "registered"
        elif year - 1 in published:
            yield year, "published-before"
        elif year in years:
            yield year, "published"
