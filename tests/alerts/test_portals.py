"""Alerts to the operator, and the one summary that readers get of a new portal."""

from __future__ import annotations

from datetime import date

from gxcrawl.review import check
from tests.alerts.world import World


def test_the_operator_is_told_after_the_second_unhealthy_run_and_what_to_do(world: World) -> None:
    world.run("2026-02-02", "blocked:403")
    world.refresh("2026-02-02")
    assert world.states("portal-unhealthy") == {}
    world.run("2026-02-03", "blocked:403")
    world.refresh("2026-02-03")
    [(stream, severity, message)] = world.rows(
        "SELECT stream, severity, message FROM alerts WHERE kind = 'portal-unhealthy'"
    )
    assert (stream, severity) == ("crawler", "error")
    assert message.startswith(
        "门户“shili门户”自2026-02-02起连续2次抓取不正常（blocked:403），最近一次正常抓取：2026-02-01。"
    )
    assert "不要反复重试" in message
    world.run("2026-02-04")
    world.refresh("2026-02-04")
    assert world.states("portal-unhealthy") == {"shili": "closed"}


def test_a_portal_that_was_never_healthy_says_so(world: World) -> None:
    world.portal("new")
    world.run("2026-02-02", "dns", portal="new")
    world.run("2026-02-03", "dns", portal="new")
    world.refresh("2026-02-03", organs=[], portals=["new"])
    [(message,)] = world.rows("SELECT message FROM alerts")
    assert "从未正常抓取" in message


def test_another_class_of_failure_is_noted_and_a_longer_streak_is_not(world: World) -> None:
    for day, failure in (("02", "dns"), ("03", "dns"), ("04", "dns"), ("05", "tls")):
        world.run(f"2026-02-{day}", failure)
        world.refresh(f"2026-02-{day}")
    assert world.events("portal-unhealthy") == ["opened", "changed"]


def test_a_report_that_was_added_by_hand_does_not_make_a_portal_healthy(world: World) -> None:
    world.run("2026-02-02", "dns")
    world.run("2026-02-03", "dns")
    by_hand = world.run("2026-02-04")
    world.write("UPDATE runs SET verdict = 'by-hand' WHERE id = ?", by_hand)
    world.refresh("2026-02-04")
    assert world.states("portal-unhealthy") == {"shili": "open"}


def test_a_portal_that_nobody_crawls_any_more_is_told(world: World) -> None:
    world.refresh("2026-02-11")
    assert world.states("portal-stale") == {}
    world.refresh("2026-02-12")
    assert world.states("portal-stale") == {"shili": "open"}
    world.run("2026-02-13")
    world.refresh("2026-02-13")
    assert world.states("portal-stale") == {"shili": "closed"}


def test_reports_of_nobody_are_told_when_they_keep_organs_from_being_judged(world: World) -> None:
    """The reason is the one that the check over the database gives."""
    world.write("UPDATE organs SET kind = 'department', valid_from = '2020-01-01'")
    world.insert(
        "listings",
        run="shili-2026-02-01",
        scope="",
        url="http://shili.example/",
        pages=1,
        rows=1,
        wanted=1,
        decoys=0,
        stop_reason="no-next",
        complete=1,
        failure="",
    )
    world.report("财政局", 2024, "shili-2026-02-01")
    nobody = world.report(None, 2025, "shili-2026-02-01")
    check(world.store, date(2026, 2, 2))
    [(message,)] = world.rows("SELECT message FROM alerts WHERE kind = 'reports-unnamed'")
    assert "因此1个机关2025年度是否发布无法判断" in message
    assert "例如：2025年度有一份报告机关不明" in message
    world.write("UPDATE reports SET status = 'gone' WHERE id = ?", nobody)
    check(world.store, date(2026, 2, 2))
    assert world.states("reports-unnamed") == {"shili": "closed"}


def test_a_new_portal_has_one_summary_of_what_lies_behind_it_and_never_another(world: World) -> None:
    report = world.report("财政局", 2019, "shili-2026-02-01")
    world.finding("财政局", 2019, "T3-BAL", report=report)
    world.duty("财政局", 2020, "missing")
    world.duty("财政局", 2021, "late")
    world.duty("财政局", 2025, "missing")
    world.refresh("2026-02-01")
    [(stream, severity, message)] = world.rows("SELECT stream, severity, message FROM alerts")
    assert (stream, severity) == ("organ", "info")
    assert "1个机关、1份报告。2025年度以前：未发布1份，逾期1份，校验不符1项" in message
    world.duty("财政局", 2020, "on_time")
    world.run("2026-02-02", "dns")
    world.refresh("2026-02-02")
    assert world.rows("SELECT message, state FROM alerts") == [(message, "open")]


def test_a_portal_has_no_summary_before_its_first_healthy_run(world: World) -> None:
    world.portal("new")
    world.run("2026-02-01", "budget", portal="new")
    world.refresh("2026-02-01", organs=[], portals=["new"])
    assert world.states() == {}
    world.run("2026-02-02", portal="new")
    world.refresh("2026-02-02", organs=[], portals=["new"])
    assert world.states() == {"new": "open"}
