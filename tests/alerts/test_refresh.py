"""Alerts about organs over several days: told once, held while we cannot look, closed by themselves."""

from __future__ import annotations

import json

import pytest

from gxcrawl.alerts import Tally
from tests.alerts.world import World

SUBJECT = "财政局 2025"


def test_a_missing_report_is_told_once_and_stays_one_alert(world: World) -> None:
    world.missing("财政局", days=1)
    assert world.refresh("2026-02-01").opened == 2  # with the summary of the portal
    world.missing("财政局", days=9)
    assert world.refresh("2026-02-09") == Tally()
    [(message, state, opened, seen)] = world.rows(
        "SELECT message, state, opened_at, seen_at FROM alerts WHERE kind = 'P-MISSING'"
    )
    assert "已逾期9天" in message  # the words follow, and nobody is told again
    assert (state, opened[:10], seen[:10]) == ("open", "2026-02-01", "2026-02-09")
    assert world.events("P-MISSING") == ["opened"]


def test_nothing_is_claimed_while_the_portal_cannot_be_looked_at(world: World) -> None:
    world.missing("财政局")
    world.refresh("2026-02-01")
    world.run("2026-02-02", "timeout")
    world.settled("财政局", "unknown")
    assert world.refresh("2026-02-02").held == 1
    assert world.refresh("2026-02-03") == Tally()
    assert world.states("P-MISSING") == {SUBJECT: "held"}
    world.run("2026-02-04")
    world.missing("财政局", days=4)
    assert world.refresh("2026-02-04").resumed == 1
    assert world.states("P-MISSING") == {SUBJECT: "open"}
    assert world.events("P-MISSING") == ["opened", "held", "resumed"]


def test_a_report_that_came_while_the_portal_was_away_closes_the_alert_at_the_next_look(world: World) -> None:
    world.missing("财政局")
    world.refresh("2026-02-01")
    world.settled("财政局", "unknown")
    world.refresh("2026-02-02")
    world.settled("财政局", "late")
    world.finding("财政局", 2025, "P-LATE")
    tally = world.refresh("2026-02-03")
    assert (tally.closed, tally.opened) == (1, 1)
    assert world.states("P-%") == {SUBJECT: "open"}  # P-LATE; the closed one has the same subject
    [(closed,)] = world.rows("SELECT closed_at FROM alerts WHERE kind = 'P-MISSING'")
    assert closed == "2026-02-03T04:00:00+00:00"


def test_a_page_that_is_listed_and_could_not_be_had_neither_confirms_nor_denies(world: World) -> None:
    world.missing("财政局")
    world.refresh("2026-02-01")
    world.settled("财政局", "unreadable")
    assert world.refresh("2026-02-02").held == 1


def test_an_alert_that_comes_back_is_the_same_one(world: World) -> None:
    world.report("财政局", 2025, "shili-2026-02-01")
    world.finding("财政局", 2025, "T3-BAL")
    world.refresh("2026-02-01")
    world.forget("财政局", 2025, "T3-BAL")
    world.refresh("2026-02-02")
    assert world.rows("SELECT state, closed_at IS NULL FROM alerts WHERE kind = 'T3-BAL'") == [("closed", 0)]
    world.finding("财政局", 2025, "T3-BAL")
    assert world.refresh("2026-02-03").reopened == 1
    assert world.rows("SELECT state, closed_at, reopened FROM alerts WHERE kind = 'T3-BAL'") == [
        ("open", None, 1)
    ]
    assert world.events("T3-BAL") == ["opened", "closed", "reopened"]


def test_several_findings_of_one_check_are_one_alert_of_the_worst_severity(world: World) -> None:
    report = world.report("财政局", 2025, "shili-2026-02-01")
    for column in range(30):
        severity = "error" if column == 7 else "warn"
        world.finding(
            "财政局",
            2025,
            "T3-COL",
            report=report,
            severity=severity,
            message=f"第{column}列不符。",
            mark=f"m{column}",
        )
    world.refresh("2026-02-01")
    [(severity, message, evidence)] = world.rows(
        "SELECT severity, message, evidence FROM alerts WHERE kind = 'T3-COL'"
    )
    assert (severity, message) == ("error", "第7列不符。（另有29项同类问题）")
    told = json.loads(evidence)
    assert (told["findings"], len(told["marks"]), told["report"]) == (30, 20, report)


def test_a_copy_of_the_report_at_another_address_is_no_second_fault_and_no_new_fact(world: World) -> None:
    first = world.report("财政局", 2025, "shili-2026-02-01")
    world.finding("财政局", 2025, "T3-BAL", report=first, mark="m1")
    world.refresh("2026-02-01")
    copy = world.report("财政局", 2025, "shili-2026-02-01")
    world.finding("财政局", 2025, "T3-BAL", report=copy, mark="m2")
    assert world.refresh("2026-02-02") == Tally()
    assert world.rows("SELECT message FROM alerts WHERE kind = 'T3-BAL'") == [("T3-BAL不符。",)]


@pytest.mark.parametrize("result", ["uncertain", "not_assessable"])
def test_what_is_not_certain_is_no_alert(world: World, result: str) -> None:
    world.finding("财政局", 2025, "T3-BAL", result=result)
    world.finding("财政局", 2025, "I-CONTACT")  # a check of which nobody needs to be told
    world.refresh("2026-02-01")
    assert world.states("T3-BAL") | world.states("I-CONTACT") == {}


def test_an_earlier_version_and_a_report_that_is_gone_prove_nothing_of_today(world: World) -> None:
    old = world.report("财政局", 2025, "shili-2026-02-01", current=0)
    gone = world.report("财政局", 2025, "shili-2026-02-01", status="gone")
    world.finding("财政局", 2025, "T3-BAL", report=old)
    world.finding("财政局", 2025, "T3-COL", report=gone)
    world.finding("财政局", 2025, "P-GONE", report=gone, severity="warn")
    world.duty("财政局", 2025, "withdrawn")
    world.refresh("2026-02-03")
    assert set(world.rows("SELECT kind FROM alerts WHERE organ IS NOT NULL")) == {("P-GONE",)}


def test_years_before_the_running_one_are_not_told_about_but_go_on_when_they_were(world: World) -> None:
    world.missing("财政局", 2024)
    world.missing("财政局", 2025)
    world.refresh("2026-02-01")
    assert world.states("P-MISSING") == {SUBJECT: "open"}
    world.refresh("2026-12-02")  # the season of 2026 has begun, and the report of 2025 is missing still
    assert world.states("P-MISSING") == {SUBJECT: "open"}
    world.settled("财政局", "late")
    world.refresh("2027-01-10")
    assert world.states("P-MISSING") == {SUBJECT: "closed"}


def test_old_reports_are_news_when_something_happens_to_them_now(world: World) -> None:
    world.run("2026-02-05")
    changed = world.report("财政局", 2019, "shili-2026-02-05", version=2)
    before = world.report(
        "财政局", 2020, "shili-2026-02-01", version=2, first_seen="2026-01-20T00:00:00+00:00"
    )
    world.finding("财政局", 2019, "P-CHANGED", report=changed)
    world.finding("财政局", 2020, "P-CHANGED", report=before)  # from before the first healthy run
    world.finding("财政局", 2021, "P-GONE")
    world.duty("财政局", 2021, "withdrawn")
    world.refresh("2026-02-05")
    assert world.states("P-%") == {"财政局 2019": "open", "财政局 2021": "open"}


@pytest.mark.parametrize("check", ["P-CHANGED", "P-LATE", "Y-GAP", "P-MULTI"])
def test_what_our_own_failure_may_have_brought_about_is_not_opened(world: World, check: str) -> None:
    run = world.run("2026-02-05", "layout-changed")
    world.report("财政局", 2025, run)
    world.duty("财政局", 2025, "late")
    world.finding("财政局", 2025, check)
    world.finding("财政局", 2025, "T3-BAL")
    world.refresh("2026-02-05")
    assert world.states(check) == {}
    assert world.states("T3-BAL") == {SUBJECT: "open"}  # the report that we hold proves itself
    world.run("2026-02-06")
    world.refresh("2026-02-06")
    assert world.states(check) == {SUBJECT: "open"}


def test_a_fault_of_a_report_that_may_have_been_put_right_unseen_is_held(world: World) -> None:
    report = world.report("财政局", 2025, "shili-2026-02-01")
    world.duty("财政局", 2025, "on_time")
    world.finding("财政局", 2025, "T3-BAL", report=report)
    world.finding("财政局", 2025, "P-MULTI", report=report)
    world.asked(report, "2026-02-01")
    world.refresh("2026-02-01")
    world.run("2026-02-02", "blocked:403")
    world.refresh("2026-02-02")
    assert world.rows("SELECT kind, state FROM alerts WHERE year = 2025") == [
        ("P-MULTI", "held"),
        ("T3-BAL", "held"),
    ]
    world.asked(report, "2026-02-03")
    world.run("2026-02-03", "listing-empty")  # the list says nothing, the report answers
    world.refresh("2026-02-03")
    assert world.rows("SELECT kind, state FROM alerts WHERE year = 2025") == [
        ("P-MULTI", "held"),
        ("T3-BAL", "open"),
    ]
    world.forget("财政局", 2025, "T3-BAL")
    world.run("2026-02-04", "blocked:403")
    world.refresh("2026-02-04")
    assert world.states("T3-BAL") == {SUBJECT: "closed"}


@pytest.mark.parametrize("check", ["P-LATE", "P-CHANGED"])
def test_what_no_later_look_takes_back_stays_open_while_there_is_none(world: World, check: str) -> None:
    world.duty("财政局", 2025, "late")
    world.finding("财政局", 2025, check)
    world.refresh("2026-02-05")
    world.run("2026-02-06", "timeout")
    assert world.refresh("2026-02-06") == Tally()
    assert world.states(check) == {SUBJECT: "open"}


def test_a_report_that_was_put_in_by_hand_is_told_about_while_its_portal_is_blocked(world: World) -> None:
    report = world.report("财政局", 2025, "shili-2026-02-01")  # no crawl ever had an answer from its page
    world.finding("财政局", 2025, "T3-BAL", report=report)
    world.run("2026-02-02", "blocked:403")
    world.refresh("2026-02-02")
    assert world.states("T3-BAL") == {SUBJECT: "open"}


def test_only_the_organs_and_portals_that_are_named_are_touched(world: World) -> None:
    world.organ("审计局")
    world.missing("财政局")
    world.missing("审计局")
    world.refresh("2026-02-02", organs=["财政局"], portals=[])
    assert world.states() == {SUBJECT: "open"}
    world.settled("财政局", "late")
    world.refresh("2026-02-03", organs=["审计局"], portals=[])
    assert world.states() == {SUBJECT: "open", "审计局 2025": "open"}
    world.refresh("2026-02-03", organs=[], portals=["shili"])
    assert world.states("portal-summary") == {"shili": "open"}
    assert world.states("P-MISSING") == {SUBJECT: "open", "审计局 2025": "open"}


def test_an_alert_says_what_its_finding_says_and_no_more(world: World) -> None:
    world.organ("审计局", status="candidate")
    world.missing("审计局")
    world.duty("审计局", 2025, "missing", basis="published-before")
    world.finding("审计局", 2025, "T3-BAL", message="总计不平。")
    world.refresh("2026-02-02")
    told = world.rows("SELECT message FROM alerts WHERE organ = '审计局' ORDER BY kind")
    assert told == world.rows("SELECT message FROM findings WHERE organ_key = '审计局' ORDER BY \"check\"")


def test_a_hostile_megabyte_becomes_one_short_line(world: World) -> None:
    world.finding(
        "财政局", 2025, "T3-BAL", message="<script>\r\nBcc: a@example.org\x1b[2J" + "长" * 1_000_000
    )
    world.refresh("2026-02-01")
    [(message,)] = world.rows("SELECT message FROM alerts WHERE kind = 'T3-BAL'")
    assert len(message) == 300
    assert message.isprintable()


def test_a_database_without_anything_has_no_alerts(world: World) -> None:
    for query in ("DELETE FROM runs", "DELETE FROM organs", "DELETE FROM portals"):
        world.write(query)
    assert world.refresh("2026-02-01") == Tally()
