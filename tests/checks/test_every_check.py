"""Every check of the catalogue that has a kind: a report it finds fault with, and one it must leave alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gxcrawl.checks import check_report
from gxcrawl.checks.catalogue import load_checks
from gxcrawl.checks.prose import quote
from gxcrawl.forms import load_form
from gxcrawl.model import Cell, Finding, Problem, Report

Case = tuple[str, str, dict[str, Any]]  # code, severity and result expected, what differs from a sound report

APPLIED = {"t3.received.natural_person": 4, "t3.received.total": 4}
ANSWERED = {
    **APPLIED,
    "t3.granted.natural_person": 4,
    "t3.granted.total": 4,
    "t3.handled.natural_person": 4,
    "t3.handled.total": 4,
}
TOWN = {"organ": "示例县某镇人民政府", "title": "示例县某镇人民政府2021年政府信息公开工作年度报告"}
COUNTY = {"organ": "示例县人民政府", "title": "示例县人民政府2021年政府信息公开工作年度报告"}


def says(number: int, text: str, **more: Any) -> dict[str, Any]:
    return {"sections": {number: text}, **more}


def odd(cell: str, raw: str, state: str = "invalid", value: Any = None, unit: str = "") -> dict[str, Any]:
    return {"cells": {cell: Cell(cell, value, raw, state, "table 1", "", unit)}}  # type: ignore[arg-type]


def without(part: str, lines_left: int = 0) -> dict[str, Any]:
    """Table three line by line, all zeros; a part is not there, nor are its lines, but for those left."""
    form, cells, line = load_form("2021"), {}, 4
    for row in form.table("t3").rows:
        names = [f"t3.{row.id}.{column.id}" for column in form.table("t3").columns]
        if form.slots[names[0]].optional:
            continue
        for column, name in enumerate(names, 4):
            cells[name] = Cell(name, 0, "0", "ok", f"table 2 row {line} column {column}")
        line += lines_left if names[0].startswith(part) else 1
    gone = [name for name in form.slots if name.startswith(part) and not form.slots[name].optional]
    return {"cells": {**cells, **{name: Cell(name, None, "", "missing", "") for name in gone}}}


def without_column(part: str, columns_left: int = 0) -> dict[str, Any]:
    """Table three without one of its columns."""
    cells: dict[str, Cell] = without("no part")["cells"]
    for name, cell in cells.items():
        before, _, column = cell.place.rpartition(" ")
        if name.endswith(part):
            cells[name] = Cell(name, None, "", "missing", "")
        elif name.endswith("total"):
            cells[name] = cell._replace(place=f"{before} {int(column) - 1 + columns_left}")
    return {"cells": cells}


FOUND: list[Case] = [
    ("T3-BAL", "error fail", {"cells": {"t3.received.natural_person": 1}}),
    ("T3-COL", "error fail", {"cells": {"t3.granted.company": 2}}),
    ("T3-ROW", "error fail", {"cells": {"t3.granted.total": 2}}),
    ("T4-SUM", "error fail", {"cells": {"t4.review.upheld": 10, "t4.review.corrected": 1}}),
    ("T2-INEQ", "warn fail", {"cells": {"t2.rules.issued": 2}}),
    ("T3-BAL", "info uncertain", {"cells": {"t3.received.total": None}}),
    ("T3-ROW", "error fail", {"cells": {"t3.received.company": None, "t3.received.natural_person": 7}}),
    ("V-FORM", "error fail", {"year": 2020, "years": {"title": 2020}}),
    ("V-FORM", "warn uncertain", {"year": 2020, "problems": (Problem("R-FORM", "x"),)}),
    ("V-ROWS", "error fail", without("t3.handled.")),
    ("V-ROWS", "error fail", without_column(".other_org")),
    ("V-ROWS", "info uncertain", {**without("t3.handled."), "problems": (Problem("R-LABEL", "x"),)}),
    ("V-ROWS", "info uncertain", {**without("t3.handled."), "problems": (Problem("R-NEW", "x"),)}),
    ("V-ROWS", "info uncertain", without("t3.handled.", lines_left=1)),
    ("V-ROWS", "info uncertain", without("t3.carried_out.")),
    ("V-ROWS", "info uncertain", without("t3.granted.company")),
    ("V-ROWS", "info uncertain", without_column(".other_org", columns_left=1)),
    ("V-ROWS", "warn uncertain", without("t4.")),
    ("V-LABEL", "info fail", {"labels": {"t3.nonprofit": "社会组织"}}),
    ("V-BLANK", "warn fail", {"cells": {"t3.received.total": None}}),
    (
        "V-BLANK",
        "info uncertain",
        {
            "cells": {"t3.received.total": None},
            "problems": (Problem("R-LABEL", "收到和处理政府信息公开申请情况中的“新收”不是表式的行"),),
        },
    ),
    (
        "V-BLANK",
        "warn fail",
        {
            "cells": {"t3.received.total": None},
            "problems": (Problem("R-LABEL", "主动公开政府信息情况中的“许可”不是表式的行"),),
        },
    ),
    ("V-NUM", "warn fail", odd("t3.received.total", "3.5")),
    ("V-NUM", "warn fail", odd("t3.received.total", "０", "ok", 0)),
    ("V-NUM", "warn fail", odd("t2.fees.amount", "73802.50元", "ok", Decimal("7.380250"), "元")),
    ("V-FEE4", "warn fail", odd("t2.fees.amount", "73802.50元", "ok", Decimal("7.380250"), "元")),
    ("V-FEE4", "warn fail", {"cells": {"t2.fees.amount": Decimal("1.12345")}}),
    ("V-FEE4", "warn uncertain", {"cells": {"t2.fees.amount": 738025}}),
    ("Z-ALLZERO", "info fail", {}),
    ("C-LIC", "info fail", {"cells": {"t2.fees.amount": Decimal("1.1988")}}),
    ("C-T4T3", "info fail", {"cells": {"t4.review.upheld": 1, "t4.review.total": 1}}),
    ("SEC-MISSING", "error fail", says(5, None)),  # type: ignore[arg-type]
    ("SEC-MISSING", "info uncertain", says(3, None)),  # type: ignore[arg-type]
    ("SEC-EMPTY", "warn fail", says(5, "无。")),
    ("SEC-TOPICS", "warn fail", says(1, "本局重视信息公开，通过网站公开信息20条，严格保密审查，开展培训。")),
    ("SEC-IMPROVE", "error fail", says(5, "公开的内容不够丰富，时效性不强。" * 2)),
    ("SEC-TRUNC", "info fail", says(1, "主动公开120条；")),
    ("SEC-TRUNC", "info fail", says(1, "一是围绕重点工作公开信息。")),
    (
        "SEC-COUNT",
        "info fail",
        {"opening": "本报告由总体情况、主动公开情况、申请情况、复议情况、存在问题等六部分组成。"},
    ),
    ("L-GOV50", "error fail", COUNTY),
    ("L-GOV50", "warn fail", says(5, "问题是力度不够。下一步将建立责任追究制度。", **COUNTY)),
    ("L-GOV50", "warn fail", TOWN),
    ("L-GOV50", "info uncertain", says(1, "政务公开列入全县年度考核。", **COUNTY)),
    ("I-TITLE", "warn fail", {"title": "2021年度政府信息公开工作报告"}),
    ("I-ORGNAME", "info fail", {"title": "财政局2021年政府信息公开工作年度报告"}),
    ("I-YEAR", "error fail", {"years": {"title": 2018, "period": 2019}}),
    ("I-YEAR", "warn uncertain", {"years": {"title": 2018, "body": 2019}}),
    ("I-PERIOD", "warn fail", {"period": None, "period_text": ""}),
    ("I-PERIOD", "error fail", {"period": (date(2020, 1, 1), date(2020, 12, 31))}),
    ("I-CONTACT", "info fail", {"contact": {"address": "示例路1号"}}),
    (
        "I-SELF",
        "warn fail",
        says(1, "我局在总结工作的基础上编制此报告。", self_references={"我局": 1}, **TOWN),
    ),
    ("I-BASIS", "info fail", {"opening": "现将有关情况报告如下。"}),
    ("I-BASIS", "warn fail", {"opening": "按照年度报告格式（国办公开办涵〔2021〕30号）编制。"}),
    ("I-BASIS", "warn fail", {"opening": "按照年度报告格式（国办公开办函〔2019〕60号）编制。"}),
    ("I-BASIS", "warn fail", {"opening": "按照《年度报告格式》（国办公开办函〔2021〕20号）编制。"}),
    (
        "I-BASIS",
        "warn fail",
        {"opening": "按照国务院办公厅政府信息公开与政务公开办公室关于印发《工作年度报告格式》的通知编制。"},
    ),
    ("I-STALE", "warn fail", {"opening": "根据《2019年政务公开工作要点》开展工作。"}),
    ("N-NEW", "warn fail", says(1, "全年共收到政府信息公开申请12件。")),
    ("N-NEW", "warn fail", says(1, "全年收到十二件政府信息公开申请。")),
    ("N-NEW", "warn fail", {"cells": APPLIED}),  # the text says that none was received
    ("N-NEW", "info uncertain", says(1, "全县各部门共收到政府信息公开申请12件。")),
    ("N-UNIT", "info fail", says(1, "接到公开政府信息的申请0条。")),
    ("N-CARRY", "warn fail", says(1, "上年结转政府信息公开申请2件。")),
    ("N-DONE", "warn fail", says(1, "收到信息公开申请4件，予以公开3件。", cells=ANSWERED)),
    ("N-APP-OMIT", "info fail", says(1, "通过网站公开信息。", cells=APPLIED)),
    ("N-REV", "warn fail", says(1, "因政府信息公开被申请行政复议2件，未发生行政诉讼。")),
    (
        "N-LIT",
        "warn fail",
        says(1, "未发生因政府信息公开引起的行政复议、行政诉讼。", cells={"t4.suit_direct.total": 1}),
    ),
    ("N-LIT-OMIT", "info fail", {"cells": {"t4.suit_direct.total": 1}}),
    ("N-FEE", "warn fail", says(6, "本年度未收取信息处理费，收取金额400元。")),
    ("N-FEE-MISSING", "info fail", says(6, "无")),
    ("C-FEE", "warn fail", {"cells": {"t3.other.unpaid.total": 2}}),
    ("C-FEE", "warn fail", says(6, "无", cells={"t3.other.unpaid.total": 2})),
    ("N-NORM", "info fail", says(1, "制发行政规范性文件3件。")),
    ("N-SUM", "warn fail", says(1, "行政规范性文件18件，其中财政5件、教育10件、卫生8件。")),
    ("N-ALIEN", "info fail", says(1, "积极开展网上办照。", **TOWN)),
    (
        "SEC-NUM",
        "info fail",
        says(5, "主要问题：公开不够。\n（二）改进情况：加强培训，下一步改进。"),
    ),
    (
        "SEC-DUP",
        "warn fail",
        {"headings": ((1, "一、总体情况", "一"), *((n, "x", "x") for n in (1, 2, 3, 4, 5, 6)))},
    ),
    ("SEC-ORDER", "info fail", {"headings": tuple((n, "x", "x") for n in (1, 3, 2, 4, 5, 6))}),
    ("SEC-HEAD", "info fail", {"headings": tuple((n, "六、其他报告", "六") for n in range(1, 7))}),
]

LEFT_ALONE: list[Case] = [
    *((code, "", {}) for code in load_checks() if code not in ("Z-ALLZERO", "V-ALLBLANK")),
    ("Z-ALLZERO", "", {"cells": APPLIED}),
    ("V-ALLBLANK", "", {"cells": {"t3.received.total": None}}),
    ("T2-INEQ", "", {"cells": {"t2.rules.issued": 2, "t2.rules.repealed": 1, "t2.rules.in_force": 1}}),
    (
        "V-LABEL",
        "",
        {
            "labels": {
                "t3.granted": "(一) 予以 公开",
                "t3.partly_granted": "（二）部分公开（区分处理的，只计这",
            }
        },
    ),
    ("V-NUM", "", {"cells": {"t2.fees.amount": Decimal("1.1988")}}),
    ("SEC-IMPROVE", "", says(5, "一是公开不够及时。二是人员不足。\n针对上述问题，加强了培训，完善了制度。")),
    ("SEC-TRUNC", "", says(1, "统一是要求。一是公开信息。二是办好网站。")),
    ("L-GOV50", "", says(1, "年度考核结果为优秀，未发生责任追究情形。", **COUNTY)),
    ("L-GOV50", "", says(1, "未提到考核的街道。", organ="示例县某街道办事处")),
    ("I-TITLE", "", {"title": "2021年度示例镇政府信息公开工作年度报告"}),
    ("I-TITLE", "", {"title": "示例县财政局政府信息公开工作2021年度报告"}),
    ("I-SELF", "", says(1, "克服自我局限。", self_references={"我局": 1}, **TOWN)),
    ("I-SELF", "", says(1, "我区工业企业发展。", self_references={"我区": 1})),
    (
        "I-BASIS",
        "",
        {"opening": "按照年度报告格式（国办公开办函〔2021〕30号）和规范（国办公开办函〔2019〕61号）编制。"},
    ),
    ("I-STALE", "", {"opening": "落实《2020年政务公开工作要点》和《2021年政务公开工作要点》。"}),
    (
        "N-NEW",
        "",
        says(
            1,
            "本年收到信息公开申请4件（含上年结转1件）。",
            cells={"t3.received.total": 3, "t3.carried_in.total": 1},
        ),
    ),
    ("N-NEW", "", says(1, "2020年收到政府信息公开申请12件。")),
    ("N-NEW", "", says(1, "自条例施行，累计收到政府信息公开申请120件。")),
    ("N-NEW", "", says(1, "收到网上政府信息公开申请3件。", cells={"t3.received.total": 5})),
    ("N-NEW", "", says(1, "收到行政复议申请12件，信息公开工作有序。")),
    ("N-NEW", "", says(1, "受理并办结政府信息公开申请13件，公开9件。")),
    ("N-NEW", "", says(1, "受理政府信息公开申请后及时办理，办结申请13件。")),
    ("N-NEW", "", says(1, "全年办结、受理政府信息公开申请13件。")),
    (
        "N-NEW",
        "",
        says(1, "共受理政府信息公开申请１２件，其中网上8件、信函4件。", cells={"t3.received.total": 12}),
    ),
    ("N-DONE", "", says(1, "收到信息公开申请4件，已办结4件，予以公开4件。", cells=ANSWERED)),
    ("N-REV", "", says(1, "审理行政复议案件120件，政府信息公开有序。")),
    ("N-LIT", "", says(1, "因政府信息公开引起行政诉讼1件。", cells={"t4.suit_after_review.total": 1})),
    ("N-FEE", "", says(6, "超过10件的收取100元/件信息处理费，2021年未收取信息处理费。")),
    ("N-SUM", "", says(1, "收到申请10件，其中自然人8件、企业2件，网上7件、信函3件。")),
    ("N-SUM", "", says(1, "发布信息100条，其中网站60条、微信20条。")),
    ("N-FEE-MISSING", "", says(6, "本年度无收取信息费情况。")),
]


def label(case: Case) -> str:
    return f"{case[0]} {case[1]}".strip()


@pytest.mark.parametrize("case", FOUND, ids=label)
def test_a_fault_is_found_and_told_in_a_sentence(case: Case, findings: Callable[..., list[Finding]]) -> None:
    code, expected, changes = case
    found = findings(code, **changes)
    assert [f"{one.severity} {one.result}" for one in found][:1] == [expected]
    assert found[0].message.endswith("。")
    assert "{" not in found[0].message


@pytest.mark.parametrize("case", LEFT_ALONE, ids=label)
def test_a_sound_report_is_left_alone(case: Case, findings: Callable[..., list[Finding]]) -> None:
    assert findings(case[0], **case[2]) == []


def test_every_check_made_here_has_an_example_of_a_fault() -> None:
    tried = {case[0] for case in FOUND} | {"V-ALLBLANK", "S-2014"}
    assert {code for code, check in load_checks().items() if check.kind and not check.needs} == tried


def test_a_report_of_blanks_is_said_to_be_blank_and_has_no_broken_sum(report: Callable[..., Report]) -> None:
    sound = report()
    blank = {name: Cell(name, None, "", "blank", "") for name in sound.cells}
    checked = check_report(report(blank))
    assert {finding.check for finding in checked.findings if finding.severity == "error"} == {"V-BLANK"}
    assert "V-ALLBLANK" in {finding.check for finding in checked.findings}


def test_sums_of_the_old_sheet_are_not_judged_before_they_are_confirmed(
    report: Callable[..., Report],
) -> None:
    checked = check_report(report({"s.3.received": 5}, form="2014", year=2016))
    assert checked.not_assessable["S-2014"] == "勾稽关系未经核实"


def test_a_report_without_tables_is_judged_by_its_words_only(report: Callable[..., Report]) -> None:
    checked = check_report(report(form=None))
    assert checked.not_assessable["T3-BAL"] == "没有可读的表格"
    assert "SEC-TOPICS" not in checked.not_assessable


def test_what_needs_other_reports_says_so(report: Callable[..., Report]) -> None:
    reasons = check_report(report()).not_assessable
    assert reasons["Y-CARRY"] == "需要该机关其他年度的报告"
    assert reasons["P-MISSING"] == "需要抓取记录"


def test_a_single_row_for_other_treatment_takes_part_in_the_sums(
    findings: Callable[..., list[Finding]],
) -> None:
    parts = [f"t3.other.{row}" for row in ("uncorrected", "unpaid", "rest")]
    columns = ("natural_person", "company", "research", "nonprofit", "legal_service", "other_org", "total")
    cells: dict[str, Any] = {
        f"{row}.{column}": Cell(f"{row}.{column}", None, "", "missing", "")
        for row in parts
        for column in columns
    }
    cells |= {f"t3.other.{column}": 0 for column in columns}
    assert findings("T3-COL", cells) == []
    assert [one.result for one in findings("T3-COL", {**cells, "t3.other.company": 3})] == ["fail"]
    assert "一行" in findings("V-ROWS", cells)[0].message


def test_sections_printed_twice_from_end_to_end_are_doubted(findings: Callable[..., list[Finding]]) -> None:
    twice = tuple((n, "x", "x") for n in (1, 2, 3, 4, 5, 6)) * 2
    assert [one.result for one in findings("SEC-DUP", headings=twice)] == ["uncertain"]


def test_a_report_without_any_heading_is_not_accused_of_missing_sections(
    findings: Callable[..., list[Finding]],
) -> None:
    found = findings("SEC-MISSING", sections=dict.fromkeys(range(1, 7)), text="只有正文")
    assert [one.result for one in found] == ["uncertain"]


def test_lines_that_no_form_asks_for_are_neither_blank_nor_odd(
    findings: Callable[..., list[Finding]],
) -> None:
    heading = "s.unnamed.主动公开情况"
    for cell in (Cell(heading, None, "——", "placeholder", "x"), Cell(heading, None, "01", "invalid", "x")):
        for code in ("V-BLANK", "V-NUM"):
            assert findings(code, {heading: cell}, form="2014") == []
    asked = next(name for name in load_form("2014").slots if not name.startswith("s.unnamed."))
    assert [one.cells for one in findings("V-BLANK", {asked: None}, form="2014")] == [(asked,)]


@pytest.mark.parametrize(
    ("raw", "place", "problems", "result"),
    [
        ("- 3", "line 70 field 1", (), "uncertain"),
        ("- 3", "table 3 row 4 column 1", (Problem("R-SHIFT", "x"),), "uncertain"),
        ("1\ufffd", "table 3 row 4 column 1", (), "uncertain"),
        ("- 3", "table 3 row 4 column 1", (), "fail"),
        ("-3", "line 70 field 1", (), "fail"),
    ],
)
def test_the_mark_of_a_list_is_not_held_against_the_organ(
    findings: Callable[..., list[Finding]], raw: str, place: str, problems: tuple[Problem, ...], result: str
) -> None:
    cell = Cell("t4.review.upheld", None, raw, "invalid", place)
    found = findings("V-NUM", {"t4.review.upheld": cell}, problems=problems)
    assert [one.result for one in found] == [result]


def test_a_title_in_traditional_characters_is_a_title(findings: Callable[..., list[Finding]]) -> None:
    assert findings("I-TITLE", title="示例縣水務局2021年政府信息公開工作年度報告") == []
    without_organ = findings("I-TITLE", title="2021年政府信息公開工作年度報告")
    assert ["没有机关名称" in one.message for one in without_organ] == [True]


def test_characters_that_nobody_sees_are_named_and_only_a_hint(
    findings: Callable[..., list[Finding]],
) -> None:
    [found] = findings("V-NUM", odd("t3.received.total", "0\u200b", "ok", 0)["cells"])
    assert (found.result, found.severity) == ("fail", "info")
    assert found.printed == "“0”（含零宽空格）"
    assert found.message.endswith("填“0”（含零宽空格）。")
    [invalid] = findings("V-NUM", odd("t3.received.total", "1\ue000\u2061x")["cells"])
    assert (invalid.severity, "含看不见的字符" in invalid.message) == ("warn", True)


def test_a_label_keeps_its_number_on_both_sides(findings: Callable[..., list[Finding]]) -> None:
    [found] = findings("V-LABEL", labels={"t3.carried_out": "四、转结下年度继续办理"})
    assert (found.printed, found.expected) == ("四、转结下年度继续办理", "四、结转下年度继续办理")


CERTAIN = {"I-PERIOD", "I-BASIS", "SEC-NUM", "V-FORM", "V-LABEL"}  # what should be there is known


@pytest.mark.parametrize("case", FOUND, ids=label)
def test_nothing_is_called_right_that_nobody_knows(
    case: Case, findings: Callable[..., list[Finding]]
) -> None:
    code, _, changes = case
    check = load_checks()[code]
    for found in findings(code, **changes):
        assert not found.expected or check.expected_label != "对照", "say what it is held against"
        assert code in CERTAIN or "应" not in check.expected_label
        assert code in CERTAIN or "应为" not in found.message


def test_inner_marks_of_a_quotation_differ_from_the_outer_ones() -> None:
    assert quote("表格“总计”为3件") == "表格‘总计’为3件"
