"""What publishers do in the season (pages.csv) and a clerk (clerk.csv), and when portals fail (failures.csv).

The reports of 2025 are due in it; those of the years before are there when it begins, with gaps and faults.
What the watch must make of all this stands in truth.csv, and nothing here is derived from it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
YEAR = 2025
FIRST, LAST = date(2025, 12, 1), date(2026, 4, 30)
CORRECTION = "更正说明：本报告原公布的数据有误，现予更正。"


class Text(NamedTuple):
    """What a page says for some time."""

    portal: str
    page: int
    since: date
    until: date
    organ: str  # as its title prints it; "" when that names nobody
    year: int
    printed: date | None
    cases: int  # a number in its tables
    kind: str  # page; broken: a sum is wrong; correction: it speaks of one; file; error: it cannot be had
    contents: str  # equal for copies of one report

    @property
    def path(self) -> str:
        return f"/nb/{self.page}.html"

    @property
    def title(self) -> str:
        return f"{self.organ}{self.year}年政府信息公开工作年度报告"


class Failure(NamedTuple):
    """A portal cannot be looked at, from the first to the last day."""

    portal: str
    kind: str
    first: date
    last: date

    def on(self, day: date) -> bool:
        return self.first <= day <= self.last


class Portal(NamedTuple):
    id: str
    name: str
    code: str


def table(name: str) -> Iterator[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def portals() -> dict[str, Portal]:
    return {row["portal"]: Portal(row["portal"], row["name"], row["code"]) for row in table("portals")}


@cache
def failures() -> tuple[Failure, ...]:
    return tuple(
        Failure(row["portal"], row["kind"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
        for row in table("failures")
    )


@cache
def texts() -> tuple[Text, ...]:
    return tuple(
        Text(
            row["portal"],
            int(row["page"]),
            _day(row["from"]) or date.min,
            _day(row["until"]) or date.max,
            row["organ"],
            int(row["year"]),
            _day(row["printed"]),
            int(row["cases"]),
            row["kind"],
            row["copy_of"] or f"{row['portal']}/{row['page']}",
        )
        for row in table("pages")
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def commands(day: date) -> tuple[tuple[str, ...], ...]:
    """What a clerk says to the watch on a day, before its crawl."""
    return tuple(tuple(row["command"].split()) for row in table("clerk") if _day(row["day"]) == day)


@cache
def shown(portal: str, day: date) -> tuple[Text, ...]:
    """The pages of a portal as they are on a day, the newest first."""
    there = (text for text in texts() if text.portal == portal and text.since <= day < text.until)
    return tuple(sorted(there, key=lambda text: -text.page))


def days(first: date = FIRST, last: date = LAST) -> tuple[date, ...]:
    return tuple(first + timedelta(number) for number in range((last - first).days + 1))
