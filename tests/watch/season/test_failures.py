"""Our failure is never an organ's fault: with any portal out of sight no more is told about organs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.watch.season import story, truth
from tests.watch.season.played import Season, play
from tests.watch.season.story import FIRST, LAST, Failure

SOAK = bool(os.environ.get("GXCRAWL_SOAK"))
KINDS = ("down", "blocked", "empty", "redesigned", "truncated", "beheaded", "details")
IN_A_ROW = 2  # unhealthy runs, before the operator is told


def played_days() -> list[date]:
    """Those on which something happens, those around them, and one in each week."""
    near = {day + timedelta(step) for day in truth.key_days() for step in (-1, 0)} | {LAST}
    return [day for day in story.days() if day in near or day.weekday() == 0]


DAYS = played_days()


def out_of_sight(portal: str, kind: str, first: str, last: str) -> tuple[Failure, ...]:
    return (Failure(portal, kind, date.fromisoformat(first), date.fromisoformat(last)),)


TRAPS = {
    "as in the season that is told": story.failures(),
    "only a later copy can be seen": out_of_sight("shili", "down", "2026-01-10", "2026-02-10"),
    "what was gone comes back unseen": out_of_sight("shili", "empty", "2026-03-19", "2026-04-03"),
    "what came and went unseen comes again": out_of_sight("shili", "beheaded", "2026-02-11", "2026-03-15"),
    "on the day on which a report moves": out_of_sight("moni", "blocked", "2026-03-20", "2026-03-20"),
    "what a report has left is not missed yet": out_of_sight("moni", "truncated", "2026-03-20", "2026-03-20"),
    "the lists can be read, the reports not": out_of_sight("yangben", "details", "2026-01-15", "2026-03-25"),
    "what is corrected is cut off the list": out_of_sight("moni", "beheaded", "2026-02-20", "2026-03-04"),
    "a correction cannot be read": out_of_sight("moni", "details", "2026-02-20", "2026-03-02"),
    "it stood there a day before its date": out_of_sight("yangben", "blocked", "2026-01-30", "2026-03-10"),
    "never seen at all": out_of_sight("pingtai", "redesigned", "2025-12-01", "2026-04-30"),
    "the new ones are cut off when they are due": out_of_sight(
        "moni", "beheaded", "2026-01-31", "2026-02-01"
    ),
    "the old ones are cut off from the beginning": out_of_sight(
        "yangben", "truncated", "2025-12-01", "2026-01-05"
    ),
}
ANY = st.lists(
    st.builds(
        lambda portal, kind, first, length: Failure(portal, kind, first, first + timedelta(length)),
        st.sampled_from(sorted(story.portals())),
        st.sampled_from(KINDS),
        st.sampled_from(DAYS),
        st.one_of(st.integers(0, 3), st.integers(4, 40)),
    ),
    min_size=1,
    max_size=2,
).map(tuple)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, registered: Path) -> Season:
    """Every portal can be looked at all the time."""
    return play(tmp_path_factory.mktemp("undisturbed"), registered, DAYS, (), keep=True)


@pytest.mark.parametrize("failures", TRAPS.values(), ids=TRAPS)
def test_where_a_failure_of_ours_could_become_an_organs_fault(
    undisturbed: Season, registered: Path, failures: tuple[Failure, ...]
) -> None:
    assert_failures_hurt_nobody(undisturbed, registered, failures)


# What is drawn says enough as it is, and to find something simpler would take minutes.
@settings(max_examples=500 if SOAK else 3, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(ANY)
def test_no_failure_of_ours_makes_an_alert_about_an_organ(
    undisturbed: Season, registered: Path, failures: tuple[Failure, ...]
) -> None:
    assert_failures_hurt_nobody(undisturbed, registered, failures)


def assert_failures_hurt_nobody(undisturbed: Season, registered: Path, failures: tuple[Failure, ...]) -> None:
    """The season is gone on with from the day before the first failure."""
    begin = min(one.first for one in failures)
    earlier = [day for day in DAYS if day < begin]
    start = undisturbed.database(earlier[-1]) if earlier else registered
    days = DAYS[len(earlier) :]
    with TemporaryDirectory() as folder:
        season = play(Path(folder), start, days, failures, keep=False)
    assert_no_more_is_said(undisturbed, season, days)
    for one in failures:
        assert_operator_knows(season, days, one)


def assert_no_more_is_said(undisturbed: Season, season: Season, days: Sequence[date]) -> None:
    opened: set[tuple[str, truth.Subject]] = set()
    before = [undisturbed.said[day] for day in DAYS if day < days[0]]
    opened_otherwise = {(kind, subject) for said in before for _, kind, subject in said.events}
    for day in days:
        opened |= {(kind, subject) for what, kind, subject in season.said[day].events if what == "opened"}
        opened_otherwise |= {
            (kind, subject) for what, kind, subject in undisturbed.said[day].events if what == "opened"
        }
        more = about_organs(season.said[day].open - undisturbed.said[day].open)
        assert not more, f"{day}: open, and only because a portal failed: {sorted(more)}"
        told = about_organs(opened - opened_otherwise)
        assert not told, f"{day}: told, and only because a portal failed: {sorted(told)}"


def assert_operator_knows(season: Season, days: Sequence[date], one: Failure) -> None:
    if one.kind in ("truncated", "beheaded") and one.first == FIRST:
        return  # nobody can know yet how long the list should be
    failing = [day for day in days if one.on(day)]
    for day in failing[IN_A_ROW - 1 :]:
        assert ("portal-unhealthy", (one.portal, 0)) in season.said[day].open, (day, one)


def about_organs(alerts: set[tuple[str, truth.Subject]] | truth.Open) -> set[tuple[str, truth.Subject]]:
    return {(kind, subject) for kind, subject in alerts if subject[1]}


def test_the_season_ends_with_something_to_be_told(undisturbed: Season) -> None:
    """Otherwise nothing above means anything."""
    assert len(about_organs(undisturbed.said[LAST].open)) > 15
