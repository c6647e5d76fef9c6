"""Which form a table has is told by its labels, and every cell says how it was read."""

from __future__ import annotations

from random import Random

import pytest

from gxcrawl.model import Number
from tests.tables.printing import (
    Td,
    codes,
    form_tables,
    html,
    page,
    read,
    relabelled,
    shown,
    t2,
    t2_2019,
    t3_head,
    t3_rows,
    t4,
    unread,
    values,
    wrong,
)
from tests.tables.truth import COLUMNS, true_numbers

NUMBERS = true_numbers(Random(41))
NUMBERS_2019 = true_numbers(Random(42), "2019")
T2, T3, T4 = form_tables(shown(NUMBERS))


@pytest.mark.parametrize(("form", "year"), [("2019", 2022), ("2019", 2015), ("2021", 2019), ("2021", 2030)])
def test_the_labels_tell_the_form_whatever_the_year(form: str, year: int) -> None:
    numbers = NUMBERS if form == "2021" else NUMBERS_2019
    found = read(page(form_tables(shown(numbers), form), year=year))
    assert (found.form, values(found)) == (form, numbers)


def test_tables_of_two_forms_are_said_to_be_mixed() -> None:
    found = read(page([t2_2019(shown(NUMBERS_2019)), T3, T4]))
    assert "R-FORM" in codes(found)
    true = {name: number for name, number in NUMBERS_2019.items() if name.startswith("t2.")}
    true |= {name: number for name, number in NUMBERS.items() if not name.startswith("t2.")}
    parts = ("uncorrected", "unpaid", "rest")
    true |= {f"t3.other.{who}": sum(NUMBERS[f"t3.other.{part}.{who}"] for part in parts) for who in COLUMNS}
    assert wrong(found, true) == {}


def test_the_single_row_of_other_outcomes_on_the_form_of_2021_is_read() -> None:
    numbers: dict[str, Number | None] = {k: v for k, v in NUMBERS.items() if not k.startswith("t3.other.")}
    numbers |= {f"t3.other.{column}": 2 for column in COLUMNS[:-1]} | {"t3.other.total": 12}
    found = read(page([T2, t3_head() + t3_rows(shown(numbers), "2019"), T4]))
    assert found.form == "2021"
    assert wrong(found, numbers) == {}
    assert unread(found, numbers) == set()
    parts = [cell for name, cell in found.cells.items() if name.startswith("t3.other.un")]
    assert {cell.state for cell in parts} == {"missing"}


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_heading_without_its_table_is_said_and_never_zeros(lost: int) -> None:
    tables: list[object] = [T2, T3, T4]
    tables[lost] = '<p><img src="t.png"></p>'
    found = read(page(tables))  # type: ignore[arg-type]
    absent = {name: cell for name, cell in found.cells.items() if name.startswith(f"t{lost + 2}.")}
    assert {(cell.value, cell.state) for cell in absent.values()} == {(None, "missing")}
    assert wrong(found, NUMBERS) == {}
    assert "R-NOTABLE" in codes(found)


def test_headings_with_pictures_alone_give_no_form_and_no_cell() -> None:
    found = read(page(["<p><img src='t.png'></p>"] * 3))
    assert (found.form, found.cells) == (None, {})
    assert [problem.code for problem in found.problems].count("R-NOTABLE") == 3


def test_an_empty_page_has_no_form() -> None:
    assert read(b"<html><body><p>2022</p></body></html>").form is None


def one_cell(text: str, name: str = "t3.granted.company") -> tuple[object, ...]:
    printed = {key: str(value) for key, value in NUMBERS.items()} | {name: text}
    cell = read(page(form_tables(printed.__getitem__))).cells[name]
    return cell.value, cell.raw, cell.state, cell.place


@pytest.mark.parametrize(
    ("text", "value", "raw", "state"),
    [
        ("5", 5, "5", "ok"),
        ("５件", 5, "５件", "ok"),
        ("", None, "", "blank"),
        ("&#12288;", None, "&#12288;", "invalid"),
        ("/", None, "/", "placeholder"),
        ("无", None, "无", "placeholder"),
        ("-3", None, "-3", "invalid"),
        ("3.5", None, "3.5", "invalid"),
        ("见附件", None, "见附件", "invalid"),
        ("<p>5</p><p>3</p>", None, "5\n3", "ambiguous"),
    ],
)
def test_a_cell_keeps_what_was_printed_its_state_and_its_place(
    text: str, value: int | None, raw: str, state: str
) -> None:
    assert one_cell(text) == (value, raw, state, "table 2 row 6 column 5")


def test_a_note_stays_beside_its_number() -> None:
    printed = {key: str(value) for key, value in NUMBERS.items()} | {"t2.rules.issued": "22（其中修订16件）"}
    cell = read(page(form_tables(printed.__getitem__))).cells["t2.rules.issued"]
    assert (cell.value, cell.raw, cell.note) == (22, "22（其中修订16件）", "其中修订16件")


def test_a_fee_in_yuan_under_a_heading_in_wan_yuan_keeps_its_own_unit() -> None:
    printed = {key: str(value) for key, value in NUMBERS.items()} | {"t2.fees.amount": "73802.50元"}
    cell = read(page(form_tables(printed.__getitem__))).cells["t2.fees.amount"]
    assert (str(cell.value), cell.state, cell.unit) == ("7.380250", "ok", "元")


def test_a_heading_in_yuan_changes_the_unit_of_its_numbers() -> None:
    printed = {key: str(value) for key, value in NUMBERS.items()} | {"t2.fees.amount": "73802.50"}
    table = relabelled(t2(printed.__getitem__), {"本年收费金额（单位：万元）": "本年收费金额（单位：元）"})
    cell = read(page([table, T3, T4])).cells["t2.fees.amount"]
    assert str(cell.value) == "7.380250"


def test_a_row_that_is_not_there_is_missing() -> None:
    table = [row for row in T3 if not any(cell.text == "2.重复申请" for cell in row)]
    found = read(page([T2, table, T4]))
    assert {found.cells[f"t3.unprocessed.repeated.{column}"].state for column in COLUMNS} == {"missing"}
    assert wrong(found, NUMBERS) == {}


def test_a_column_that_is_not_there_is_missing() -> None:
    head = t3_head()
    head[1][1] = Td("法人或其他组织", 1, 4)
    del head[2][1]
    rows = [[*row[:-5], *row[-4:]] for row in t3_rows(shown(NUMBERS))]
    found = read(page([T2, head + rows, T4]))
    assert wrong(found, NUMBERS) == {}
    assert {cell.value for name, cell in found.cells.items() if name.endswith(".research")} == {None}


def test_a_foreign_table_of_numbers_is_said_and_left_alone() -> None:
    foreign = [
        [Td("科室"), Td("公开数")],
        *([Td(name), Td("7")] for name in ("办公室", "水政科", "规划科", "财务科")),
    ]
    found = read(page([html(foreign) + html(T2), T3, T4]))
    assert values(found) == NUMBERS
    assert "R-EXTRATABLE" in codes(found)


def test_the_whole_form_is_listed_even_where_nothing_was_found() -> None:
    found = read(page([T2, "", ""]))
    assert set(found.cells) == set(NUMBERS)
    assert len(found.cells) == 200


def test_the_share_says_how_much_of_the_form_was_placed() -> None:
    assert read(page([T2, T3, T4])).share == 1.0
    assert read(page([T2, "", T4])).share == pytest.approx(25 / 200)


def test_used_tables_are_those_that_were_read() -> None:
    foreign = [[Td("科室"), Td("公开数")], [Td("办公室"), Td("7")]]
    assert read(page([html(foreign) + html(T2), T3, t4(shown(NUMBERS))])).used == frozenset({2, 3, 4})
