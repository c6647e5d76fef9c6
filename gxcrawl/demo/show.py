"""What the demo prints: nothing that changes from one day or machine to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from gxcrawl.demo.duties import Told
from gxcrawl.demo.owed import YEAR
from gxcrawl.demo.portals import LATER, SEASON
from gxcrawl.demo.truth import Tally
from gxcrawl.duties.words import status_words
from gxcrawl.samples.portals import Replica
from gxcrawl.show.wide import left

WIDTHS = (14, 9, 29, 5, 7, 3, 7, 0)
_RUNS = (
    "SELECT verdict, class, new, changed, missed, (SELECT count(*) FROM listings WHERE run = runs.id),"
    " (SELECT coalesce(sum(complete), 0) FROM listings WHERE run = runs.id)"
    " FROM runs WHERE portal = ? ORDER BY started"
)
_EXAMPLE = (
    "SELECT organs.name, alerts.year, alerts.message FROM alerts JOIN organs ON organs.key = alerts.organ"
    " WHERE alerts.kind = ? ORDER BY organs.portal, organs.name, alerts.year LIMIT 1"
)
EXAMPLES = {"missing": "P-MISSING", "late": "P-LATE", "inconsistent": "Y-CARRY"}


class News(NamedTuple):
    """What one portal shows on a later day: reports, by what became of them."""

    new: int
    changed: int
    missing: int


class Crawled(NamedTuple):
    """A run, as far as the demo tells about it."""

    verdict: str = "not crawled"
    failure: str = ""
    new: int = 0
    changed: int = 0
    missed: int = 0
    lists: int = 0
    complete: int = 0

    @property
    def news(self) -> News:
        return News(self.new, self.changed, self.missed)


def columns(*texts: str) -> str:
    return "  ".join(left(text, space) for text, space in zip(texts, WIDTHS, strict=True)).rstrip()


def portals(connection: sqlite3.Connection, replicas: Sequence[Replica], faults: list[str]) -> Iterator[str]:
    """One line for each portal. A verdict that is not the right one is a fault, and so is wrong news."""
    yield columns("PORTAL", "FAMILY", "VERDICT", "LISTS", "REPORTS", "NEW", "CHANGED", "GONE?")
    for replica in replicas:
        runs = map(Crawled._make, connection.execute(_RUNS, (replica.id,)))
        first, second, *_ = (*runs, Crawled(), Crawled())
        faults += [
            f"{replica.id}: {run.verdict} {run.failure}, not {replica.verdict} {replica.failure}"
            for run in (first, second)
            if run[:2] != (replica.verdict, replica.failure)
        ]
        true = happened(replica) if replica.verdict == "healthy" else News(0, 0, 0)
        if second.news != true:
            faults.append(f"{replica.id}: {second.news} is told, {true} is true")
        told = f"{first.verdict} ({first.failure})" if first.failure else first.verdict
        numbers = (f"{first.complete}/{first.lists}", *map(str, (first.new, *second.news)))
        yield columns(replica.id, replica.family, told, *numbers)
    yield f"All were crawled on {SEASON}. NEW, CHANGED and GONE? (certain when seen twice) are of {LATER}."


def happened(replica: Replica, then: date = SEASON, now: date = LATER) -> News:
    pairs = [(report.at(then), report.at(now)) for report in replica.reports]
    return News(
        new=sum(before is None and after is not None for before, after in pairs),
        changed=sum(None not in (before, after) and before != after for before, after in pairs),
        missing=sum(before is not None and after is None for before, after in pairs),
    )


def summary(connection: sqlite3.Connection, tally: Tally) -> Iterator[str]:
    decoys = connection.execute(
        "SELECT sum(decoys) FROM listings WHERE run IN (SELECT max(id) FROM runs GROUP BY portal)"
    ).fetchone()[0]
    cells = tally.right + tally.open + tally.wrong
    yield f"Reports:        {tally.reports - tally.missed} of {tally.reports} found, {tally.missed} missed"
    yield f"Look-alikes:    {tally.decoys} of {decoys or 0} stored as reports"
    yield f"Not read yet:   {tally.filed} reports are files or pictures, archived all the same"
    yield f"Numbers:        {tally.right} of {cells} right, {tally.open} left open, {tally.wrong} wrong"
    yield (
        f"Planted errors: {tally.found} of {tally.planted} found, {tally.hidden} left in doubt,"
        f" {tally.overlooked} overlooked, {tally.unfounded} alarms without cause"
    )
    if tally.example:
        yield f"  such as {tally.example}"


def duties(told: Mapping[date, Told]) -> Iterator[str]:
    """How many reports of the year were on time, and whether that is true."""
    for day, one in told.items():
        counts = (
            f"{one.statuses[status]} {status.replace('_', ' ')}"
            for status in status_words()
            if one.statuses[status]
        )
        yield f"Reports of {YEAR} on {day}: {', '.join(counts)}"
    right, left_open = sum(one.right for one in told.values()), sum(one.open for one in told.values())
    wrong = sum(len(one.faults) for one in told.values())
    yield f"  of which {right} right, {left_open} left open (a date was not read), {wrong} wrong"


def alerts(connection: sqlite3.Connection) -> Iterator[str]:
    """Of which kinds, an example of each sort, and what the operator learns."""
    query = "SELECT kind, count(*) FROM alerts WHERE stream = ? GROUP BY kind ORDER BY kind"
    kinds = dict(connection.execute(query, ("organ",)).fetchall())
    closed = connection.execute("SELECT count(*) FROM alert_events WHERE what = 'closed'").fetchone()[0]
    yield f"Alerts about them: {sum(kinds.values())} opened, {closed} closed since"
    yield f"  {', '.join(f'{kind} {count}' for kind, count in kinds.items())}"
    for word, kind in EXAMPLES.items():
        for organ, year, message in connection.execute(_EXAMPLE, (kind,)):
            about = "" if organ in message else f"{organ} {year}: "
            yield f"  {word}: {about}{message.partition('。')[0]}。"
    operator = "SELECT message FROM alerts WHERE stream = 'crawler' ORDER BY kind, subject"
    for (message,) in connection.execute(operator):
        yield f"  to the operator: {message.partition('。')[0]}。"
