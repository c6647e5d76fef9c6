"""The calendar of the watch: which year is running, how long a look counts, how often to look."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Pace(NamedTuple):
    first: str  # month and day
    last: str
    hours: int


@dataclass(frozen=True, slots=True)
class Calendar:
    opens: str
    fresh_days: int
    silent_organs: int
    blind_days: int
    printing_days: int
    pace: tuple[Pace, ...]


@cache
def calendar() -> Calendar:
    raw = tomllib.loads(Path(__file__).with_name("calendar.toml").read_text(encoding="utf-8"))
    return Calendar(**raw | {"pace": tuple(Pace(**one) for one in raw["pace"])})


def running_year(today: date) -> int:
    """The newest year whose reports are in season."""
    return today.year if f"{today:%m-%d}" >= calendar().opens else today.year - 1


def opening(year: int) -> date:
    """The day from which reports of a year are in season."""
    return date.fromisoformat(f"{year}-{calendar().opens}")


def pace(today: date) -> timedelta:
    """The time between two cycles at this time of the year."""
    day = f"{today:%m-%d}"
    return timedelta(hours=next(one.hours for one in calendar().pace if one.first <= day <= one.last))
