"""truth.csv: from when on an organ's status is what, and what its alerts do on that day.

Every organ begins the season `not_due`. A row holds until the next one of its organ and year; while a report
is missing its days grow. An alert of which no row speaks must not be there. What is only of interest (`info`)
is left out.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from typing import NamedTuple

from tests.watch.season.story import FIRST, YEAR, table

Subject = tuple[str, int]  # the name of an organ and a year; a portal has the year 0
Open = frozenset[tuple[str, Subject]]


class Row(NamedTuple):
    day: date
    subject: Subject
    status: str  # "" for portals; "none": there is no duty
    days: int | None
    events: tuple[tuple[str, str], ...]  # what, kind of alert
    why: str


@cache
def rows() -> tuple[Row, ...]:
    return tuple(
        Row(
            date.fromisoformat(row["day"]),
            (row["organ"], int(row["year"] or 0)),
            row["status"],
            int(row["days"]) if row["days"] else None,
            tuple(_event(words) for words in row["alerts"].split("; ") if words),
            row["why"],
        )
        for row in table("truth")
    )


def _event(words: str) -> tuple[str, str]:
    what, kind = words.split(" ")
    return what, kind


@cache
def organs() -> frozenset[str]:
    """Those with a duty at some time of the season."""
    return frozenset(row.subject[0] for row in rows() if row.status)


@cache
def statuses(day: date) -> dict[Subject, tuple[str, int | None]]:
    """Status and days of every duty that the table knows, on one day."""
    told: dict[Subject, tuple[str, int | None]] = {(organ, YEAR): ("not_due", None) for organ in organs()}
    for row in rows():
        if row.day <= day and row.status:
            grown = (day - row.day).days if row.status == "missing" else 0
            told[row.subject] = row.status, None if row.days is None else row.days + grown
    return {subject: one for subject, one in told.items() if one[0] != "none"}


def events(day: date) -> set[tuple[str, str, Subject]]:
    """What, kind and subject of all that happens to alerts on one day."""
    return {(what, kind, row.subject) for row in rows() if row.day == day for what, kind in row.events}


def open_alerts(day: date) -> Open:
    """Kind and subject of the alerts that are open when the day is over."""
    state: dict[tuple[str, Subject], bool] = defaultdict(bool)
    for row in rows():
        for what, kind in row.events if row.day <= day else ():
            state[kind, row.subject] = what not in ("closed", "held")
    return frozenset(alert for alert, is_open in state.items() if is_open)


def key_days() -> list[date]:
    """The days on which something happens."""
    return sorted({FIRST, *(row.day for row in rows())})
