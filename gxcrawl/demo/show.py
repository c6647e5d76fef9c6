"""What the demo prints: nothing that changes from one day or machine to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from gxcrawl.demo.portals import CRAWLED_AGAIN, LATER, SEASON
from gxcrawl.demo.truth import Tally
from gxcrawl.samples.portals import Replica
from gxcrawl.show.wide import left

WIDTHS = (14, 9, 29, 5, 0)
_FIRST_RUN = (
    "SELECT verdict, class, new, (SELECT count(*) FROM listings WHERE run = runs.id),"
    " (SELECT coalesce(sum(complete), 0) FROM listings WHERE run = runs.id)"
    " FROM runs WHERE portal = ? ORDER BY started LIMIT 1"
)
_SECOND_RUN = "SELECT new, changed, missed FROM runs WHERE portal = ? ORDER BY started LIMIT 1 OFFSET 1"


class News(NamedTuple):
    """What one portal shows on a later day: reports, by what became of them."""

    new: int
    changed: int
    missing: int


def columns(*texts: str) -> str:
    return "  ".join(left(text, space) for text, space in zip(texts, WIDTHS, strict=True)).rstrip()


def verdicts(connection: sqlite3.Connection, replicas: Sequence[Replica], faults: list[str]) -> Iterator[str]:
    """One line for each portal. A verdict that is not the right one is a fault."""
    yield columns("PORTAL", "FAMILY", "VERDICT", "LISTS", "REPORTS")
    for replica in replicas:
        row = connection.execute(_FIRST_RUN, (replica.id,)).fetchone() or ("not crawled", "", 0, 0, 0)
        verdict, failure, new, lists, complete = row
        if (verdict, failure) != (replica.verdict, replica.failure):
            faults.append(f"{replica.id}: {verdict} {failure}, not {replica.verdict} {replica.failure}")
        told = f"{verdict} ({failure})" if failure else verdict
        yield columns(replica.id, replica.family, told, f"{complete}/{lists}", str(new))


def summary(connection: sqlite3.Connection, tally: Tally) -> Iterator[str]:
    decoys = connection.execute(
        "SELECT sum(decoys) FROM listings WHERE run IN (SELECT min(id) FROM runs GROUP BY portal)"
    ).fetchone()[0]
    cells = tally.right + tally.open + tally.wrong
    yield f"Reports:        {tally.reports - tally.missed} of {tally.reports} found, {tally.missed} missed"
    yield f"Look-alikes:    {tally.decoys} of {decoys or 0} stored as reports"
    yield f"Not read yet:   {tally.filed} reports are files or pictures, archived all the same"
    yield f"Numbers:        {tally.right} of {cells} right, {tally.open} left open, {tally.wrong} wrong"
    yield (
        f"Planted errors: {tally.found} of {tally.planted} found, {tally.hidden} in numbers left open,"
        f" {tally.overlooked} overlooked, {tally.unfounded} alarms without cause"
    )
    if tally.example:
        yield f"  such as {tally.example}"


def later(
    connection: sqlite3.Connection, replicas: Mapping[str, Replica], faults: list[str]
) -> Iterator[str]:
    """What the second crawl of some portals told, which must be what truly happened."""
    yield f"{LATER}, three of them again (all were crawled on {SEASON}):"
    for name in CRAWLED_AGAIN:
        row = connection.execute(_SECOND_RUN, (name,)).fetchone()
        told = News(*row) if row else News(0, 0, 0)
        true = happened(replicas[name], SEASON, LATER)
        if told != true:
            faults.append(f"{name}: {told} is told, {true} is true")
        missing = f", {told.missing} not there any more (gone when that is seen twice)"
        yield f"  {name}: {told.new} new, {told.changed} changed{missing if told.missing else ''}"


def happened(replica: Replica, then: date, now: date) -> News:
    pairs = [(report.at(then), report.at(now)) for report in replica.reports]
    return News(
        new=sum(before is None and after is not None for before, after in pairs),
        changed=sum(None not in (before, after) and before != after for before, after in pairs),
        missing=sum(before is not None and after is None for before, after in pairs),
    )
