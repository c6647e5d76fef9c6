"""Each rule holds when it should and only then; what is not healthy never passes for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.health import ListFacts, RunFacts, judge
from gxcrawl.health.facts import measures
from gxcrawl.health.judge import GRAVITY, rules

WHOLE = ListFacts("", "http://www.shili.gov.cn/nb/", 20, True, "declared-total", "")
GOOD = RunFacts((WHOLE,), details=20, reports=20, rows=20, min_rows=20, last_rows=20)


def broken(failure: str) -> ListFacts:
    return WHOLE._replace(rows=0, complete=False, stop_reason=f"failed:{failure}", failure=failure)


CUT = WHOLE._replace(complete=False, stop_reason="cap")
# Facts that make exactly one rule hold, and facts right beside them that do not.
CASES: dict[tuple[str, str, str], tuple[RunFacts, RunFacts]] = {
    ("lists", "failed", "listing-not-found"): (replace(GOOD, lists=()), GOOD),
    ("lists.incomplete", "degraded", "listing-incomplete"): (replace(GOOD, lists=(WHOLE, CUT)), GOOD),
    ("rows.below_floor", "degraded", "listing-incomplete"): (replace(GOOD, min_rows=21), GOOD),
    ("rows.lost_share", "degraded", "listing-incomplete"): (
        replace(GOOD, last_rows=26),
        replace(GOOD, last_rows=25),
    ),
    ("details.failed_share", "degraded", "timeout"): (
        replace(GOOD, failures={"timeout": 3, "dns": 2}),
        replace(GOOD, failures={"timeout": 2, "dns": 2}),
    ),
    ("details.bare_share", "degraded", "layout-changed"): (replace(GOOD, bare=5), replace(GOOD, bare=4)),
    ("budget.spent", "degraded", "budget"): (replace(GOOD, budget_spent=True), GOOD),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_rule_holds_at_its_limit_and_not_before(case: tuple[str, str, str]) -> None:
    measure, verdict, failure = case
    held, beside = CASES[case]
    judgement = judge(held)
    assert (judgement.verdict, judgement.failure, len(judgement.reasons)) == (verdict, failure, 1)
    assert judge(beside) == ("healthy", "", ())
    assert any(rule.measure == measure for rule in rules())


def test_every_rule_is_tried_here() -> None:
    broken_ones = {"lists.lost_share", "lists.broken"}
    assert {rule.measure for rule in rules()} == {case[0] for case in CASES} | broken_ones


@pytest.mark.parametrize(
    ("failure", "verdict"),
    [("dns", "failed"), ("listing-empty", "failed"), ("blocked:瑞数", "blocked"), ("blocked:403", "blocked")],
)
def test_when_no_list_could_be_read_the_run_is_what_stood_in_the_way(failure: str, verdict: str) -> None:
    judgement = judge(replace(GOOD, lists=(broken(failure), broken(failure), broken("timeout")), rows=0))
    assert (judgement.verdict, judgement.failure) == (verdict, failure)
    assert any(failure in reason for reason in judgement.reasons)


def test_one_broken_list_of_many_degrades_the_run() -> None:
    judgement = judge(replace(GOOD, lists=(WHOLE,) * 30 + (broken("timeout"),)))
    assert (judgement.verdict, judgement.failure) == ("degraded", "timeout")
    assert judgement.reasons[0] == "1 of 31 lists could not be read to their end: timeout"


def test_lists_that_showed_some_rows_before_they_broke_are_not_lost() -> None:
    halves = (broken("timeout")._replace(rows=15), broken("timeout"))
    judgement = judge(replace(GOOD, lists=halves))
    assert (judgement.verdict, judgement.failure) == ("degraded", "timeout")


def test_the_gravest_verdict_wins_and_every_reason_is_told() -> None:
    facts = replace(GOOD, lists=(broken("blocked:jsl"),), rows=0, bare=20, budget_spent=True)
    judgement = judge(facts)
    assert (judgement.verdict, judgement.failure) == ("blocked", "blocked:jsl")
    assert len(judgement.reasons) == 7


def test_a_share_of_nothing_is_no_share() -> None:
    empty = RunFacts((WHOLE._replace(rows=0),))
    assert not [name for name in measures(empty) if name.startswith("details") or name == "rows.lost_share"]
    assert judge(empty).verdict == "healthy"
    assert judge(replace(empty, last_rows=0)).verdict == "healthy"


def test_a_list_that_lost_all_its_rows_is_not_believed() -> None:
    judgement = judge(RunFacts((WHOLE._replace(rows=0),), last_rows=30))
    assert (judgement.verdict, judgement.failure) == ("degraded", "listing-incomplete")


names = st.sampled_from(["", "", "dns", "timeout", "blocked:瑞数", "hijacked", "listing-empty"])
lists = st.builds(
    ListFacts,
    scope=st.just(""),
    url=st.just("http://www.shili.gov.cn/nb/"),
    rows=st.integers(0, 500),
    complete=st.booleans(),
    stop_reason=st.just("no-next"),
    failure=names,
)
some_facts = st.builds(
    RunFacts,
    lists=st.lists(lists, max_size=6).map(tuple),
    details=st.integers(0, 50),
    failures=st.dictionaries(names.filter(bool), st.integers(1, 20), max_size=3),
    bare=st.integers(0, 50),
    min_rows=st.integers(0, 200),
    last_rows=st.none() | st.integers(0, 500),
    rows=st.integers(0, 500),
    budget_spent=st.booleans(),
)


@given(some_facts)
def test_never_healthy_when_a_list_failed_was_cut_or_was_not_found(facts: RunFacts) -> None:
    judgement = judge(facts)
    assert judgement.verdict in GRAVITY
    whole = facts.lists and all(one.complete and not one.failure for one in facts.lists)
    if not whole or facts.budget_spent or facts.rows < facts.min_rows:
        assert judgement.verdict != "healthy"
    if judgement.verdict == "healthy":
        assert (judgement.failure, judgement.reasons) == ("", ())
    else:
        assert judgement.failure
        assert all(judgement.reasons)


@given(some_facts, lists.filter(lambda one: bool(one.failure)))
def test_one_more_broken_list_never_makes_a_run_better(facts: RunFacts, another: ListFacts) -> None:
    worse = judge(replace(facts, lists=(*facts.lists, another))).verdict
    assert worse != "healthy"
    if facts.lists and all(one.failure and not one.rows for one in (*facts.lists, another)):
        assert worse in ("failed", "blocked")
