"""Real-life oddities, each written by hand: what a reader would see is read, or nothing is."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import pytest

from gxcrawl import read_report
from gxcrawl.model import Number, Report
from tests.tables.printing import (
    Show,
    Table,
    Td,
    by_lines,
    form_tables,
    html,
    page,
    shown,
    t3_head,
    t3_rows,
    text_page,
)
from tests.tables.truth import true_numbers

NUMBERS = true_numbers(Random(51))
T2, T3, T4 = form_tables(shown(NUMBERS))


def misread(report: Report, numbers: dict[str, Number] = NUMBERS) -> dict[str, object]:
    return {
        name: cell
        for name, cell in report.cells.items()
        if cell.value is not None and cell.value != numbers.get(name)
    }


def open_cells(report: Report) -> set[str]:
    return {name for name in NUMBERS if name not in report.cells or report.cells[name].value is None}


def accused(report: Report) -> set[str]:
    """Arithmetic faults that the report is said to have. It has none."""
    sums = ("T3-BAL", "T3-COL", "T3-ROW", "T4-SUM", "T2-INEQ")
    return {item.check for item in report.findings if item.result == "fail" and item.check in sums}


def assert_all_read(data: bytes) -> None:
    report = read_report(data)
    assert (misread(report), open_cells(report), accused(report)) == ({}, set(), set())


def assert_never_wrong(data: bytes) -> set[str]:
    report = read_report(data)
    assert (misread(report), accused(report)) == ({}, set())
    return open_cells(report)


def every_number(change: Callable[[str], str], chosen: Callable[[str], bool] = lambda _: True) -> bytes:
    show: Show = lambda name: change(str(NUMBERS[name])) if chosen(name) else str(NUMBERS[name])  # noqa: E731
    return page(form_tables(show))


@pytest.mark.parametrize(
    "markup",
    [
        "<del>7</del><ins>{}</ins>",
        "<s>7</s>{}",
        "<strike>7</strike>{}",
        '<span style="display:none">9</span>{}',
        '<span style="color:#fff;font-size:0">9</span>{}',
        '<span style="visibility:hidden">9</span>{}',
        "<input type=text value='{}'>",
        "<input type=hidden value=9>{}",
        "<select><option>99</option><option selected>{}</option></select>",
        "<textarea>{}</textarea>",
        "{}<sup>[1]</sup>",
        "{}<sup>注</sup>",
        "<font size=3><font color=#000000><span lang=EN-US>{}</span></font></font>",
        "<p class=MsoNormal><span lang=EN-US>{}<o:p></o:p></span></p>",
        "<a href='/x/5.html' title='3'>{}</a>",
        "<!--[if !supportEmptyParas]-->{}<!--[endif]--><script>var a = 9;</script>",
        "<div><div> {} </div></div>",
    ],
)
def test_numbers_in_any_markup_are_those_that_a_reader_sees(markup: str) -> None:
    assert_all_read(every_number(markup.format))


def test_every_digit_in_a_span_of_its_own_is_one_number() -> None:
    assert_all_read(every_number(lambda text: "".join(f"<span>{char}</span>" for char in text)))


@pytest.mark.parametrize(
    "markup",
    [
        "{}<sup>1</sup>",
        "{}¹",
        "{}①",
        "{}注1",
        "约{}",
        "{}(3)",
        "{}+2",
        "{}-{}",
        "{}<br>3",
        "<p>{}</p><p>2</p>",
    ],
)
def test_marks_and_second_numbers_never_change_a_number(markup: str) -> None:
    assert_never_wrong(
        every_number(lambda text: markup.replace("{}", text), lambda name: hash_of(name) % 4 == 0)
    )


def hash_of(name: str) -> int:
    return sum(map(ord, name))


FOREIGN = {
    "permits": ["类别 数量", "政务动态 120", "行政许可 33", "行政处罚 8", "总计 161"],
    "rules": ["事项 数量", "行政许可 33", "行政处罚 12", "行政强制 1", "规章 2"],
    "applicants": ["公开渠道 自然人 其他 总计", "政府网站 5 6 11", "总计 5 6 11"],
    "cases": ["案件 结果维持 结果纠正 其他结果 尚未审结 总计", "土地行政复议 3 1 0 2 6"],
    "short cases": ["结果维持 结果纠正 总计", "3 1 4"],
    "years": ["年份 2022 2021", "浏览量 1023 88"],
}


def with_foreign(rows: list[str], tables: list[Table | str]) -> bytes:
    foreign = html([[Td(word) for word in row.split()] for row in rows])
    return page(tables).decode().replace("<p>二、", f"{foreign}<p>二、", 1).encode()


@pytest.mark.parametrize("foreign", FOREIGN)
def test_statistics_of_section_one_are_not_the_tables_of_the_form(foreign: str) -> None:
    assert_all_read(with_foreign(FOREIGN[foreign], [T2, T3, T4]))


@pytest.mark.parametrize(("foreign", "lost"), [("permits", 0), ("rules", 0), ("applicants", 1), ("cases", 2)])
def test_statistics_of_section_one_do_not_replace_a_table_that_is_a_picture(foreign: str, lost: int) -> None:
    tables: list[Table | str] = [T2, T3, T4]
    tables[lost] = '<p><img src="t.png"></p>'
    still_open = assert_never_wrong(with_foreign(FOREIGN[foreign], tables))
    assert still_open == {name for name in NUMBERS if name.startswith(f"t{lost + 2}.")}


def test_labels_in_the_line_above_their_numbers_are_read_or_left_open() -> None:
    rows = []
    for row in t3_rows(shown(NUMBERS)):
        labels = [cell._replace(rows=cell.rows * 2) for cell in row if not cell.id]
        rows += [[*labels, *(Td("") for cell in row if cell.id)], [cell for cell in row if cell.id]]
    assert_never_wrong(page([T2, t3_head() + rows, T4]))


def test_empty_columns_between_the_numbers_move_none() -> None:
    spaced = [[part for cell in row for part in (cell, *([Td("")] if cell.id else []))] for row in T3]
    assert_never_wrong(page([T2, spaced, T4]))


def test_every_row_in_a_table_of_its_own_is_read_or_left_open() -> None:
    assert_never_wrong(
        page([T2, html(t3_head()) + "".join(html([row]) for row in t3_rows(shown(NUMBERS))), T4])
    )


def test_hidden_rows_and_columns_are_not_printed() -> None:
    hidden = '<tr style="display:none">' + "<td>9</td>" * 10 + "</tr>"
    markup = [
        re.sub("<tr>", hidden + '<tr><td style="display:none">7</td>', html(table)) for table in (T2, T3, T4)
    ]
    assert_all_read(page(markup))


def test_two_reports_on_one_page_are_not_mixed() -> None:
    other = page(form_tables(shown(true_numbers(Random(52)))), year=2021).decode()
    both = page([T2, T3, T4]).decode().replace("</body></html>", "") + other[other.index("<h1>") :]
    assert_never_wrong(both.encode())


def test_totals_of_last_year_below_the_table_are_not_this_years() -> None:
    below = [
        [Td("同比增长（%）", 1, 3), *(Td("9") for _ in range(7))],
        [Td("合计", 1, 3), *(Td("8") for _ in range(7))],
    ]
    assert_all_read(page([T2, T3 + below, T4]))


def test_a_page_written_in_entities_or_for_another_charset_is_read() -> None:
    plain = page([T2, T3, T4]).decode()
    assert_all_read("".join(char if ord(char) < 128 else f"&#{ord(char)};" for char in plain).encode())
    assert_all_read(plain.replace('charset="utf-8"', 'charset="gb2312"').encode())
    assert_all_read(plain.replace('charset="utf-8"', 'charset="gb2312"').encode("gb18030"))


def test_a_page_that_never_closes_its_cells_is_read() -> None:
    assert_all_read(re.sub(r"</t[dr]>|</p>|</span>", "", page([T2, T3, T4]).decode()).encode())


def test_a_table_as_text_inside_pre_is_read() -> None:
    body = text_page(by_lines(table, "\t") for table in (T2, T3, T4)).decode()
    assert_all_read(f"<html><head><meta charset=utf-8></head><body><pre>{body}</pre></body></html>".encode())


@pytest.mark.parametrize("separator", ["\t", " \t", "    ", " ", "\u3000", " | ", "\n"])
def test_a_page_copied_to_text_is_read_whatever_parts_its_cells(separator: str) -> None:
    assert_never_wrong(text_page(by_lines(table, separator) for table in (T2, T3, T4)))


@pytest.mark.parametrize("order", ["labels, numbers", "numbers, labels", "numbers after", "numbers before"])
def test_labels_and_numbers_on_lines_of_their_own_are_never_paired_wrongly(order: str) -> None:
    labels = [" ".join(cell.text for cell in row if not cell.id) for row in t3_rows(shown(NUMBERS))]
    numbers = [" ".join(cell.text for cell in row if cell.id) for row in t3_rows(shown(NUMBERS))]
    pairs = list(zip(labels, numbers, strict=True))
    lines = {
        "labels, numbers": labels + numbers,
        "numbers, labels": numbers + labels,
        "numbers after": [line for pair in pairs for line in pair],
        "numbers before": [line for label, row in pairs for line in (row, label)],
    }[order]
    body = by_lines(t3_head(), " ") + "\n" + "\n".join(lines)
    assert_never_wrong(text_page([by_lines(T2, " "), body, by_lines(T4, " ")]))
