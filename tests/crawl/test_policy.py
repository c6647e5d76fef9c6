"""Which known pages are asked again."""

from __future__ import annotations

from datetime import date

import pytest

from gxcrawl.bundle.model import Known
from gxcrawl.crawl.policy import Policy, is_due

RULES = Policy(recent_years=2, often_days=0, seldom_days=90, missing_again=True)
TODAY = date(2026, 5, 1)


def known(year: int | None, asked: str, misses: int = 0) -> Known:
    return Known("/a.html", "http://h/a.html", "detail", year, "", "", "", asked, misses, "", 0, "online")


@pytest.mark.parametrize(
    ("page", "due"),
    [
        (known(2025, "2026-04-30T08:00:00+00:00"), True),
        (known(None, "2026-04-30T08:00:00+00:00"), True),
        (known(2019, "2026-04-30T08:00:00+00:00"), False),
        (known(2019, "2025-04-30T08:00:00+00:00"), True),
        (known(2019, "2026-04-30T08:00:00+00:00", misses=1), True),
        (known(2019, ""), True),  # listed before, but left out: --since, or nobody could ask
    ],
)
def test_recent_and_missing_pages_are_asked_again_and_old_ones_seldom(page: Known, due: bool) -> None:
    assert is_due(page, TODAY, RULES) is due
