"""Tables that became text: what can be told from order, position and sums is read, the rest is left open."""

from __future__ import annotations

from random import Random

import pytest

from gxcrawl.model import Number
from tests.tables.printing import (
    Table,
    by_lines,
    codes,
    form_tables,
    in_words,
    matrix,
    read,
    shown,
    text_page,
    unread,
    values,
    wrong,
)
from tests.tables.truth import APPLICANTS, COLUMNS, HEADS, OUTCOMES, true_numbers

NUMBERS = true_numbers(Random(31))
T2, T3, T4 = TABLES = form_tables(shown(NUMBERS))
RECEIVED = [f"t3.received.{column}" for column in COLUMNS]


def tabs(table: Table) -> str:
    return "\n".join("\t".join(row) for row in matrix(table))


def rows_of(table: Table) -> list[tuple[list[str], list[str]]]:
    """Each row's words and each row's numbers."""
    return [
        ([cell.text for cell in row if not cell.id], [cell.text for cell in row if cell.id]) for row in table
    ]


def assert_all_read(*tables: str) -> None:
    found = read(text_page(tables))
    assert wrong(found, NUMBERS) == {}
    assert unread(found, NUMBERS) == set()


def assert_never_wrong(*tables: str) -> set[str]:
    """No number is another one; hands back what was left open."""
    found = read(text_page(tables))
    assert wrong(found, NUMBERS) == {}
    return unread(found, NUMBERS)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_by_tabs_are_read_with_every_end_of_line(end: str) -> None:
    found = read(text_page(map(tabs, TABLES)).decode().replace("\n", end).encode())
    assert values(found) == NUMBERS
    assert {cell.state for cell in found.cells.values()} == {"ok"}


def test_a_place_in_a_text_is_its_line_and_field() -> None:
    data = text_page(map(tabs, TABLES))
    place = read(data).cells["t3.received.natural_person"].place
    line = next(
        number for number, text in enumerate(data.decode().split("\n"), 1) if text.startswith("一、本年新收")
    )
    assert place == f"line {line} field 4"


def test_tabs_with_padding_at_the_end_of_every_line_are_read() -> None:
    padded = ["\n".join("\t".join([*row, "", "", ""]) for row in matrix(table)) for table in TABLES]
    assert_all_read(*padded)


def test_tabs_without_the_fields_that_spans_cover_are_read() -> None:
    assert_all_read(*(by_lines(table, "\t") for table in TABLES))


def without_column(column: int, padding: list[str]) -> str:
    lines = []
    for words, numbers in rows_of(T3):
        kept = [number for place, number in enumerate(numbers) if place != column]
        lines.append("\t".join([*words, *kept, *(padding if numbers else [])]))
    return "\n".join(lines)


@pytest.mark.parametrize("column", range(7))
def test_a_column_lost_from_every_row_gives_right_numbers_or_none(column: int) -> None:
    found = read(text_page([by_lines(T2, "\t"), without_column(column, []), by_lines(T4, "\t")]))
    assert wrong(found, NUMBERS) == {}
    assert "R-MISSCOL" in codes(found)
    read_anyway = [
        cell for cell in found.cells.values() if cell.id.startswith("t3") and cell.value is not None
    ]
    assert {cell.state for cell in read_anyway} <= {"inferred"}


def test_a_lost_column_is_not_hidden_by_an_empty_field_at_the_end_of_each_line() -> None:
    """The last number of each line is the sum of those before it: no empty 总计 stands behind 其他."""
    assert_never_wrong(by_lines(T2, "\t"), without_column(2, [""]), by_lines(T4, "\t"))


def test_empty_fields_are_blank_in_their_place() -> None:
    numbers: dict[str, Number | None] = {**NUMBERS, "t3.granted.research": None, "t3.granted.total": None}
    found = read(text_page(tabs(table) for table in form_tables(shown(numbers))))
    assert values(found) == numbers
    assert found.cells["t3.granted.research"].state == "blank"


def streamed(numbers: dict[str, Number | None]) -> list[str]:
    """One cell per line; empty ones have vanished."""
    tables = form_tables(shown(numbers))
    return ["\n".join(cell.text for row in table for cell in row if cell.text) for table in tables]


def test_one_cell_per_line_is_read() -> None:
    assert_all_read(*streamed(dict(NUMBERS)))


def test_one_cell_per_line_with_empty_lines_between_is_read() -> None:
    assert_all_read(*(body.replace("\n", "\n\n") for body in streamed(dict(NUMBERS))))


@pytest.mark.parametrize("lost", RECEIVED)
def test_a_blank_that_vanished_from_a_stream_is_no_number_and_moves_none(lost: str) -> None:
    numbers: dict[str, Number | None] = {**NUMBERS, lost: None}
    found = read(text_page(streamed(numbers)))
    assert wrong(found, numbers) == {}
    assert found.cells[lost].value is None
    assert "ok" not in {found.cells[name].state for name in RECEIVED}


def test_a_blank_that_vanished_among_equal_numbers_leaves_every_place_open() -> None:
    numbers: dict[str, Number | None] = {**dict.fromkeys(NUMBERS, 0), "t3.received.research": None}
    found = read(text_page(streamed(numbers)))
    assert {found.cells[name].state for name in RECEIVED} == {"ambiguous"}
    assert {frozenset(found.cells[name].candidates) for name in RECEIVED} == {frozenset((None, 0))}
    assert "R-AMBIGUOUS" in codes(found)


def test_a_row_of_one_number_in_a_stream_could_stand_anywhere() -> None:
    numbers: dict[str, Number | None] = {**NUMBERS, **dict.fromkeys(RECEIVED[1:])}
    found = read(text_page(streamed(numbers)))
    assert {found.cells[name].value for name in RECEIVED} == {None}


def with_received(digits: str) -> list[str]:
    """Text whose first row of applications prints these digits."""
    lines = []
    for words, numbers in rows_of(T3):
        is_received = bool(words) and words[0].startswith("一、")
        lines.append("\t".join([*words, digits] if is_received else [*words, *numbers]))
    return [by_lines(T2, "\t"), "\n".join(lines), by_lines(T4, "\t")]


def test_digits_that_met_are_read_when_only_one_reading_adds_up() -> None:
    digits = "".join(str(NUMBERS[name]) for name in RECEIVED)
    found = read(text_page(with_received(digits)))
    assert wrong(found, NUMBERS) == {}
    assert unread(found, NUMBERS) == set()
    assert {found.cells[name].state for name in RECEIVED} == {"inferred"}
    assert "R-GLUED" in codes(found)


def test_digits_that_met_with_several_readings_are_refused() -> None:
    blank = form_tables(shown(dict.fromkeys(NUMBERS)))[1]
    rows = [
        [*words, "126036001296" if words[:1] == ["一、本年新收政府信息公开申请数量"] else ""]
        for words, _ in rows_of(blank)
    ]
    table = "\n".join("\t".join(row) for row in rows)
    found = read(text_page([by_lines(T2, "\t"), table, by_lines(T4, "\t")]))
    assert {found.cells[name].value for name in RECEIVED} == {None}
    assert {found.cells[name].state for name in RECEIVED} == {"ambiguous"}


def test_labels_first_and_numbers_after_are_not_guessed_together() -> None:
    apart = []
    for table in TABLES:
        words = ["\n".join(row) for row, _ in rows_of(table) if row]
        numbers = [" ".join(row) for _, row in rows_of(table) if row]
        apart.append("\n".join(words + numbers))
    assert_never_wrong(*apart)


def test_numbers_on_the_line_before_their_label_are_not_given_to_the_row_above() -> None:
    lines = []
    for words, numbers in rows_of(T3):
        lines += [" ".join(numbers)] if numbers else []
        lines += [" ".join(words)] if words else []
    assert_never_wrong(by_lines(T2, " "), "\n".join(lines), by_lines(T4, " "))


def test_numbers_on_the_line_after_their_label_are_read() -> None:
    lines = []
    for words, numbers in rows_of(T3):
        lines += [" ".join(words)] if words else []
        lines += [" ".join(numbers)] if numbers else []
    assert_all_read(by_lines(T2, "\t"), "\n".join(lines), by_lines(T4, "\t"))


@pytest.mark.parametrize("width", [8, 12, 20])
def test_labels_wrapped_before_their_numbers_are_read(width: int) -> None:
    lines = []
    for words, numbers in rows_of(T3):
        label = " ".join(words)
        parts = [label[start : start + width] for start in range(0, len(label), width)] or [""]
        lines += [*parts[:-1], " ".join([parts[-1], *numbers])]
    assert_never_wrong(by_lines(T2, " "), "\n".join(lines), by_lines(T4, " "))


@pytest.mark.parametrize("width", [8, 12, 20])
def test_labels_wrapped_around_their_numbers_are_read_right_or_not_at_all(width: int) -> None:
    lines = []
    for words, numbers in rows_of(T3):
        label = " ".join(words)
        lines += [" ".join([label[:width], *numbers]), *filter(None, [label[width:]])]
    assert_never_wrong(by_lines(T2, " "), "\n".join(lines), by_lines(T4, " "))


def wide(text: str) -> int:
    return sum(2 if char > "\u2e80" else 1 for char in text)


def printed(table: Table, *, right: bool) -> str:
    """Columns aligned by blanks, as a printer to text makes them."""
    grid = [[in_words(text) if len(text) < 3 else text for text in row] for row in matrix(table)]
    widths = [max(wide(row[place]) for row in grid) + 2 for place in range(len(grid[0]))]
    lines = []
    for row in grid:
        fields = []
        for text, width in zip(row, widths, strict=True):
            blanks = " " * (width - wide(text))
            fields.append(blanks + text if right and text.isdigit() else text + blanks)
        lines.append("".join(fields).rstrip())
    return "\n".join(lines)


@pytest.mark.parametrize("right", [True, False])
def test_aligned_columns_are_read(right: bool) -> None:
    assert_all_read(by_lines(T2, "\t"), printed(T3, right=right), by_lines(T4, "\t"))


@pytest.mark.parametrize("right", [True, False])
def test_a_gap_in_aligned_columns_is_a_blank_in_its_place_or_a_doubt(right: bool) -> None:
    numbers: dict[str, Number | None] = {
        **NUMBERS,
        "t3.refused.state_secret.company": None,
        "t3.refused.state_secret.research": None,
        "t3.unprocessed.repeated.natural_person": None,
    }
    t3 = form_tables(shown(numbers))[1]
    found = read(text_page([by_lines(T2, "\t"), printed(t3, right=right), by_lines(T4, "\t")]))
    assert wrong(found, numbers) == {}


def test_pipes_and_markdown_are_tables() -> None:
    def pipes(table: Table) -> str:
        first, *rest = ["| " + " | ".join(row) + " |" for row in matrix(table)]
        return "\n".join([first, "|" + " --- |" * len(matrix(table)[0]), *rest])

    assert_all_read(*map(pipes, TABLES))


def test_page_numbers_and_repeated_heads_between_rows_are_no_numbers() -> None:
    lines = by_lines(T3, "\t").split("\n")
    for mark in ("- 4 -", "第 4 页 共 9 页", "4 / 9"):
        body = [*lines[:14], "", mark, "", *lines[:3], *lines[14:]]
        assert_never_wrong(by_lines(T2, "\t"), "\n".join(body), by_lines(T4, "\t"))


def test_empty_lines_between_rows_are_one_table() -> None:
    found = read(text_page([tabs(T2), tabs(T3).replace("\n", "\n\n"), tabs(T4)]))
    assert values(found) == NUMBERS


def test_a_head_in_another_order_is_followed_in_text_too() -> None:
    order = [6, 0, 4, 2, 1, 5, 3]
    head = [
        "项目",
        *(HEADS[place] for place in order),
    ]
    rows = [[*words[-1:], *(numbers[place] for place in order)] for words, numbers in rows_of(T3[3:])]
    table = "\n".join("\t".join(row) for row in [head, *rows])
    assert_all_read(by_lines(T2, "\t"), table, by_lines(T4, "\t"))


def test_a_number_broken_over_two_fields_is_joined_only_when_the_sums_prove_it() -> None:
    numbers: dict[str, Number | None] = dict.fromkeys(NUMBERS, 0)
    for row in ("received", "granted", "handled"):
        numbers |= {f"t3.{row}.natural_person": 60, f"t3.{row}.total": 60}
    lines = []
    for words, printed_numbers in rows_of(form_tables(shown(numbers))[1]):
        whole = [*printed_numbers[:6], "6", "0"] if words and words[-1] == "（七）总计" else printed_numbers
        lines.append("\t".join([*words, *whole]))
    zeros = form_tables(shown(numbers))
    found = read(text_page([by_lines(zeros[0], "\t"), "\n".join(lines), by_lines(zeros[2], "\t")]))
    assert wrong(found, numbers) == {}
    assert found.cells["t3.handled.total"].state in ("inferred", "ambiguous")


def test_the_table_of_cases_in_a_line_of_text_is_read() -> None:
    case_rows = [["行政复议", *OUTCOMES.values()], ["", *(str(NUMBERS[f"t4.review.{o}"]) for o in OUTCOMES)]]
    body = "\n".join("\t".join(row) for row in case_rows)
    found = read(text_page([by_lines(T2, "\t"), by_lines(T3, "\t"), body]))
    assert wrong(found, NUMBERS) == {}
    assert {found.cells[f"t4.suit_direct.{outcome}"].value for outcome in OUTCOMES} == {None}
    assert not {f"t3.received.{who}" for who in APPLICANTS} & unread(found, NUMBERS)


def test_ten_numbers_under_fifteen_heads_of_cases_are_not_the_last_ten() -> None:
    numbers: dict[str, Number | None] = dict(NUMBERS)
    cases = [None, 1, None, 2, 3, 2, None, None, 2, 4, None, 2, 4, 4, 10]
    numbers |= dict(zip([name for name in NUMBERS if name.startswith("t4.")], cases, strict=True))
    t4 = form_tables(shown(numbers))[2]
    vanished = "\n".join(" ".join(cell.text for cell in row if cell.text) for row in t4)
    found = read(text_page([by_lines(T2, "\t"), by_lines(T3, "\t"), vanished]))
    assert wrong(found, numbers) == {}


def test_a_total_of_cases_on_a_line_of_its_own_does_not_unsettle_the_total_of_applications() -> None:
    cases = "行政复议情况\n结果维持 1\n结果纠正 0\n其他结果 0\n尚未审结 0\n总计 1"
    found = read(text_page([by_lines(T2, "\t"), by_lines(T3, "\t"), cases]))
    applications = {name: number for name, number in NUMBERS.items() if name.startswith("t3.handled.")}
    assert {name: found.cells[name].value for name in applications} == applications
    assert "R-ROWDUP" not in {problem.code for problem in found.problems}
