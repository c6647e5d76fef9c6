"""What a clerk sees in the terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gxcrawl.forms import load_forms
from gxcrawl.model import Cell, Narrative, Problem, ReadError, Report
from gxcrawl.report.words import date_words
from gxcrawl.show.people import for_people
from gxcrawl.show.wide import width


def shown(report: Report, columns: int = 100) -> str:
    return for_people(report, columns=columns, colours=False)


def line_with(text: str, label: str) -> str:
    return next(line for line in text.splitlines() if label in line)


def test_the_head_says_whose_report_it_is_and_how_that_is_known(report: Report) -> None:
    text = shown(report)
    assert text.startswith("示例县财政局2021年政府信息公开工作年度报告\n")
    for words in (
        "机关  示例县财政局",
        "年度  2021",
        "公布  2022-01-20（网页标记的发布日期）",
        "来源  reports/a.html",
    ):
        assert words in text


@pytest.mark.parametrize("basis", date_words().order)
def test_the_reader_is_told_in_chinese_what_the_date_rests_on(report: Report, basis: str) -> None:
    text = shown(replace(report, narrative=replace(report.narrative, published_basis=basis)))
    assert re.search(r"公布  2022-01-20（[\u4e00-\u9fff]+）$", text, re.M)


def test_every_state_of_a_cell_has_a_sign_of_its_own_and_the_sign_is_explained(report: Report) -> None:
    text = shown(report)
    received = line_with(text, "一、本年新收").split()
    assert received[1:] == ["0", "17*", "0", "0", "0", "0", "3056"]
    assert line_with(text, "（一）予以公开").split()[1:] == ["0", "/", "0", "0", "0", "0", "·"]
    assert line_with(text, "（七）总计").split()[1:] == ["0", "?", "0", "0", "0", "0", "!"]
    assert line_with(text, "行政复议 ").split()[1:] == ["0", "0", "0", "0", "缺"]
    for sign in ("* 位置由推断得出", "· 空白", "/ 占位符", "! 不是有效数字", "? 有两种读法", "缺 未见此格"):
        assert f"{sign}（1）" in text


def test_signs_that_do_not_occur_are_not_explained(report: Report) -> None:
    sound = {name: Cell(name, 0, "0", "ok", "") for name in report.cells}
    assert "空白" not in shown(replace(report, cells=sound, findings=()))


def test_a_decimal_is_shown_as_printed(report: Report) -> None:
    assert line_with(shown(report), "行政事业性收费").split()[-1] == "1.1900"


def test_a_number_that_was_not_taken_is_quoted_below(report: Report) -> None:
    text = shown(report)
    assert "未采用的数字（2）" in text
    assert "原文“若干”，表三第27行第8列" in text
    assert "可能是 12、空白" in text


@pytest.mark.parametrize("form", [form.id for form in load_forms()])
@pytest.mark.parametrize("columns", [80, 100, 200])
def test_columns_are_aligned_although_characters_are_wide(report: Report, form: str, columns: int) -> None:
    slots = next(item for item in load_forms() if item.id == form).slots
    cells = {name: Cell(name, 7, "7", "ok", "") for name in slots}
    text = shown(replace(report, form=form, cells=cells, findings=(), problems=()), columns)
    rows = [line for line in text.splitlines() if re.search(r"  7$", line)]
    assert len(rows) > 15
    ends: dict[int, set[int]] = {}
    for row in rows:
        ends.setdefault(len(re.findall(r" 7\b", row)), set()).add(width(row))
    assert all(max(found) <= columns for found in ends.values())
    assert all(len(found) == 1 for numbers, found in ends.items() if numbers > 3)  # one right edge per table


def test_findings_stand_in_the_order_of_their_weight_and_doubts_last(report: Report) -> None:
    found = re.findall(r"^  (错误|提醒|提示|存疑)  (\S+)", shown(report), re.M)
    assert found == [("错误", "T3-BAL"), ("提醒", "V-BLANK"), ("提示", "V-LABEL"), ("存疑", "T3-COL")]
    assert "检查：3 项不符，1 项存疑，35 项通过" in shown(report)


def test_a_long_message_is_wrapped_under_itself(report: Report) -> None:
    long = report.findings[0]._replace(message="这是一句很长的话，" * 20)
    lines = shown(replace(report, findings=(long,)), 80).splitlines()
    start = next(number for number, line in enumerate(lines) if "V-LABEL" in line)
    assert re.match(r" {8}\S", lines[start + 1])
    assert all(width(line) <= 80 for line in lines)


def test_problems_are_shown_with_their_place(report: Report) -> None:
    assert "问题  R-MISSCOL 少了一列，有两种补法（第2个表格第4行）" in shown(report)


def test_a_table_that_is_not_there_is_said_in_one_line(report: Report) -> None:
    lost = {
        name: Cell(name, None, "", "missing", "") if name.startswith("t4.") else cell
        for name, cell in report.cells.items()
    }
    text = shown(replace(report, cells=lost))
    assert "四、政府信息公开行政复议、行政诉讼情况\n  没有读到这张表\n" in text


def test_what_an_old_sheet_does_not_print_is_counted_and_not_listed(report: Report) -> None:
    slots = next(form for form in load_forms() if form.id == "2014").slots
    cells = {name: Cell(name, None, "", "missing", "") for name in slots}
    first = next(iter(cells))
    cells[first] = Cell(first, 42, "42", "ok", "")
    text = shown(replace(report, form="2014", cells=cells, findings=(), problems=()))
    assert len([line for line in text.splitlines() if line.endswith("  42")]) == 1
    assert "  缺\n" not in text
    assert f"缺 未见此格（{len(cells) - 1}）" in text


def test_a_report_without_tables_shows_its_head_and_its_problems(report: Report) -> None:
    text = shown(
        replace(report, form=None, cells={}, findings=(), problems=(Problem("R-IMG", "表格是图片"),))
    )
    assert "表式  没有读到表格" in text
    assert "表格是图片" in text


def test_an_indicator_that_the_form_does_not_know_is_shown_with_its_own_label(report: Report) -> None:
    extra = {**report.cells, "s.x.1": Cell("s.x.1", 42, "42", "ok", "")}
    text = shown(replace(report, cells=extra, labels={"s.x.1": "政务微博发布数"}))
    assert line_with(text, "政务微博发布数").split()[-1] == "42"


def test_a_report_cannot_steer_the_terminal(report: Report) -> None:
    hostile = "\x1b[2J\x1b]0;x\x07\u202e标题\r\n"
    finding = report.findings[0]._replace(message=hostile)
    cells = {**report.cells, "t3.handled.total": report.cells["t3.handled.total"]._replace(raw=hostile)}
    text = shown(
        replace(
            report,
            source=hostile,
            narrative=Narrative(title=hostile, organ=hostile),
            cells=cells,
            findings=(finding,),
            problems=(Problem("R-X", hostile, hostile),),
        )
    )
    assert not set(text) & {"\x1b", "\x07", "\r", "\u202e"}


def test_colours_are_used_only_when_asked_for(report: Report) -> None:
    assert "\x1b[" not in shown(report)
    coloured = for_people(report, columns=100, colours=True)
    assert "\x1b[31m错误\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == shown(report)


def test_what_was_no_report_has_no_tables() -> None:
    assert (
        for_people(Report("x", Narrative(), error=ReadError("empty", "空")), columns=80, colours=False) == ""
    )
