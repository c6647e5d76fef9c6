"""A clerk copies a report out of anything: in each layout the tables must come back cell for cell."""

from __future__ import annotations

from unicodedata import east_asian_width

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gxcrawl.documents.text import read_text
from gxcrawl.model import Document, Grid

ISSUED = [
    ["第二十条第（一）项", "", "", ""],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "1", "2"],
    ["行政规范性文件", "12", "3", "1,151"],
    ["行政许可", "45", "", ""],
]
HANDLED = [
    ["", "自然人", "商业企业", "科研机构", "总计"],
    ["一、本年新收政府信息公开申请数量", "7", "2", "0", "9"],
    ["二、上年结转政府信息公开申请数量", "0", "-", "/", "0"],
    ["（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "6", "2", "0", "8"],
    ["8.属于行政查询事项", "１", "0", "0", "1"],
    ["（七）总计", "7", "2", "0", "9（其中撤回1件）"],
]
PROSE = "示例县人民政府办公室认真贯彻落实条例，全年公开信息1024条，其中网站公开900条。"


def width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def in_columns(table: list[list[str]]) -> list[str]:
    widths = [max(width(row[column]) for row in table) + 2 for column in range(len(table[0]))]
    return [
        "".join(f + " " * (w - width(f)) for f, w in zip(row, widths, strict=True)).rstrip() for row in table
    ]


def one_per_line(
    table: list[list[str]], between_rows: list[str], before: str = "", after: str = ""
) -> list[str]:
    full = bool(before or after)
    return [
        line
        for row in table
        for line in [*(before + field + after for field in row if field or full), *between_rows]
    ]


def bars_between(table: list[list[str]]) -> list[str]:
    return [line for row in table for field in row for line in ([field, "|"] if field else ["|"])]


def bars_and_blanks(table: list[list[str]]) -> list[str]:
    return [line for row in table for line in [*bars_between([row]), ""]]


def markdown(table: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(row) + " |" for row in table]
    return [lines[0], "|" + " --- |" * len(table[0]), *lines[1:]]


FULL = {  # every field is printed, also the empty ones
    "rows by tabs": (lambda table: ["\t".join(row) for row in table], "fields"),
    "a tab before each cell": (lambda table: one_per_line(table, [""], before="\t"), "fields"),
    "a tab behind each cell": (lambda table: one_per_line(table, [""], after="\t"), "fields"),
    "pipes between and behind": (lambda table: ["".join(f + " | " for f in row) for row in table], "table"),
    "pipes around": (lambda table: ["| " + " | ".join(row) + " |" for row in table], "table"),
    "markdown": (markdown, "table"),
    "drawn bars": (lambda table: ["│" + "│".join(row) + "│" for row in table], "table"),
    "one cell and a pipe per line": (lambda table: one_per_line(table, [""], after=" |"), "fields"),
    "pipes on their own lines": (bars_and_blanks, "fields"),
}
PRINTED = {  # only what is printed can come back
    "one cell per line": (lambda table: one_per_line(table, [""]), "stream"),
    "blanks between columns": (in_columns, "layout"),
    "single blanks": (lambda table: [" ".join(f for f in row if f) for row in table], "layout"),
}
LOOSE = {  # not even the rows are known
    "no rows at all": (lambda table: one_per_line(table, []), "stream"),
    "a blank line behind every cell": (
        lambda table: "\n\n".join(one_per_line(table, [])).split("\n"),
        "stream",
    ),
    "pipes on their own lines, rows unmarked": (bars_between, "stream"),
}


def report(print_table) -> str:
    lines = [
        "示例县2023年政府信息公开工作年度报告",
        "",
        "一、总体情况",
        "",
        PROSE,
        "",
        "二、主动公开政府信息情况",
        "",
    ]
    lines += [*print_table(ISSUED), "", "三、收到和处理政府信息公开申请情况", "", *print_table(HANDLED), ""]
    return "\n".join(
        [*lines, "五、存在的主要问题及改进情况", "", PROSE, "", "六、其他需要报告的事项", "", "无"]
    )


def cells(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row if cell] for row in grid.rows]


def printed(table: list[list[str]]) -> list[str]:
    return [field for row in table for field in row if field]


def tokens(grids: list[Grid]) -> list[str]:
    return [cell.text for grid in grids for row in grid.rows for cell in row if cell and cell.text]


@pytest.mark.parametrize("layout", FULL)
def test_every_field_of_an_explicit_layout_keeps_its_place(layout: str) -> None:
    print_table, kind = FULL[layout]
    first, second = read_text(report(print_table)).grids
    assert (first.kind, second.kind) == (kind, kind)
    assert cells(first) == ISSUED
    assert cells(second) == HANDLED


@pytest.mark.parametrize("layout", PRINTED)
def test_rows_without_empty_fields_keep_what_is_printed(layout: str) -> None:
    print_table, kind = PRINTED[layout]
    first, second = read_text(report(print_table)).grids
    assert (first.kind, second.kind) == (kind, kind)
    for grid, table in ((first, ISSUED), (second, HANDLED)):
        assert [" ".join(row) for row in cells(grid)] == [" ".join(f for f in row if f) for row in table]
    assert cells(second)[1:] == HANDLED[1:]


@pytest.mark.parametrize("layout", LOOSE)
def test_cells_without_known_rows_come_in_order(layout: str) -> None:
    print_table, kind = LOOSE[layout]
    first, second = read_text(report(print_table)).grids
    assert (first.kind, second.kind) == (kind, kind)
    assert tokens([first]) == printed(ISSUED)
    assert tokens([second]) == printed(HANDLED)


@pytest.mark.parametrize("layout", [*FULL, *PRINTED, *LOOSE])
def test_headings_and_prose_stay_outside_the_tables(layout: str) -> None:
    print_table, _ = (FULL | PRINTED | LOOSE)[layout]
    assert [paragraph.text for paragraph in read_text(report(print_table)).paragraphs] == [
        "示例县2023年政府信息公开工作年度报告",
        "一、总体情况",
        PROSE,
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "五、存在的主要问题及改进情况",
        PROSE,
        "六、其他需要报告的事项",
        "无",
    ]


@pytest.mark.parametrize("layout", [*FULL, *PRINTED, *LOOSE])
def test_every_cell_knows_its_line(layout: str) -> None:
    print_table, _ = (FULL | PRINTED | LOOSE)[layout]
    text = report(print_table)
    lines = text.split("\n")
    for grid in read_text(text).grids:
        for row in grid.rows:
            assert all(cell is None or cell.text in lines[cell.line - 1] for cell in row)


labels = st.text(alphabet="甲乙丙丁戊己庚辛壬癸子丑寅卯", min_size=2, max_size=12)
numbers = st.integers(min_value=0, max_value=99_999).map(str)
tables = st.integers(min_value=2, max_value=7).flatmap(
    lambda columns: st.lists(
        st.tuples(labels, st.lists(numbers, min_size=columns, max_size=columns)), min_size=3
    )
)


@pytest.mark.parametrize("layout", [*FULL, *PRINTED, *LOOSE])
@given(drawn=tables)
def test_nothing_printed_is_lost_doubled_or_moved(layout: str, drawn: list[tuple[str, list[str]]]) -> None:
    print_table, _ = (FULL | PRINTED | LOOSE)[layout]
    table = [[label, *row] for label, row in drawn]
    document = read_text("\n".join(print_table(table)))
    assert tokens(document.grids) == printed(table)
    assert not document.paragraphs


@given(drawn=tables)
def test_glued_numbers_keep_all_their_digits(drawn: list[tuple[str, list[str]]]) -> None:
    joined = [(label, "".join(row)) for label, row in drawn]
    assume(
        sum(len(digits) >= 7 for _, digits in joined) and not any(len(digits) == 4 for _, digits in joined)
    )
    document: Document = read_text("\n".join(label + digits for label, digits in joined))
    assert tokens(document.grids) == [part for pair in joined for part in pair]
