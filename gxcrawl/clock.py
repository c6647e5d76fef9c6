"""What time it is. GXCRAWL_TODAY puts another day in place of the calendar's; from there time runs on."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
VARIABLE = "GXCRAWL_TODAY"
SINCE = "@"  # behind it stands the real moment at which it was that day, so that no midnight goes back
YEARS = range(2000, 3000)  # of days that can be pretended


class ClockError(ValueError):
    """GXCRAWL_TODAY holds no day; the text says what to write."""


def now() -> datetime:
    """In UTC."""
    return shifted(datetime.now(UTC))


def shifted(real: datetime) -> datetime:
    """A real moment, moved by as many days as when the day was set: here, or in a parent process."""
    given = os.environ.get(VARIABLE)
    if not given:
        return real
    day, since = _read(given)
    if since is None:
        since = real
        os.environ[VARIABLE] = f"{day.isoformat()}{SINCE}{since.isoformat()}"
    return real + timedelta(days=(day - since.astimezone(BEIJING).date()).days)


def today() -> date:
    """In China, where the reports are due."""
    return now().astimezone(BEIJING).date()


def day_of(moment: str) -> date:
    """The day in China of a time as the database keeps it."""
    return datetime.fromisoformat(moment).astimezone(BEIJING).date()


def pretend(day: date | None) -> None:
    """From here on it is that day; None: the calendar's."""
    os.environ.pop(VARIABLE, None)
    if day is not None:
        os.environ[VARIABLE] = day.isoformat()
        now()


def pretended() -> date | None:
    """The day that was set in place of the calendar's."""
    given = os.environ.get(VARIABLE)
    return _read(given)[0] if given else None


def _read(given: str) -> tuple[date, datetime | None]:
    text, _, since = given.partition(SINCE)
    try:
        day = date.fromisoformat(text)
        moment = datetime.fromisoformat(since).astimezone(UTC) if since else None
    except ValueError:
        day, moment = date.min, None
    if day.year not in YEARS:
        raise ClockError(f"{VARIABLE}: {given!r} is no day; write one such as 2026-02-01, or unset it")
    return day, moment
