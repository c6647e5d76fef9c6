"""The table of truth is whole and does not contradict itself."""

from __future__ import annotations

from collections import Counter

from gxcrawl.duties.deadlines import KINDS
from tests.watch.season import story, truth
from tests.watch.season.story import FIRST, LAST, YEAR

NEXT = {
    "": {"opened"},
    "opened": {"closed", "held"},
    "reopened": {"closed", "held"},
    "resumed": {"closed", "held"},
    "held": {"resumed", "closed"},
    "closed": {"reopened"},
}
OF_STATUS = {
    "missing": {"P-MISSING", "P-MISSING-LOCAL"},
    "late": {"P-LATE", "P-LATE-LOCAL"},
    "withdrawn": {"P-GONE"},
}


def test_the_season_is_as_large_as_it_must_be() -> None:
    assert len({row.day for row in truth.rows()}) >= 25
    assert len(truth.rows()) >= 50
    assert len(truth.organs()) >= 24
    assert len(story.portals()) >= 3
    kinds = {row["kind"] for row in story.table("registry")}
    assert kinds == set(KINDS)
    failures = {failure.kind for failure in story.failures()}
    assert failures >= {"down", "blocked", "empty", "redesigned", "truncated"}


def test_rows_follow_each_other_in_time_and_name_what_is_there() -> None:
    days = [row.day for row in truth.rows()]
    assert days == sorted(days)
    assert days[0] >= FIRST
    assert days[-1] <= LAST
    assert all(count == 1 for count in Counter((row.day, row.subject) for row in truth.rows()).values())
    registered = {row["name"] for row in story.table("registry")}
    assert registered <= truth.organs(), "every registered organ has a fate"
    assert truth.organs() - registered == {"示例县信访局", "示例县工业和信息化局"}
    assert {row.subject[0] for row in truth.rows() if not row.status} == set(story.portals())


def test_alerts_live_one_life_at_a_time() -> None:
    last: dict[tuple[str, truth.Subject], str] = {}
    for row in truth.rows():
        for what, kind in row.events:
            assert what in NEXT[last.get((kind, row.subject), "")], row
            last[kind, row.subject] = what


def test_what_is_claimed_of_an_organ_is_told_once_and_nothing_else_is() -> None:
    for day in story.days():
        told = truth.open_alerts(day)
        for subject, (status, days) in truth.statuses(day).items():
            assert (days is not None) == (status in ("missing", "late")), (day, subject)
            kinds = {kind for kind, of in told if of == subject}
            claims = set().union(*OF_STATUS.values()) & kinds
            wanted = OF_STATUS.get(status, set()) if subject[1] == YEAR else set()
            assert claims <= wanted, (day, subject, status, claims)
            assert bool(claims) == bool(wanted), (day, subject, status, claims)
