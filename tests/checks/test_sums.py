"""Random tables: sound ones raise nothing, a changed number is always found, blanks are never zeros."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.checks import check_report
from gxcrawl.checks.repair import smallest_repairs
from gxcrawl.checks.slips import without_slip
from gxcrawl.forms import load_form
from gxcrawl.model import Cell, Finding, Report

SUMS = {"T3-BAL", "T3-COL", "T3-ROW", "T4-SUM", "T2-INEQ"}
COLUMNS = ("natural_person", "company", "research", "nonprofit", "legal_service", "other_org")
TOTALS = ("received", "carried_in", "handled", "carried_out")
FORM = load_form("2021")
SUMMED = sorted(
    {cell for item in FORM.identities for cell in (*item.left, *item.right)}
    - {name for name, slot in FORM.slots.items() if slot.optional}
)
INEXACT = {name for name in SUMMED if name.startswith("t2.")}

Make = Callable[..., Report]


@st.composite
def sound_tables(draw: st.DrawFn) -> dict[str, int]:
    """Numbers that satisfy every identity, mostly zeros as in real reports."""
    number = st.one_of(st.just(0), st.integers(0, 30))
    rows = list(
        dict.fromkeys(name.split(".", 1)[1].rpartition(".")[0] for name in SUMMED if name.startswith("t3."))
    )
    items = [row for row in rows if row not in TOTALS]
    cells: dict[str, int] = {}
    for column in COLUMNS:
        for row in items:
            cells[f"t3.{row}.{column}"] = draw(number)
        handled = sum(cells[f"t3.{row}.{column}"] for row in items)
        carried_out = draw(number)
        carried_in = draw(st.integers(0, handled + carried_out))
        received = handled + carried_out - carried_in
        for row, value in zip(TOTALS, (received, carried_in, handled, carried_out), strict=True):
            cells[f"t3.{row}.{column}"] = value
    for row in rows:
        cells[f"t3.{row}.total"] = sum(cells[f"t3.{row}.{column}"] for column in COLUMNS)
    for block in ("review", "suit_direct", "suit_after_review"):
        outcomes = [draw(number) for _ in range(4)]
        cells |= {
            f"t4.{block}.{name}": value
            for name, value in zip(("upheld", "corrected", "other", "pending"), outcomes, strict=True)
        }
        cells[f"t4.{block}.total"] = sum(outcomes)
    return cells


def sums_in(report: Report) -> list[Finding]:
    return [finding for finding in check_report(report).findings if finding.check in SUMS]


@given(cells=sound_tables())
def test_sound_tables_raise_no_alarm(report: Make, cells: dict[str, int]) -> None:
    assert sums_in(report(cells)) == []


@given(cells=sound_tables(), name=st.sampled_from(SUMMED), more=st.integers(1, 9))
def test_one_changed_number_is_always_found(
    report: Make, cells: dict[str, int], name: str, more: int
) -> None:
    if name in INEXACT:
        return
    changed = {**cells, name: cells[name] + more}
    found = sums_in(report(changed))
    assert found
    assert all(finding.result == "fail" and name in finding.cells for finding in found)


@given(cells=sound_tables(), names=st.sets(st.sampled_from(SUMMED), min_size=1, max_size=12))
def test_blanks_never_break_a_sum_that_a_number_could_mend(
    report: Make, cells: dict[str, int], names: set[str]
) -> None:
    blanks = {name: Cell(name, None, "", "blank", "") for name in names}
    found = sums_in(report({**cells, **blanks}))
    assert {finding.result for finding in found} <= {"uncertain"}
    touched = {item.check for item in FORM.identities if names & {*item.left, *item.right}}
    assert {finding.check for finding in found} == touched


@given(cells=sound_tables(), names=st.sets(st.sampled_from(SUMMED), min_size=1, max_size=40))
def test_recovered_numbers_prove_nothing(report: Make, cells: dict[str, int], names: set[str]) -> None:
    recovered = {name: Cell(name, cells.get(name, 0), "0", "inferred", "") for name in names}
    found = sums_in(report({**cells, **recovered}))
    assert {(finding.result, finding.severity) for finding in found} <= {("uncertain", "info")}


@given(cells=sound_tables(), name=st.sampled_from(SUMMED), more=st.integers(1, 9))
def test_a_broken_sum_with_recovered_numbers_is_no_accusation(
    report: Make, cells: dict[str, int], name: str, more: int
) -> None:
    everything = {**dict.fromkeys(SUMMED, 0), **cells}
    everything[name] += more
    inferred = {key: Cell(key, value, str(value), "inferred", "") for key, value in everything.items()}
    assert all(finding.result == "uncertain" for finding in sums_in(report(inferred)))


@given(cells=sound_tables(), names=st.sets(st.sampled_from(sorted(set(SUMMED) - INEXACT)), max_size=4))
def test_the_smallest_repair_repairs(report: Make, cells: dict[str, int], names: set[str]) -> None:
    changed = {**cells, **{name: cells[name] + 1 for name in names}}
    identities = FORM.identities_for(report(changed).cells)
    for repair in smallest_repairs([item for item in identities if item.relation == "equal"], changed):
        assert len(repair) <= max(1, len(names))
        assert all(value >= 0 and value != changed[cell] for cell, value in repair.items())
        assert sums_in(report({**changed, **repair})) == []


def test_the_repair_of_a_forgotten_total_is_told(report: Make) -> None:
    """As a district printed it: one application, granted, but no total."""
    cells = {
        f"t3.{row}.{column}": 1 for row in ("received", "granted") for column in ("natural_person", "total")
    }
    found = sums_in(report(cells))
    assert [finding.check for finding in found] == ["T3-BAL", "T3-BAL", "T3-COL", "T3-COL"]
    for finding in found:
        said, guess = without_slip(finding.message)
        assert finding.expected == ""
        assert said.endswith("相差1。")
        assert guess.startswith("可能的笔误（仅供参考，以实际办理情况为准）：")
        assert guess.endswith("填0、“（七）总计”×“总计”填0，如分别为1、1，各项关系均成立。")
    assert found[2].message.startswith("“自然人”列：办理结果各项之和为1，“（七）总计”填0，相差1。")


def test_a_sum_that_several_numbers_could_mend_is_not_blamed_on_one(report: Make) -> None:
    (finding,) = sums_in(report({"t4.review.upheld": 3, "t4.review.total": 5}))
    assert without_slip(finding.message)[1].count("；或者") == 2


def test_known_parts_above_the_total_break_it_whatever_the_blank_is(report: Make) -> None:
    blank = Cell("t4.review.other", None, "", "blank", "")
    (finding,) = sums_in(report({"t4.review.upheld": 3, "t4.review.total": 2, "t4.review.other": blank}))
    assert finding.result == "fail"
    assert (
        finding.message
        == "“行政复议”有未填的格，但结果维持、结果纠正、其他结果、尚未审结已填的数合计为3，已超过“总计”2。"
    )


def test_a_cell_with_several_readings_leaves_a_sum_open_because_there_may_be_more(report: Make) -> None:
    doubtful = Cell("t4.review.other", None, "1 2", "ambiguous", "", candidates=(1, 2))
    (finding,) = sums_in(report({"t4.review.other": doubtful}))
    assert finding.result == "uncertain"


def test_a_missing_row_is_no_flood_of_findings(report: Make) -> None:
    missing = {f"t3.granted.{column}": None for column in (*COLUMNS, "total")}
    cells = {name: Cell(name, None, "", "missing", "") for name in missing}
    assert sums_in(report(cells)) == []
    assert "T3-COL" in check_report(report(cells)).not_assessable
