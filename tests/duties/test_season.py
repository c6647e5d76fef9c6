"""The calendar: when reports come into season, and how often to look."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gxcrawl.duties.season import pace, running_year


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2025, 11, 30), 2024),
        (date(2025, 12, 1), 2025),
        (date(2026, 1, 1), 2025),
        (date(2026, 11, 30), 2025),
        (date(2026, 12, 1), 2026),
    ],
)
def test_the_running_year_begins_in_december(today: date, year: int) -> None:
    assert running_year(today) == year


def test_the_watch_looks_more_often_from_january_to_april() -> None:
    assert pace(date(2026, 1, 25)) <= timedelta(hours=12)
    assert pace(date(2026, 3, 31)) == timedelta(days=1)
    assert pace(date(2026, 7, 1)) == timedelta(days=7)
