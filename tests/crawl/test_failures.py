"""Every way not to get an answer has its class, and none of them is "no reports"."""

from __future__ import annotations

import pytest
from scrapy.exceptions import IgnoreRequest

from gxcrawl.crawl.failures import Refused, failure_of
from tests.crawl.conftest import Odd
from tests.crawl.tiny import LIST

CLASSES = {
    "fail-refused": "refused",
    "fail-dns": "dns",
    "fail-tls": "tls",
    "fail-reset": "http-error",
    "fail-cut": "http-error",
    "fail-stall": "timeout",
}


@pytest.mark.parametrize(("name", "failure"), CLASSES.items())
def test_a_list_that_cannot_be_had_fails_the_run_with_its_class(odd: Odd, name: str, failure: str) -> None:
    assert odd.field.verdict(name) == ("failed", failure)
    [listing] = odd.field.bundle(name, "SELECT * FROM listings")
    assert (listing["stop_reason"], listing["complete"]) == (f"failed:{failure}", 0)
    assert f"{name}: failed ({failure})" in odd.done.stdout


@pytest.mark.parametrize("name", ["fail-reset", "fail-cut", "fail-stall"])
def test_what_may_pass_is_tried_three_times(odd: Odd, name: str) -> None:
    assert [seen.target for seen in odd.field.served.requests(name)].count(LIST) == 3


def test_half_an_answer_is_no_answer(odd: Odd) -> None:
    kinds = odd.field.bundle("fail-cut", "SELECT kind FROM responses")
    assert [row["kind"] for row in kinds] == ["robots"]


def test_the_budget_of_the_entry_is_kept_and_what_is_left_is_told(odd: Odd) -> None:
    assert len(odd.field.served.requests("fail-budget")) <= 5
    assert odd.field.verdict("fail-budget") == ("degraded", "budget")
    assert set(odd.field.reasons("fail-budget").values()) == {"failed budget"}


def test_our_own_refusals_keep_their_class_and_words() -> None:
    assert failure_of(Refused("foreign", "not ours")) == ("foreign", "not ours")
    outer = RuntimeError("it went wrong")
    outer.__cause__ = Refused("private-address", "10.0.0.1")
    assert failure_of(outer) == ("private-address", "10.0.0.1")


def test_what_nobody_thought_of_has_a_class_too() -> None:
    assert failure_of(ZeroDivisionError("a\n b")) == ("error", "ZeroDivisionError: a b")
    assert failure_of(IgnoreRequest("max redirections reached"))[0] == "http-error"
    assert len(failure_of(RuntimeError("x" * 9_000))[1]) <= 300


def test_the_exit_code_says_that_not_all_were_healthy(odd: Odd) -> None:
    assert odd.done.returncode == 1
    assert "Traceback" not in odd.done.stderr
    assert odd.done.stdout.count("\n  lists: ") == len(odd.field.rows("SELECT 1 FROM runs"))
