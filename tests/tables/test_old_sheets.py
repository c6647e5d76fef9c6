"""The sheets before 2019: indicators by name and section, nothing lost, nothing mixed up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gxcrawl.model import Tables
from tests.tables.printing import Table, Td, by_lines, codes, html, read, values

SHEET_2014 = [
    ("一、主动公开情况", "——", "——"),
    ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "812"),
    ("其中：主动公开规范性文件数", "条", "9"),
    ("1.政府公报公开政府信息数", "条", ""),
    ("二、回应解读情况", "——", "——"),
    ("（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次", "14"),
    ("三、依申请公开情况", "——", "——"),
    ("（一）收到申请数", "件", "17"),
    ("1.当面申请数", "件", "12"),
    ("4.信函申请数", "件", "5"),
    ("四、行政复议数量", "件", "3"),
    ("（一）维持具体行政行为数", "件", "2"),
    ("（二）被依法纠错数", "件", "1"),
    ("（三）其他情形数", "件", "0"),
    ("五、行政诉讼数量", "件", "11"),
    ("（一）维持具体行政行为或者驳回原告诉讼请求数", "件", "6"),
    ("（二）被依法纠错数", "件", "4"),
    ("（三）其他情形数", "件", "1"),
    ("七、依申请公开信息收取的费用", "万元", "0.35"),
    ("（三）从事政府信息公开工作人员数", "人", "8"),
    ("政务大厅自助终端台数", "台", "6"),
]
EXPECTED_2014 = {
    "s.1.proactive_total": 812,
    "s.1.proactive_normative": 9,
    "s.1.gazette": None,
    "s.2.hotspots": 14,
    "s.3.received": 17,
    "s.3.in_person": 12,
    "s.3.letter": 5,
    "s.4.reconsideration": 3,
    "s.4.upheld": 2,
    "s.4.corrected": 1,
    "s.4.other": 0,
    "s.5.litigation": 11,
    "s.5.upheld": 6,
    "s.5.corrected": 4,
    "s.5.other": 1,
    "s.7.fee": Decimal("0.35"),
    "s.8.staff": 8,
}
HEAD = [Td("统计指标"), Td("单位"), Td("统计数")]


def sheet(rows: list[tuple[str, ...]]) -> Table:
    return [HEAD, *([Td(text) for text in row] for row in rows)]


def read_html(table: Table) -> Tables:
    return read(f"<html><body><p>政府信息公开情况统计表</p>{html(table)}</body></html>".encode())


def assert_read(found: Tables) -> None:
    assert found.form == "2014"
    assert {name: found.cells[name].value for name in EXPECTED_2014} == EXPECTED_2014


def test_the_sheet_of_2014_is_read_past_its_headings() -> None:
    found = read_html(sheet(SHEET_2014))
    assert_read(found)
    assert found.cells["s.1.gazette"].state == "blank"
    assert found.cells["s.3.fax"].state == "missing"


def test_one_label_in_two_sections_is_two_indicators() -> None:
    found = read_html(sheet(SHEET_2014))
    assert (found.cells["s.4.corrected"].value, found.cells["s.5.corrected"].value) == (1, 4)


def test_a_sheet_as_text_is_read_the_same() -> None:
    assert_read(read(by_lines(sheet(SHEET_2014), "\t").encode()))


def test_a_sheet_in_two_pages_is_one_sheet() -> None:
    table = sheet(SHEET_2014)
    parts = html(table[:11]) + "<p>— 2 —</p>" + html([HEAD, *table[11:]])
    assert_read(read(f"<html><body>{parts}</body></html>".encode()))


def test_serial_numbers_in_front_are_no_numbers_of_the_sheet() -> None:
    table = [[Td("序号"), *HEAD], *([Td(str(n)), *row] for n, row in enumerate(sheet(SHEET_2014)[1:], 1))]
    assert_read(read_html(table))


@pytest.mark.parametrize("code_first", [True, False])
def test_codes_beside_the_labels_are_no_numbers_of_the_sheet(code_first: bool) -> None:
    rows = [
        [label, Td(f"{n:02d}"), unit, number] if code_first else [label, unit, Td(f"{n:02d}"), number]
        for n, (label, unit, number) in enumerate(sheet(SHEET_2014)[1:], 1)
    ]
    label, unit, number = HEAD
    head = [label, Td("代码"), unit, number] if code_first else [label, unit, Td("代码"), number]
    assert_read(read_html([head, *rows]))


def test_an_indicator_without_a_name_is_kept_with_its_label_and_unit_and_said() -> None:
    found = read_html(sheet(SHEET_2014))
    kept = [cell for name, cell in found.cells.items() if name.startswith("s.unnamed")]
    assert [(cell.value, cell.unit, cell.note) for cell in kept] == [(6, "台", "政务大厅自助终端台数")]
    assert any(problem.code == "R-UNNAMED" and "自助终端" in problem.message for problem in found.problems)


def test_money_in_yuan_in_a_sheet_is_brought_to_wan_yuan() -> None:
    found = read_html(sheet([row if row[0][0] != "七" else (row[0], "元", "3500.00") for row in SHEET_2014]))
    assert found.cells["s.7.fee"].value == Decimal("0.35")


SHEET_2008 = [
    ("主动公开信息数", "条", "120", "934"),
    ("其中：1.全文电子化的主动公开信息数", "条", "118", "900"),
    ("受理依申请公开信息总数", "条", "7", "31"),
    ("其中：1.当面申请数", "条", "4", ""),
    ("4.网上申请数", "条", "3", "11"),
    ("对申请的答复总数", "条", "7", "31"),
    ("行政复议数", "件", "0", "1"),
    ("行政申诉数", "件", "/", "0"),
    ("宣传册发放数", "册", "50", "400"),
]


def test_a_sheet_before_2014_has_a_number_of_the_year_and_one_since_the_beginning() -> None:
    head = [Td("指标名称"), Td("计量单位"), Td("本年"), Td("历年累计")]
    found = read_html([head, *([Td(text) for text in row] for row in SHEET_2008)])
    read_cells = values(found)
    assert found.form == "2008"
    assert (read_cells["s.1.proactive_total"], read_cells["s.1.proactive_total.cumulative"]) == (120, 934)
    assert (read_cells["s.3.received"], read_cells["s.3.received.cumulative"]) == (7, 31)
    assert (read_cells["s.3.in_person"], read_cells["s.3.in_person.cumulative"]) == (4, None)
    assert found.cells["s.3.in_person.cumulative"].state == "blank"
    assert found.cells["s.6.appeals"].state == "placeholder"
    assert "R-UNNAMED" in codes(found)
    assert sorted(cell.value or 0 for name, cell in found.cells.items() if "unnamed" in name) == [50, 400]


def test_a_sheet_of_one_year_only_has_no_cumulative_numbers() -> None:
    head = [Td("指标名称"), Td("计量单位"), Td("本年")]
    found = read_html([head, *([Td(text) for text in row[:3]] for row in SHEET_2008)])
    assert found.form == "2008"
    assert values(found)["s.3.received"] == 7
    assert not [name for name in found.cells if name.endswith(".cumulative")]


def test_the_year_before_beside_this_year_is_not_taken_for_it() -> None:
    head = [Td("统计指标"), Td("单位"), Td("2015年"), Td("2016年")]
    rows = [[Td(label), Td(unit), Td("99"), Td(number)] for label, unit, number in SHEET_2014]
    found = read_html([head, *rows])
    named = {name: cell.value for name, cell in found.cells.items() if name in EXPECTED_2014}
    assert 99 not in named.values()


def test_a_typing_error_in_a_channel_is_not_the_sum_of_all_channels() -> None:
    head = [Td("指标名称"), Td("计量单位"), Td("本年"), Td("历年累计")]
    rows = [("主动公开信息数", "条", "120", "934"), ("电子邮件申请请数", "条", "3", "4")]
    found = read_html([head, *([Td(text) for text in row] for row in rows)])
    assert values(found)["s.3.received"] is None
