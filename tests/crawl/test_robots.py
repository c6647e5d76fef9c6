"""robots.txt is asked first, obeyed, and its absence is a permission but its failure is none."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.crawl.conftest import Odd
from tests.crawl.tiny import LIST


def asked(odd: Odd, name: str) -> list[str]:
    return [seen.target for seen in odd.field.served.requests(name)]


def test_it_is_asked_before_everything_else_and_once(odd: Odd) -> None:
    assert asked(odd, "plain") == ["/robots.txt", LIST, *(f"{LIST}{number}.html" for number in (1, 2, 3))]


def test_what_it_forbids_is_not_asked_and_told(odd: Odd) -> None:
    assert f"{LIST}2.html" not in asked(odd, "robots-forbid")
    assert len(odd.field.rows("SELECT 1 FROM reports WHERE portal = 'robots-forbid'")) == 2
    [reason] = odd.field.reasons("robots-forbid").values()
    assert reason.startswith("failed robots: robots.txt of 127.0.0.1:")
    assert odd.field.verdict("robots-forbid") == ("degraded", "robots")


@pytest.mark.parametrize("name", ["plain", "robots-others", "robots-page"])
def test_rules_for_others_no_rules_and_a_page_for_people_forbid_nothing(odd: Odd, name: str) -> None:
    assert odd.field.verdict(name) == ("healthy", "")


def test_its_delay_is_kept_between_any_two_requests(odd: Odd) -> None:
    seen = odd.field.served.requests("robots-slow")
    assert len(seen) == 5
    gaps = [two.time - one.time for one, two in pairwise(seen)]
    assert min(gaps) > 0.2  # as the server sees them: the way to it takes its own time
    assert sum(gaps[1:]) > 3 * 0.4 - 0.1
    assert odd.field.verdict("robots-slow") == ("healthy", "")


@pytest.mark.parametrize("name", ["robots-500", "robots-reset"])
def test_while_it_cannot_be_had_nothing_else_is_asked(odd: Odd, name: str) -> None:
    assert set(asked(odd, name)) == {"/robots.txt"}
    assert len(asked(odd, name)) <= 4
    verdict, failure = odd.field.verdict(name)
    assert (verdict, failure) == ("failed", "http-error")


def test_it_is_not_sought_on_another_host(odd: Odd) -> None:
    assert odd.field.verdict("robots-away") == ("healthy", "")


def test_it_is_archived_like_every_answer(odd: Odd) -> None:
    [row] = odd.field.rows(
        "SELECT responses.* FROM responses JOIN runs ON runs.id = run WHERE portal = 'robots-slow'"
        " AND kind = 'robots'"
    )
    assert row["url"].endswith("/robots.txt")
    assert (row["status"], row["revisit"], row["length"]) == (200, 0, 31)
