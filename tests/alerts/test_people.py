"""What people do with alerts holds until the facts change."""

from __future__ import annotations

import pytest

from gxcrawl.alerts.people import NotPossibleError, acknowledge, dismiss, reopen
from tests.alerts.world import World, noon

NOW = noon("2026-02-05")
SUBJECT = "财政局 2025"


@pytest.fixture
def alert(world: World) -> int:
    """An open alert on two findings."""
    world.finding("财政局", 2025, "T3-COL", message="甲列不符。", mark="a")
    world.finding("财政局", 2025, "T3-COL", message="乙列不符。", mark="b")
    world.refresh("2026-02-02")
    number: int = world.rows("SELECT id FROM alerts WHERE kind = 'T3-COL'")[0][0]
    return number


def test_an_acknowledged_alert_stays_so_until_its_cause_is_gone(world: World, alert: int) -> None:
    with world.store.writing() as connection:
        acknowledge(connection, alert, "李某", NOW)
    world.finding("财政局", 2025, "T3-COL", message="丙列不符。", mark="c")
    world.refresh("2026-02-06")
    assert world.states("T3-COL") == {SUBJECT: "acknowledged"}
    world.forget("财政局", 2025, "T3-COL")
    world.refresh("2026-02-07")
    assert world.events("T3-COL") == ["opened", "acknowledged", "changed", "closed"]


def test_a_dismissal_is_a_decision_on_the_findings_and_survives_every_run(world: World, alert: int) -> None:
    with world.store.writing() as connection:
        dismiss(connection, alert, "统计口径不同", "李某", NOW)
    assert world.rows("SELECT mark, decision, comment, who FROM decisions ORDER BY mark") == [
        ("a", "dismissed", "统计口径不同", "李某"),
        ("b", "dismissed", "统计口径不同", "李某"),
    ]
    world.refresh("2026-02-06")
    assert world.states("T3-COL") == {SUBJECT: "dismissed"}
    world.forget("财政局", 2025, "T3-COL")
    world.refresh("2026-02-07")
    world.finding("财政局", 2025, "T3-COL", message="甲列不符。", mark="a")
    world.refresh("2026-02-08")
    assert world.states("T3-COL") == {SUBJECT: "dismissed"}
    world.finding("财政局", 2025, "T3-COL", message="丙列不符。", mark="c")
    world.refresh("2026-02-09")
    assert world.events("T3-COL") == ["opened", "dismissed", "reopened"]
    assert world.rows("SELECT message FROM alerts WHERE kind = 'T3-COL'") == [("丙列不符。",)]


def test_a_copy_of_a_report_does_not_undo_a_dismissal(world: World) -> None:
    first = world.report("财政局", 2025, "shili-2026-02-01")
    world.finding("财政局", 2025, "T3-BAL", report=first, mark="a")
    world.refresh("2026-02-02")
    [(number,)] = world.rows("SELECT id FROM alerts WHERE kind = 'T3-BAL'")
    with world.store.writing() as connection:
        dismiss(connection, number, "误判", "李某", NOW)
    copy = world.report("财政局", 2025, "shili-2026-02-01")
    world.finding("财政局", 2025, "T3-BAL", report=copy, mark="b")
    world.refresh("2026-02-06")
    assert world.states("T3-BAL") == {SUBJECT: "dismissed"}


def test_more_days_overdue_do_not_undo_a_dismissal_and_another_deadline_does(world: World) -> None:
    world.missing("财政局", days=3)
    world.refresh("2026-02-03")
    [(number,)] = world.rows("SELECT id FROM alerts WHERE kind = 'P-MISSING'")
    with world.store.writing() as connection:
        dismiss(connection, number, "已并入他局", "李某", NOW)
    world.missing("财政局", days=9)  # its mark is another one, the facts of the duty are not
    world.refresh("2026-02-09")
    assert world.states("P-MISSING") == {SUBJECT: "dismissed"}
    world.duty("财政局", 2025, "missing", due="2026-02-03")
    world.refresh("2026-02-09")
    assert world.states("P-MISSING") == {SUBJECT: "open"}


def test_a_dismissal_can_be_taken_back(world: World, alert: int) -> None:
    with world.store.writing() as connection:
        dismiss(connection, alert, "误判", "李某", NOW)
        reopen(connection, alert, "王某", NOW)
    world.refresh("2026-02-06")
    assert world.states("T3-COL") == {SUBJECT: "open"}
    assert world.events("T3-COL") == ["opened", "dismissed", "reopened"]


def test_a_finding_that_was_dismissed_elsewhere_is_no_cause(world: World, alert: int) -> None:
    decision = {"check": "T3-COL", "comment": "", "who": "", "at": ""}
    world.insert("decisions", mark="a", decision="dismissed", **decision)
    world.insert("decisions", mark="a", decision="comment", **decision)
    world.refresh("2026-02-06")
    assert world.rows("SELECT message FROM alerts WHERE id = ?", alert) == [("乙列不符。",)]
    world.insert("decisions", mark="b", decision="dismissed", **decision)
    world.refresh("2026-02-07")
    assert world.states("T3-COL") == {SUBJECT: "closed"}


def test_what_is_not_possible_is_said_and_changes_nothing(world: World, alert: int) -> None:
    with (
        pytest.raises(NotPossibleError, match="alert 1 is open; only a dismissed one"),
        world.store.writing() as c,
    ):
        reopen(c, alert, "", NOW)
    with pytest.raises(NotPossibleError, match="no alert 99"), world.store.writing() as connection:
        acknowledge(connection, 99, "", NOW)
    world.forget("财政局", 2025, "T3-COL")
    world.refresh("2026-02-06")
    for act in (lambda c: acknowledge(c, alert, "", NOW), lambda c: dismiss(c, alert, "x", "", NOW)):
        with pytest.raises(NotPossibleError, match="alert 1 is closed"), world.store.writing() as connection:
            act(connection)
    assert world.events("T3-COL") == ["opened", "closed"]
