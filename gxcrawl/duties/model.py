"""What is known about an organ's report of one year, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Basis = Literal["registered", "published-before", "published"]
Status = Literal[
    "not_due",
    "on_time",
    "late",
    "missing",
    "date_unknown",
    "unreadable",
    "unknown",
    "withdrawn",
    "exempt",
]


class Look(NamedTuple):
    """A healthy run: it saw every list of its portal to the end."""

    run: str
    day: date
    since: date = date.min  # the first of the looks up to this one that have no long time between them


class Sight(NamedTuple):
    """One address at which the report of an organ and year stands or stood."""

    report: int
    portal: str
    url: str
    title: str
    printed: date | None
    basis: str  # of the printed date
    first_seen: date
    online: bool
    error: str  # why it could not be read; "carrier-not-read" is a file without a reader
    content: str  # equal for the same report at another address
    current: bool = True  # False: its page holds another report or version by now
    missed: bool = False  # the latest healthy look did not find it; once more, and it is gone
    stated: date | None = None  # the latest day that it prints today
    lacking: Look | None = None  # the last look at its portal before it was first seen
    failed: date | None = None  # the first failed run between the last look and the first sight
    by_hand: str = ""  # who saved it first and where from, where no crawl had seen it by then


class Deadline(NamedTuple):
    """By when, and on whose word."""

    due: date
    rule: str  # id of the entry in deadlines.toml
    statutory: bool
    exempt: str = ""  # why no report is owed at all
    source: str = ""


class Cover(NamedTuple):
    """A portal on which the report would stand, as it is known today."""

    portal: str
    name: str
    last: Look | None  # the last healthy look
    healthy: bool  # was the latest run healthy
    since: date | None  # the first of the unhealthy runs since then
    failure: str  # class of the latest run


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that bears on one organ and year."""

    organ: str
    name: str
    year: int
    basis: Basis
    deadline: Deadline
    exists: bool = True  # at the end of the year
    sights: tuple[Sight, ...] = ()
    listed: tuple[str, ...] = ()  # addresses of pages of this organ and year that were not had
    covers: tuple[Cover, ...] = ()
    doubts: tuple[str, ...] = ()  # why a report that was not found may be there all the same


class Duty(NamedTuple):
    """A row of `duties`, but for since when it is so."""

    organ: str
    year: int
    due: date
    rule: str
    statutory: bool
    basis: Basis
    status: Status
    days: int | None
    reason: str
    published: date | None = None
    published_basis: str = ""
    report: int | None = None
    lacking: str | None = None  # run
    recheck: date | None = None
    rule_text: str = ""  # the rule in words; not in the row
