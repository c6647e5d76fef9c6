"""The whole season, day by day: what the watch says is what the table of truth says, no more and no less."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tests.watch.season import story, truth
from tests.watch.season.played import Said, Season


def test_every_status_of_every_day_is_the_one_in_the_table(daily: Season) -> None:
    wrong = [line for day, said in daily.said.items() for line in differing_statuses(day, said)]
    assert not wrong, told(wrong)


def test_every_alert_opens_holds_and_closes_on_its_day_and_none_else_does(daily: Season) -> None:
    wrong = [line for day, said in daily.said.items() for line in differing_events(day, said)]
    assert not wrong, told(wrong)


def test_the_open_alerts_of_every_day_are_those_of_the_table(daily: Season) -> None:
    wrong = [line for day, said in daily.said.items() for line in differing_alerts(day, said)]
    assert not wrong, told(wrong)


def test_nobody_has_a_duty_of_whom_the_table_knows_nothing(daily: Season) -> None:
    """Two spellings are one organ; a misprint and a page without a name make no new one."""
    for day in (story.FIRST, story.LAST):
        assert {organ for organ, _ in daily.said[day].statuses} == {organ for organ, _ in truth.statuses(day)}


def test_an_alert_is_never_told_twice(daily: Season) -> None:
    for day, said in daily.said.items():
        assert len(said.events) == len(set(said.events)), day


def differing_statuses(day: date, said: Said) -> Iterator[tuple[date, str]]:
    expected = truth.statuses(day)
    mentioned = {*expected, *(subject for subject in said.statuses if subject[1] == story.YEAR)}
    for subject in sorted(mentioned):
        wanted, got = expected.get(subject), said.statuses.get(subject)
        if wanted != got and (wanted is None or subject in said.statuses or day > story.FIRST):
            yield day, f"{subject}: the table says {in_words(day, wanted)}, the watch {in_words(day, got)}"


def in_words(day: date, one: tuple[str, int | None] | None) -> str:
    """The same for all days of a report that goes on missing."""
    status, days = one or ("nothing", None)
    since = f" since {day - timedelta(days)}" if status == "missing" and days is not None else f" {days}"
    return status + ("" if days is None else since)


def differing_events(day: date, said: Said) -> Iterator[tuple[date, str]]:
    expected, got = truth.events(day), set(said.events)
    yield from ((day, f"{event}: did not happen") for event in sorted(expected - got))
    yield from ((day, f"{event}: is not in the table") for event in sorted(got - expected))


def differing_alerts(day: date, said: Said) -> Iterator[tuple[date, str]]:
    expected, got = truth.open_alerts(day), said.open
    yield from ((day, f"{alert}: is not open") for alert in sorted(expected - got))
    yield from ((day, f"{alert}: should not be open") for alert in sorted(got - expected))


def told(wrong: list[tuple[date, str]]) -> str:
    """What differs, from when to when."""
    days: dict[str, list[date]] = {}
    for day, what in wrong:
        days.setdefault(what, []).append(day)
    lines = [f"{when[0]} to {when[-1]}, {len(when)} days: {what}" for what, when in days.items()]
    return "\n".join([f"{len(lines)} differences", *lines[:60]])
