"""`gxcrawl finding`: whatever a check found can be confirmed, dismissed, commented, and that taken back."""

from __future__ import annotations

import json

import pytest

from gxcrawl.review import check
from gxcrawl.store import Store
from tests.decisions.conftest import TODAY, Command, Rows

ORGAN = "990101:教育局"


def found(command: Command, *words: str) -> list[dict[str, object]]:
    done = command("finding", "list", "--json", *words)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.output.splitlines()]


def number(command: Command, code: str) -> str:
    [one] = found(command, "--organ", ORGAN, "--check", code)
    return str(one["id"])


@pytest.fixture
def uncertain(store: Store, rows: Rows) -> int:
    """A finding about 教育局 2025 that nobody is alerted about."""
    with store.writing() as connection:
        connection.execute(
            'INSERT INTO findings (organ, organ_key, year, "check", result, severity, message, expected,'
            " printed, place, version, origin, evidence, mark) VALUES ('示例县教育局', ?, 2024, 'Z-OUTLIER',"
            " 'uncertain', 'info', '请核对。', '', '', '', 1, 'report', '', 'mark')",
            (ORGAN,),
        )
    [(number,)] = rows("SELECT max(id) FROM findings")
    return int(number)


def test_findings_are_listed_by_organ_area_year_and_check(command: Command) -> None:
    missing = found(command, "--year", "2025", "--check", "P-MISSING")
    assert [(one["name"], one["result"], one["decision"]) for one in missing] == [
        ("示例县教育局", "fail", None),
        ("示例县财政局", "fail", None),
    ]
    everything = found(command)
    assert {one["check"] for one in everything} >= {"P-MISSING", "T3-BAL"}
    assert found(command, "--area", "990000") == found(command, "--area", "9901") == everything
    assert found(command, "--area", "990102") == []
    assert {one["organ"] for one in found(command, "--organ", ORGAN)} == {ORGAN}
    line = command("finding", "list", "--check", "P-MISSING", "--organ", ORGAN).output
    assert line.startswith(f"F{number(command, 'P-MISSING')} ")
    assert (
        "error  fail       示例县教育局 2025  P-MISSING: 示例县教育局（机关名称未经确认）2025年度报告未发布"
        in line
    )


def test_one_without_an_alert_can_be_decided_about(command: Command, uncertain: int, rows: Rows) -> None:
    words = ("finding", "confirm", f"F{uncertain}", "--comment", "已电话核实", "--who", "李某")
    assert command(*words).output == f"confirmed: F{uncertain}\n"
    assert command("finding", "comment", str(uncertain), "--text", "已发函").exit_code == 0
    [one] = found(command, "--check", "Z-OUTLIER")
    assert (one["decision"], one["comment"]) == ("confirmed", "已发函")
    assert command("finding", "undo", str(uncertain)).output == f"undone: F{uncertain}\n"
    [one] = found(command, "--check", "Z-OUTLIER")
    assert (one["decision"], one["comment"]) == (None, "已发函")
    assert command("finding", "dismiss", str(uncertain), "--why", "口径不同").exit_code == 0
    assert found(command, "--check", "Z-OUTLIER")[0]["decision"] == "dismissed"
    assert rows("SELECT decision, who FROM decisions ORDER BY id")[0] == ("confirmed", "李某")
    assert len(rows("SELECT 1 FROM decisions")) == 4


def states(rows: Rows, kind: str) -> dict[str, str]:
    return dict(rows("SELECT organ, state FROM alerts WHERE kind = ? AND organ = ?", kind, ORGAN))


def test_the_alert_goes_with_its_last_finding_and_comes_back_with_it(
    store: Store, command: Command, rows: Rows
) -> None:
    missing = number(command, "P-MISSING")
    assert command("finding", "dismiss", missing, "--why", "已并入他局").exit_code == 0
    assert states(rows, "P-MISSING") == {ORGAN: "dismissed"}
    [event] = rows("SELECT what, note FROM alert_events ORDER BY id DESC LIMIT 1")
    assert event == ("dismissed", "已并入他局")
    check(store, TODAY)
    assert states(rows, "P-MISSING") == {ORGAN: "dismissed"}
    assert command("finding", "undo", missing).exit_code == 0
    assert states(rows, "P-MISSING") == {ORGAN: "open"}
    check(store, TODAY)
    assert states(rows, "P-MISSING") == {ORGAN: "open"}


def test_where_some_are_left_the_alert_tells_of_those(store: Store, command: Command, rows: Rows) -> None:
    with store.writing() as connection:
        connection.execute(
            'INSERT INTO findings SELECT NULL, report, organ, organ_key, year, "check", result, severity,'
            " '第二处不平', cells, '9', '8', place, version, origin, other, evidence, mark || '2'"
            " FROM findings WHERE \"check\" = 'T3-BAL'"
        )
    first, second = (str(one["id"]) for one in found(command, "--organ", ORGAN, "--check", "T3-BAL"))
    with store.writing() as connection:
        connection.execute(
            "INSERT INTO alerts (stream, kind, subject, organ, year, area, severity, state, message,"
            " evidence, facts, opened_at, seen_at) VALUES"
            " ('organ', 'T3-BAL', ?, ?, 2024, '990101', 'error', 'open', '', '{}', '', '', '')",
            (f"{ORGAN} 2024", ORGAN),
        )
    command("finding", "dismiss", first, "--why", "误读")
    assert states(rows, "T3-BAL") == {ORGAN: "open"}
    check(store, TODAY)
    assert rows("SELECT message FROM alerts WHERE kind = 'T3-BAL' AND organ = ?", ORGAN) == [("第二处不平",)]
    command("finding", "dismiss", second, "--why", "误读")
    assert states(rows, "T3-BAL") == {ORGAN: "dismissed"}


def test_a_withdrawn_dismissal_is_no_confirmation(command: Command, rows: Rows) -> None:
    [(alert,)] = rows("SELECT id FROM alerts WHERE kind = 'P-MISSING' AND organ = ?", ORGAN)
    command("alerts", "dismiss", str(alert), "--why", "误判")
    command("alerts", "reopen", str(alert))
    assert rows("SELECT decision FROM decisions ORDER BY id") == [("dismissed",), ("withdrawn",)]
    [one] = found(command, "--check", "P-MISSING", "--organ", ORGAN)
    assert (one["decision"], one["comment"]) == (None, None)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("undo", "1"), 1, "neither confirmed nor dismissed; there is nothing to undo"),
        (("confirm", "999999"), 1, "there is no finding 999999; `gxcrawl finding list` shows them"),
        (("confirm", "1", "999999"), 1, "there is no finding 999999"),
        (("confirm", "x1"), 2, "'x1' is no finding; write its number, such as 12 or F12"),
        (("confirm", "٣"), 2, "is no finding"),
        (("dismiss", "1", "--why", " "), 2, "--why is empty"),
        (("dismiss", "1"), 2, "--why"),
        (("comment", "1", "--text", ""), 2, "--text is empty"),
    ],
)
def test_what_cannot_be_decided_is_said_and_changes_nothing(
    command: Command, rows: Rows, words: tuple[str, ...], code: int, told: str
) -> None:
    done = command("finding", *words)
    assert (done.exit_code, told in done.output) == (code, True), done.output
    assert rows("SELECT 1 FROM decisions") == []
