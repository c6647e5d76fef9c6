"""Which known pages are asked again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gxcrawl.bundle.model import Known
from gxcrawl.crawl.policy import Policy, is_due, policy

TODAY = date(2026, 5, 1)
RULES = Policy(recent_years=2, often_days=7, seldom_days=90, missing_again=True)


def known(year: int | None, days_ago: int, misses: int = 0) -> Known:
    asked = f"{TODAY - timedelta(days_ago)}T00:00:00+00:00"
    return Known("/a", "http://x/a", "detail", year, "", "", "", asked, misses, "", 0, "online")


@pytest.mark.parametrize(
    ("year", "days_ago", "due"),
    [
        (2025, 7, True),
        (2025, 6, False),
        (2024, 7, True),
        (2023, 89, False),
        (2023, 90, True),
        (None, 7, True),  # nobody knows: it may be a recent one
        (2030, 7, True),
    ],
)
def test_recent_years_often_and_old_ones_seldom(year: int | None, days_ago: int, due: bool) -> None:
    assert is_due(known(year, days_ago), TODAY, RULES) is due


def test_a_page_that_was_missing_is_asked_at_once_until_that_is_certain() -> None:
    assert is_due(known(2019, 0, misses=1), TODAY, RULES)


def test_a_page_that_was_never_asked_is_due() -> None:
    assert is_due(known(2019, 0)._replace(last_asked=""), TODAY, RULES)


def test_the_shipped_rules_ask_recent_reports_in_every_run() -> None:
    rules = policy()
    assert rules.recent_years >= 2
    assert rules.often_days <= 1 < rules.seldom_days
    assert rules.missing_again
