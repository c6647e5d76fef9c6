"""Another day than the calendar's: time runs on from there, for this process and for those that it starts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner

from gxcrawl import clock
from gxcrawl.cli import main

LATE = datetime(2026, 11, 28, 15, 59, tzinfo=UTC)  # a minute before midnight in China


def day(moment: datetime) -> date:
    return moment.astimezone(clock.BEIJING).date()


@pytest.fixture
def pretending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.VARIABLE, "2026-02-01")


@pytest.mark.usefixtures("pretending")
def test_a_crawl_over_midnight_goes_on_with_the_next_day() -> None:
    before, after = clock.shifted(LATE), clock.shifted(LATE + timedelta(minutes=2))
    assert (day(before), day(after)) == (date(2026, 2, 1), date(2026, 2, 2))
    assert after - before == timedelta(minutes=2)
    assert clock.pretended() == date(2026, 2, 1)


@pytest.mark.usefixtures("pretending")
def test_the_time_of_day_is_the_real_one() -> None:
    assert clock.shifted(LATE) == datetime(2026, 2, 1, 15, 59, tzinfo=UTC)


def test_a_process_that_is_started_after_midnight_has_the_day_of_its_parent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(clock.VARIABLE, f"2026-02-01@{LATE.isoformat()}")
    assert day(clock.shifted(LATE + timedelta(hours=1))) == date(2026, 2, 2)


def test_without_it_the_calendar_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.VARIABLE, raising=False)
    assert clock.shifted(LATE) == LATE
    assert clock.pretended() is None


@pytest.mark.parametrize(
    "given", ["tomorrow", "2026-02-30", "2026-02-01@noon", "0001-01-01", "9999-12-31", "@"]
)
@pytest.mark.parametrize("words", [("check",), ("alerts",), ("watch",), ("parse", "nowhere.html")], ids=str)
def test_what_is_no_day_is_wrong_usage_of_every_command(
    given: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(clock.VARIABLE, given)
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert f"GXCRAWL_TODAY: {given!r} is no day; write one such as 2026-02-01" in done.stderr


def test_a_day_of_no_season_is_wrong_usage_of_the_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.VARIABLE, raising=False)
    done = CliRunner().invoke(main, ["check", "--today", "0001-01-01"])
    assert done.exit_code == 2
    assert "Invalid value for '--today'" in done.stderr
