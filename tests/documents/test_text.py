"""Text of all kinds goes in: prose stays prose, tables become grids, nothing hangs or is lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.documents.text import read_lines, read_text
from gxcrawl.documents.textlayout.values import MAX_CELLS
from gxcrawl.model import Grid, Paragraph


def rows(text: str) -> list[list[str]]:
    (grid,) = read_text(text).grids
    return [[cell.text for cell in row if cell] for row in grid.rows]


def said(text: str) -> list[str]:
    return [paragraph.text for paragraph in read_text(text).paragraphs]


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_the_real_reports_have_three_tables(seeds: Path, name: str) -> None:
    (path,) = seeds.glob(f"{name}_*.txt")
    document = read_text(path.read_text(encoding="utf-8"))
    assert [grid.kind for grid in document.grids] == ["fields"] * 3
    handled = [[cell.text for cell in row if cell] for row in document.grids[1].rows]
    numbers = [sum(text.isdigit() for text in row) for row in handled]
    assert [n for n in numbers if n] == ([7, 7] + [6] * 22 + [7] if name == "004" else [7] * 25)
    assert [cell.text for cell in document.grids[2].rows[-1] if cell][-1] == "0"
    assert any(paragraph.text.startswith("三、") for paragraph in document.paragraphs)


def test_a_line_without_tab_goes_on_with_the_cell_above() -> None:
    text = "三、申请情况\n\t申请人\n\n\t\n\t商业\n企业\n\t总计\n\n\t新收\n\t3\n\t\n0\n\n\n四、复议情况\n"
    assert rows(text) == [["申请人"], ["", "商业\n企业", "总计"], ["新收", "3", "0"]]
    assert said(text) == ["三、申请情况", "四、复议情况"]


def test_a_heading_right_behind_a_number_is_not_part_of_its_cell() -> None:
    assert said("\t新收\n\t3\n\t0\n\t3\n四、其他需要报告的事项\n无") == ["四、其他需要报告的事项", "无"]


def test_a_blank_line_inside_a_table_of_tabs_does_not_end_it() -> None:
    text = "项目\t甲\t乙\n新收\t1\t2\n\n结转\t\t0\t0\t\n\n四、复议情况\n\n结果\t总计\t\n0\t0\t0"
    first, second = read_text(text).grids
    assert [[cell.text for cell in row if cell] for row in first.rows] == [
        ["项目", "甲", "乙"],
        ["新收", "1", "2"],
        ["结转", "", "0", "0", ""],
    ]
    assert len(second.rows) == 2


def test_a_label_wrapped_between_rows_of_tabs_stays_in_the_table() -> None:
    text = "项目\t甲\t乙\n申请人逾期未按收费通知要求缴纳\n费用\t1\t2\n新收\t0\t0"
    assert rows(text)[1:3] == [["申请人逾期未按收费通知要求缴纳"], ["费用", "1", "2"]]


def test_a_markdown_table_keeps_escaped_pipes_and_drops_its_rule() -> None:
    assert rows("| 项目 | 甲\\|乙 |\n|---|:-:|\n| **新收** | 1 |\n| 结转 | |\n") == [
        ["项目", "甲|乙"],
        ["新收", "1"],
        ["结转", ""],
    ]


def test_markdown_headings_lose_their_marks_and_keep_their_level() -> None:
    document = read_text(
        "# 示例县年度报告\n\n##### （一）存在问题。\n\n## **六、其他需要报告事项**\n\n见<http://example.cn/>。"
    )
    assert [(paragraph.text, paragraph.level) for paragraph in document.paragraphs] == [
        ("示例县年度报告", 1),
        ("（一）存在问题。", 5),
        ("六、其他需要报告事项", 2),
        ("见<http://example.cn/>。", 0),
    ]


def test_a_printed_page_keeps_wrapped_labels_and_group_labels_between_its_rows() -> None:
    page = """三、收到和处理政府信息公开申请情况
   （本列数据的勾稽关系为：            申请人情况
    第一项加第二项之和，等于    自然人   法人或其他组织   总计
     第三项加第四项之和）                商业企业   其他
 一、本年新收政府信息公开申请         12          0        0     12
 数量
          （一）予以公开              1           0        0      1
 三
 、        （二）部分公开（区分处理    3           0        0      3
 本         的，只计这一情形，不计
 年         其他情形）
                                 - 3 -
\f          （七）总计             4           0        0      4
"""
    (grid,) = read_text(page).grids
    assert grid.kind == "layout"
    values = [[cell.text for cell in row if cell and cell.text.isdigit()] for row in grid.rows]
    assert [row for row in values if row] == [
        ["12", "0", "0", "12"],
        ["1", "0", "0", "1"],
        ["3", "0", "0", "3"],
        ["4", "0", "0", "4"],
    ]
    texts = [cell.text for row in grid.rows for cell in row if cell]
    assert {"数量", "三", "年", "其他情形）", "的，只计这一情形，不计"} <= set(texts)
    assert "- 3 -" not in texts


def test_columns_are_counted_as_the_reader_sees_them() -> None:
    (grid,) = read_text("规章        0   12   3\n行政许可    7    8   9").grids
    assert [[(cell.start, cell.end) for cell in row if cell] for row in grid.rows] == [
        [(0, 3), (12, 12), (16, 17), (21, 21)],
        [(0, 7), (12, 12), (17, 17), (21, 21)],
    ]


def test_numbers_glued_to_a_label_stay_one_string() -> None:
    assert rows("（一）予以公开126036001296\n（二）部分公开 0000000\n") == [
        ["（一）予以公开", "126036001296"],
        ["（二）部分公开", "0000000"],
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "，", "；"])
def test_rows_of_an_exported_sheet_are_cut_at_their_delimiter(delimiter: str) -> None:
    table = [["项目", "甲", "乙", "丙", "丁"], *([f"第{n}行", "1", "0", "", "1"] for n in "一二")]
    table += [[f"第{n}行", "1", "0", "5", "1"] for n in "三四五"]
    text = "\n".join(delimiter.join(row) for row in table)
    assert rows(text) == table
    assert read_text(text).grids[0].kind == "table"


def test_a_quoted_field_may_hold_the_delimiter() -> None:
    text = '"第一行,甲","1,151",2,3,4\n' + "第二行,5,6,7,8\n" * 3
    assert rows(text)[0] == ["第一行,甲", "1,151", "2", "3", "4"]


def test_placeholders_units_and_notes_are_cells_like_numbers() -> None:
    text = "规章\u00a0\u3000０\u00a0\u00a022（其中修订16件）  -\n行政事业性收费  73802.50元  /  无"
    assert rows(text) == [
        ["规章", "０", "22（其中修订16件）", "-"],
        ["行政事业性收费", "73802.50元", "/", "无"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "首页 | 政务公开 | 年度报告",
        "发布日期：2024-01-20\t来源：示例县人民政府\t浏览次数：33",
        "联系电话：0451-87542911\n邮编：150000\n地址：示例县中山路1号",
        "六、其他需要报告的事项\n无\n无\n无",
        "一、总体情况...........1\n二、主动公开..........2\n三、申请..........3\n四、复议.........4",
        "2021 年 3 月 5 日，我局受理 12 件申请，办结 10 件。\n比 2020 年增加 3 件，减少 1 件，持平 0 件。",
        "\t2021年，我局公开信息3条。\n\t（一）主动公开情况\n\t全年共计4条，更新5条，回应6条。",
        "2024年1月20日",
    ],
)
def test_menus_contacts_and_sentences_are_no_tables(text: str) -> None:
    assert read_text(text).grids == []


def test_a_signature_behind_the_last_row_is_not_swallowed() -> None:
    text = "行政复议\n维持\n总计\n\n0\n1\n1\n\n示例县人民政府办公室\n2024年1月20日\n"
    assert said(text) == ["示例县人民政府办公室", "2024年1月20日"]


def test_lines_of_a_larger_text_keep_their_numbers() -> None:
    paragraph, grid = read_lines(["一、总体情况", "规章\t1\t2\t3"], first_line=40)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.place == "line 40"
    assert isinstance(grid, Grid)
    assert [cell.line for cell in grid.rows[0] if cell] == [41] * 4


@given(st.text(alphabet="本年度我局公开信息，。；：、（）“” \n\t\u3000一二三", max_size=300))
def test_prose_without_digits_is_never_a_table(text: str) -> None:
    prose = text.replace("\t", "").replace("\n", "，")
    assert read_text(prose + "。\n" + prose).grids == []


@given(st.text(alphabet='0 1 .,，\t\n|-—/无规章（）#*\\\f\r"；:\u3000\ud800一、情况', max_size=200))
def test_no_text_breaks_the_reader_or_loses_a_digit(text: str) -> None:
    document = read_text(text)
    told = "".join(
        block.text
        if isinstance(block, Paragraph)
        else "".join(c.text for row in block.rows for c in row if c)
        for block in document.blocks
    )
    pages_aside = text.count("\f") * 6 + 40 * (text.count("-") + text.count("—"))
    lost = sum(text.count(digit) for digit in "01") - sum(told.count(digit) for digit in "01")
    assert 0 <= lost <= pages_aside


@pytest.mark.parametrize(
    "text",
    [
        "1" * 3_000_000,
        " " * 3_000_000,
        "\t" * 1_000_000,
        "0 " * 1_000_000,
        "（" * 500_000,
        "\n" * 500_000,
        "|\na\n" * 100_000,
        "0\n0\n0\n" + "（一）\n\n" * 100_000,
        "一、情况\n" * 100_000,
        "\t规章\n" + "续\n" * 200_000,
    ],
)
def test_a_hostile_text_is_read_in_seconds(text: str) -> None:
    started = time.process_time()
    read_text(text)
    assert time.process_time() - started < 10


def test_more_cells_than_any_report_has_are_cut_and_said() -> None:
    document = read_text("规章\t1\t2\t3\n" * (MAX_CELLS // 4 + 1))
    assert sum(len(row) for grid in document.grids for row in grid.rows) == MAX_CELLS
    assert [problem.code for problem in document.problems] == ["D-TRUNCATED"]
