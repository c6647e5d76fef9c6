"""How a status is told: a bound is never told as a number that is known."""

from __future__ import annotations

import pytest

from gxcrawl.duties.words import status_words


@pytest.mark.parametrize(
    ("status", "days", "published", "told"),
    [
        ("late", 10, "2026-02-10", "逾期10天"),
        ("late", 10, None, "逾期至少10天"),  # we only know when we did not see it yet
        ("late", 10, "2026-01-20", "逾期至少10天"),  # backdated
        ("missing", 3, None, "未发布，逾期3天"),
        ("on_time", None, "2026-01-20", "按期"),
        ("late", None, None, "逾期"),
    ],
)
def test_days_are_told_as_exact_only_when_they_are(
    status: str, days: int | None, published: str | None, told: str
) -> None:
    assert status_words()[status].with_days(days, "2026-01-31", published) == told
