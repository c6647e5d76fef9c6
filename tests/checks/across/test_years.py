"""Reports of two years that differ for a good reason, or by our own reading: nobody is accused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gxcrawl.checks.across.model import Event
from gxcrawl.checks.across.run import check_case
from gxcrawl.forms import load_form
from tests.checks.across.cases import NAME, YEAR, Values, case, duty, filed, found, pair, published, reason

OUT, INTO = "t3.carried_out.total", "t3.carried_in.total"
IN_FORCE = "t2.normative.in_force"


@pytest.mark.parametrize("day", [date(2022, 1, 1), date(2022, 12, 31), date(2023, 6, 1), date(2024, 3, 31)])
@pytest.mark.parametrize("kind", ["renamed", "merged", "split", "abolished"])
def test_an_event_in_the_two_years_or_while_they_were_written_stops_the_comparison(
    day: date, kind: str
) -> None:
    given = pair({OUT: 3, IN_FORCE: 9}, {INTO: 0}, events=(Event(kind, day),))
    assert [remark for remark in check_case(given).remarks if remark.finding.check[0] in "YT"] == []
    assert "不作比较" in reason(given, "Y-CARRY")


@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2024, 4, 1)])
def test_an_event_long_before_or_after_changes_nothing(day: date) -> None:
    assert found(pair({OUT: 3}, events=(Event("merged", day),)), "Y-CARRY")


def test_what_was_carried_over_is_followed_from_the_form_of_2019_to_that_of_2021() -> None:
    old = {"form": "2019"}
    assert found(pair({OUT: 3}, {INTO: 3}, year=2021, of_before=old), "Y-CARRY") == []
    assert found(pair({OUT: 3}, {INTO: 0}, year=2021, of_before=old), "Y-CARRY")


@pytest.mark.parametrize("form", ["2008", "2014", None])
def test_an_old_sheet_has_nothing_to_carry_over(form: str | None) -> None:
    given = pair(year=2019, of_before={"form": form}, of_now={"form": "2019"})
    assert reason(given, "Y-CARRY")


@pytest.mark.parametrize(
    "title", [f"{NAME}2022年政府信息公开工作年度报告", "2021-2022年度报告", "示例县财政局２０２２年报"]
)
def test_a_report_whose_title_names_another_year_is_not_compared(title: str) -> None:
    assert "年度存疑" in reason(pair({OUT: 3}, {}, of_now={"title": title}), "Y-CARRY")


@pytest.mark.parametrize("title", ["", "政府信息公开工作年度报告", "2023年度报告（2024年1月公布）"])
def test_a_title_without_another_year_is_no_doubt(title: str) -> None:
    assert found(pair({OUT: 3}, {}, of_now={"title": title}), "Y-CARRY")


def test_one_report_that_stands_for_two_years_is_not_held_against_itself() -> None:
    given = pair({OUT: 3}, {}, of_before={"title": ""}, of_now={"title": ""})
    same = {year: replace(report, report=1) for year, report in given.filed.items()}
    assert "同一份报告" in reason(replace(given, filed=same), "Y-CARRY")


@pytest.mark.parametrize("carried_in", [3, 5])
def test_a_corrected_report_may_be_followed_as_it_was_or_as_it_is(carried_in: int) -> None:
    corrected = {"corrected": True, "as_published": {OUT: 3}}
    assert found(pair({OUT: 5}, {INTO: carried_in}, of_before=corrected), "Y-CARRY") == []


def test_a_report_that_follows_neither_version_is_told_the_one_it_was_written_after() -> None:
    corrected = {"corrected": True, "as_published": {OUT: 3}}
    (remark,) = found(pair({OUT: 5}, {INTO: 1}, of_before=corrected), "Y-CARRY")
    assert "2022年度报告（首次发布时）“四、结转下年度继续办理”为3件" in remark.finding.message
    assert remark.evidence["cells_before"] == {OUT: 3}


def test_columns_that_do_not_agree_are_told_with_what_stands_in_both() -> None:
    (remark,) = found(pair({OUT: 3}, {}), "Y-CARRY")
    assert remark.finding.message == (
        "“总计”列：2022年度报告“四、结转下年度继续办理”为3件，"
        "2023年度报告“二、上年结转政府信息公开申请数量”为0件，相差3件。"
    )
    assert (remark.finding.expected, remark.finding.printed) == ("3", "0")
    assert (remark.finding.cells, remark.report, remark.other) == ((INTO,), 2023, 2022)


def test_blank_columns_are_told_once_and_only_beside_columns_that_have_numbers() -> None:
    columns = ("company", "research", "nonprofit")
    blank: Values = {f"t3.carried_in.{column}": None for column in columns}
    (remark,) = found(pair({}, blank), "Y-CARRY", "uncertain")
    assert remark.finding.message.startswith("“商业企业”、“科研机构”、“社会公益组织”列：")
    all_blank: Values = {name: None for name in load_form("2021").slots if name.startswith("t3.carried_in.")}
    assert reason(pair({OUT: 3}, all_blank), "Y-CARRY") == "两个年度的报告中没有可以比较的数"


def test_numbers_that_agree_by_reasoning_only_neither_pass_nor_fail() -> None:
    names = [name for name in load_form("2021").slots if name.startswith("t3.carried_in.")]
    assert "推定" in reason(pair({}, {}, of_now={"inferred": names}), "Y-CARRY")


@pytest.mark.parametrize(
    "text",
    [
        "现行有效件数根据清理结果进行了调整，以本年度报告为准。",
        "根据文件清理结果，废止一批规范性文件。",
        "因机构调整，部分文件由其他单位管理。",
        "对历年数据重新统计。",
        "上年度规章件数填报有误。",
    ],
)
def test_a_stock_that_the_report_accounts_for_is_only_a_question(text: str) -> None:
    given = pair({IN_FORCE: 10}, {IN_FORCE: 20}, of_now={"text": text})
    assert found(given, "Y-VALID") == []
    (remark,) = found(given, "Y-VALID", "uncertain")
    assert text.rstrip("。") in remark.finding.message


def test_the_words_that_account_for_a_number_are_quoted_from_a_long_sentence_too() -> None:
    text = "一年来" + "，依法公开" * 40 + "，规范性文件作了清理" + "，持续推进" * 40 + "。"
    (remark,) = found(pair({IN_FORCE: 10}, {IN_FORCE: 20}, of_now={"text": text}), "Y-VALID", "uncertain")
    assert "规范性文件作了清理" in remark.finding.message
    assert len(remark.finding.message) < 200


@pytest.mark.parametrize("text", ["及时调整政务公开领导小组。", "加强栏目规划入口建设。"])
def test_words_about_something_else_explain_nothing(text: str) -> None:
    assert found(pair({IN_FORCE: 10}, {IN_FORCE: 20}, of_now={"text": text}), "Y-VALID")


def test_a_case_that_moved_to_another_block_is_not_called_lost() -> None:
    waiting = {"t4.review.pending": 1, "t4.suit_direct.pending": 1}
    assert found(pair(waiting, {"t4.suit_after_review.total": 2}), "Y-PEND") == []
    assert len(found(pair(waiting, {"t4.suit_after_review.total": 1}), "Y-PEND")) == 2


def test_one_application_that_fills_six_cells_twice_is_no_copy() -> None:
    rows = ("received", "granted", "handled")
    one = {f"t3.{row}.{column}": 1 for row in rows for column in ("natural_person", "total")}
    given = pair(one | {IN_FORCE: 5}, one | {IN_FORCE: 5})
    assert found(given, "Y-SAME") == []
    assert "独立" in reason(given, "Y-SAME")


def test_a_jump_is_told_once_for_all_rows_and_never_for_columns() -> None:
    rows = ("received", "granted", "handled")
    few, many = ({f"t3.{row}.{c}": n for row in rows for c in ("company", "total")} for n in (12, 300))
    (remark,) = found(pair(few, many), "Y-JUMP")
    assert remark.finding.cells == ("t3.granted.total", "t3.handled.total", "t3.received.total")


def test_numbers_that_only_look_alike_are_no_series() -> None:
    old = {"form": "2019"}
    before: Values = {"t2.normative.public_total": 10, "t2.fees.items_before": 10, "t3.other.total": 20}
    parts = {"t3.other.uncorrected.total": 60, "t3.other.unpaid.total": 0, "t3.other.rest.total": 41}
    given = pair(before, {IN_FORCE: 900, "t2.fees.amount": 900, **parts}, year=2021, of_before=old)
    (remark,) = found(given, "Y-JUMP")
    assert "“（六）其他处理”×“总计”由20变为101" in remark.finding.message
    assert remark.finding.cells == tuple(parts)


def test_disputes_are_settled_only_when_all_three_years_are_known() -> None:
    busy = {"t4.review.total": 11, "t3.received.total": 1}
    alone = check_case(case(filed(cells=busy)))
    assert alone.settled == frozenset()
    years = [filed(YEAR, busy), filed(YEAR - 1, {"t3.received.total": 9}), filed(YEAR - 2, {INTO: 1})]
    assert check_case(case(*years)).settled == {"C-T4T3"}
    assert found(case(*years), "C-T4T3") == []


@pytest.mark.parametrize("status", ["unknown", "unreadable", "exempt", "not_due", "on_time"])
def test_a_year_that_we_did_not_read_is_no_gap(status: str) -> None:
    given = published(duty(status), filed={2022: filed(2022), 2024: filed(2024)})
    assert found(given, "Y-GAP") == []
