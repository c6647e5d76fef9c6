"""What is said of an organ's report: only what was seen, never what we failed to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.duties import decide
from gxcrawl.duties.deadlines import deadline, shipped_rules
from gxcrawl.duties.model import Cover, Deadline, Known, Look, Sight

DUE = date(2026, 1, 31)
LEGAL = Deadline(DUE, "article-49-1", True)
LOCAL = Deadline(date(2026, 3, 31), "assumed", False)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def look(text: str, since: str = "01-01") -> Look:
    return Look(f"run-{text}", day(text), day(since))


def sight(seen: str, printed: str | None = None, basis: str = "visible-date", **more: Any) -> Sight:
    values: dict[str, Any] = {"online": True, "error": "", "content": "a", "report": 1, **more}
    given_day = (day(printed) if len(printed) == 5 else date.fromisoformat(printed)) if printed else None
    return Sight(
        values.pop("report"),
        "shili",
        "http://shili.example/1",
        "年度报告",
        given_day,
        basis if printed else "",
        day(seen),
        **values,
    )


def cover(last: str | None = "02-05", *, healthy: bool = True, since: str | None = None) -> Cover:
    return Cover(
        "shili",
        "示例县",
        look(last) if last else None,
        healthy,
        day(since) if since else None,
        "" if healthy else "dns",
    )


def known(*sights: Sight, covers: tuple[Cover, ...] = (cover(),), **more: Any) -> Known:
    values = {"deadline": LEGAL, **more}
    return Known("k", "示例县财政局", 2025, "registered", sights=sights, covers=covers, **values)


CASES = [
    # seen in time, whatever is printed
    ("on_time", None, known(sight("01-20"))),
    ("on_time", None, known(sight("01-20", "02-20"))),
    ("on_time", None, known(sight("03-01", "01-31"))),
    ("on_time", None, known(sight("03-01", "02-15"), sight("03-02", "01-15"))),
    # printed in time, and one day of delay between the page and the list is nothing
    ("on_time", None, known(sight("02-03", "01-31", lacking=look("02-01")))),
    ("on_time", None, known(sight("02-03", "01-10", lacking=look("01-20")))),
    # nobody looked for long after the printed day: it may have stood there, gone and come again
    ("on_time", None, known(sight("02-20", "01-10", lacking=look("02-19", since="01-19")))),
    ("late", 19, known(sight("02-20", "01-10", lacking=look("02-19", since="01-18")))),
    ("late", 15, known(sight("03-01", "02-15"))),
    ("late", 15, known(sight("03-01", "02-15", "signature"))),
    # printed a day too late: had we not failed by the due day, we might have seen it then
    ("late", 1, known(sight("02-20", "02-01"))),
    ("late", 1, known(sight("02-20", "02-01", failed=day("02-01")))),
    ("date_unknown", None, known(sight("02-20", "02-01", failed=day("01-31")))),
    ("late", 2, known(sight("02-20", "02-02", failed=day("01-31")))),
    ("late", 4, known(sight("02-05", lacking=look("02-04")))),
    ("late", 4, known(sight("02-05", "01-10", lacking=look("02-04")))),
    ("late", 4, known(sight("02-05", "01-10", "url", lacking=look("02-04")))),
    ("date_unknown", None, known(sight("02-05"))),
    ("date_unknown", None, known(sight("02-05", "01-10", "url"))),
    ("date_unknown", None, known(sight("02-05", "01-10", "signature"))),
    ("date_unknown", None, known(sight("02-05", "2025-01-20"))),
    ("date_unknown", None, known(sight("02-05", lacking=look("01-31")))),
    ("on_time", None, known(sight("01-20", error="carrier-not-read"))),
    ("late", 15, known(sight("03-01", "02-15", error="carrier-not-read"))),
    ("withdrawn", None, known(sight("01-20", online=False))),
    ("on_time", None, known(sight("01-20", online=False), sight("02-20"))),
    ("unreadable", None, known(sight("02-20", error="not-a-report"))),
    ("unreadable", None, known(listed=("http://shili.example/2",))),
    ("on_time", None, known(sight("01-20"), listed=("http://shili.example/2",))),
    ("missing", 5, known()),
    ("missing", 1, known(covers=(cover("02-01"), cover("02-09")))),
    ("unknown", None, known(covers=())),
    ("unknown", None, known(covers=(cover(None),))),
    ("unknown", None, known(covers=(cover("01-31"),))),
    ("unknown", None, known(covers=(cover("02-05", healthy=False, since="02-06"),))),
    ("unknown", None, known(covers=(cover(), cover("02-05", healthy=False, since="02-06")))),
    ("unknown", None, known(doubts=("有一份报告机关不明",))),
    ("exempt", None, known(exists=False)),
    ("exempt", None, known(deadline=LEGAL._replace(exempt="按地方规定不单独编制年度报告"))),
]


@pytest.mark.parametrize(("status", "days", "facts"), CASES)
def test_each_status_rests_on_what_was_seen(status: str, days: int | None, facts: Known) -> None:
    duty = decide(facts, day("02-10"))
    assert (duty.status, duty.days) == (status, days), duty.reason
    assert duty.reason


def test_nothing_is_missing_on_the_last_day_and_everything_is_said_on_the_next() -> None:
    assert decide(known(covers=(cover("01-31"),)), DUE).status == "not_due"
    assert decide(known(covers=(cover("02-01"),)), day("02-01")).status == "missing"
    assert decide(known(), DUE).recheck == day("02-01")


def test_an_old_look_proves_nothing_about_today() -> None:
    facts = known(covers=(cover("02-05"),))
    assert decide(facts, day("02-15")).status == "missing"
    duty = decide(facts, day("02-16"))
    assert duty.status == "unknown"
    assert "2026-02-05" in duty.reason
    assert decide(facts, day("02-15")).recheck == day("02-16")


def test_the_reason_names_the_portal_that_failed_and_since_when() -> None:
    duty = decide(known(covers=(cover("01-20", healthy=False, since="01-25"),)), day("02-10"))
    assert "示例县" in duty.reason
    assert "2026-01-25起不正常（dns）" in duty.reason


def test_a_town_has_no_statutory_date_and_the_text_says_so() -> None:
    duty = decide(known(deadline=LOCAL, covers=(cover("04-05"),)), day("04-06"))
    assert (duty.status, duty.statutory, duty.days) == ("missing", False, 5)
    assert "无法定期限" in duty.reason
    assert "无法定期限" not in decide(known(), day("02-10")).reason


DAYS = st.dates(date(2025, 12, 1), date(2026, 6, 30))
SIGHTS = st.builds(
    Sight,
    st.integers(1, 9),
    st.just("shili"),
    st.just("http://shili.example/1"),
    st.just("年度报告"),
    st.none() | DAYS,
    st.sampled_from(("visible-date", "list", "url", "signature", "")),
    DAYS,
    st.booleans(),
    st.sampled_from(("", "carrier-not-read", "unreadable")),
    st.sampled_from("ab"),
)
COVERS = st.builds(
    Cover,
    st.just("shili"),
    st.just("示例县"),
    st.none() | st.builds(Look, st.just("run"), DAYS),
    st.booleans(),
    st.none() | DAYS,
    st.just("dns"),
)


@given(st.lists(SIGHTS, max_size=3), st.lists(COVERS, max_size=3), DAYS)
def test_missing_is_said_only_when_every_portal_was_seen_whole_after_the_due_day(
    sights: list[Sight], covers: list[Cover], today: date
) -> None:
    duty = decide(known(*sights, covers=tuple(covers)), today)
    if duty.status != "missing":
        return
    assert today > DUE
    assert covers
    assert not [one for one in sights if one.online or not one.error]
    for one in covers:
        assert one.healthy
        assert one.last is not None
        assert one.last.day > DUE


@given(st.lists(SIGHTS, min_size=1, max_size=3), DAYS)
def test_late_always_has_a_day_that_shows_it(sights: list[Sight], today: date) -> None:
    duty = decide(known(*sights), today)
    if duty.status == "late":
        assert duty.days
        assert duty.days > 0
        assert all(one.first_seen > DUE for one in sights if one.error != "unreadable")
        assert duty.lacking or (duty.published and duty.published > DUE)


@given(st.lists(SIGHTS, max_size=2), st.lists(COVERS, min_size=1, max_size=2), DAYS)
def test_a_portal_that_fails_makes_no_organ_look_worse(
    sights: list[Sight], covers: list[Cover], today: date
) -> None:
    facts = known(*sights, covers=tuple(covers))
    failed = replace(facts, covers=tuple(one._replace(healthy=False) for one in covers))
    undisturbed, disturbed = decide(facts, today).status, decide(failed, today).status
    assert disturbed in (undisturbed, "unknown")


@pytest.mark.parametrize(
    ("kind", "year", "due", "statutory"),
    [
        ("department", 2025, date(2026, 1, 31), True),
        ("government", 2025, date(2026, 3, 31), True),
        ("department", 2018, date(2019, 3, 31), True),
        ("government", 2008, date(2009, 3, 31), True),
        ("town", 2025, date(2026, 3, 31), False),
        ("subdistrict", 2018, date(2019, 3, 31), False),
        ("area_committee", 2025, date(2026, 3, 31), False),
        ("vertical", 2025, date(2026, 3, 31), False),
        ("other", 2025, date(2026, 3, 31), False),
    ],
)
def test_the_regulation_sets_a_day_for_departments_and_governments_only(
    kind: str, year: int, due: date, statutory: bool
) -> None:
    found = deadline(shipped_rules(), kind, "990101", year)
    assert (found.due, found.statutory) == (due, statutory)


def test_a_local_date_is_told_with_the_rule_that_sets_it() -> None:
    local = Deadline(date(2026, 1, 25), "shili", False, source="示例县通知")
    told = decide(known(covers=(cover("02-05"),), deadline=local), day("02-05")).reason
    assert told.startswith("无法定期限，地方规定（示例县通知）为2026-01-25，")


def test_a_report_that_a_person_saved_is_told_with_who_and_where_from() -> None:
    said = decide(known(sight("01-20", by_hand="张三，来自邮件")), day("02-10"))
    assert said.status == "on_time"
    assert said.reason.endswith("；报告为人工存入（张三，来自邮件）")
    assert "人工存入" not in decide(known(sight("01-20")), day("02-10")).reason
