"""What time it is. GXCRAWL_TODAY puts another day in place of the calendar's, for all processes."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
VARIABLE = "GXCRAWL_TODAY"


def now() -> datetime:
    """In UTC; on another day when one is set, at the time that it really is."""
    real = datetime.now(UTC)
    given = os.environ.get(VARIABLE)
    if not given:
        return real
    day = date.fromisoformat(given)
    return real.astimezone(BEIJING).replace(year=day.year, month=day.month, day=day.day).astimezone(UTC)


def today() -> date:
    """In China, where the reports are due."""
    return now().astimezone(BEIJING).date()


def day_of(moment: str) -> date:
    """The day in China of a time as the database keeps it."""
    return datetime.fromisoformat(moment).astimezone(BEIJING).date()


def pretend(day: date | None) -> None:
    """From here on it is that day; None: the calendar's."""
    if day is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = day.isoformat()
