"""Tables with cells of their own (HTML): every number where it is printed, whatever is done to the table."""

from __future__ import annotations

from random import Random

import pytest

from tests.tables.printing import (
    Table,
    Td,
    codes,
    form_tables,
    html,
    page,
    read,
    relabelled,
    shown,
    t2,
    t3,
    t3_head,
    t3_rows,
    t4,
    unread,
    values,
    wrong,
)
from tests.tables.truth import APPLICANTS, COLUMNS, HEADS, OUTCOMES, true_numbers

NUMBERS = true_numbers(Random(20))
SHOW = shown(NUMBERS)
T2, T3, T4 = form_tables(SHOW)
RECEIVED = "一、本年新收政府信息公开申请数量"


def assert_all_read(*tables: Table | str) -> None:
    found = read(page(tables))
    assert values(found) == NUMBERS
    assert {cell.state for cell in found.cells.values()} == {"ok"}


def assert_never_wrong(*tables: Table | str) -> set[str]:
    """No number is another one; hands back what was left open."""
    found = read(page(tables))
    assert wrong(found, NUMBERS) == {}
    return unread(found, NUMBERS)


def test_the_official_tables_are_read_cell_by_cell() -> None:
    found = read(page([T2, T3, T4]))
    assert values(found) == NUMBERS
    assert (found.form, found.share, found.problems) == ("2021", 1.0, ())
    assert found.cells["t3.received.natural_person"].place == "table 2 row 4 column 4"
    assert found.cells["t4.suit_after_review.total"].place == "table 3 row 4 column 15"
    assert found.labels["t3.received"] == RECEIVED


def test_the_tables_of_2019_are_read_with_signs() -> None:
    numbers = true_numbers(Random(3), "2019")
    found = read(page(form_tables(shown(numbers), "2019"), year=2020))
    assert (found.form, values(found), found.problems) == ("2019", numbers, ())
    assert found.cells["t2.fees.items_change"].value == -1


def test_one_character_per_line_in_the_heads_is_still_a_head() -> None:
    heads = {head: "<br>".join(head) for head in HEADS}
    assert_all_read(T2, relabelled(T3, heads), relabelled(T4, {o: "<br>".join(o) for o in OUTCOMES.values()}))


def test_a_head_cut_over_several_cells_below_each_other_is_put_together() -> None:
    first = [Td("项目", 4, 3), Td("申请人情况", 1, 7)]
    second = [Td("自然人", 3), Td("法人或其他组织", 1, 5), Td("总计", 3)]
    upper = [Td(head[:2]) for head in HEADS[1:6]]
    lower = [Td(head[2:]) for head in HEADS[1:6]]
    assert_all_read(T2, [first, second, upper, lower, *t3_rows(SHOW)], T4)


def test_columns_in_another_order_follow_their_head() -> None:
    order = [6, 2, 0, 5, 4, 1, 3]
    head = [[Td("项目", 1, 3), *(Td(HEADS[place]) for place in order)]]
    rows = [[*row[:-7], *(row[-7:][place] for place in order)] for row in t3_rows(SHOW)]
    assert_all_read(T2, head + rows, T4)


@pytest.mark.parametrize("longer", [-3, -1, 1, 5])
def test_a_group_that_spans_too_many_or_too_few_rows_shifts_no_number(longer: int) -> None:
    table = [
        [
            cell._replace(rows=cell.rows + longer) if cell.text == "三、本年度办理结果" else cell
            for cell in row
        ]
        for row in T3
    ]
    assert_never_wrong(T2, table, T4)


def test_a_last_row_that_spans_rows_that_are_not_there_is_read() -> None:
    table = [*T3[:-1], [cell._replace(rows=50) for cell in T3[-1][:1]] + T3[-1][1:]]
    assert_all_read(T2, table, T4)


def test_absurd_spans_are_survived() -> None:
    markup = html(T2).replace('colspan="4"', 'colspan="1000"', 1).replace('rowspan="1"', 'rowspan="0"', 3)
    assert_all_read(markup, T3, T4)


@pytest.mark.parametrize("row", [3, 6, 12, 20, 27])
@pytest.mark.parametrize("lost", [1, 3, 7])
def test_a_missing_cell_never_moves_the_others_in_silence(row: int, lost: int) -> None:
    table = [list(cells) for cells in T3]
    del table[row][-lost]
    assert_never_wrong(T2, table, T4)


@pytest.mark.parametrize("where", [-7, -4, -1])
def test_an_extra_empty_cell_never_moves_the_others_in_silence(where: int) -> None:
    table = [list(cells) for cells in T3]
    table[10].insert(where, Td(""))
    table[14].insert(where, Td(""))
    assert_never_wrong(T2, table, T4)


def test_a_number_over_several_columns_belongs_to_none_of_them() -> None:
    row = [*T3[3][:-7], Td("3", 1, 5), *T3[3][-2:]]
    found = read(page([T2, [*T3[:3], row, *T3[4:]], T4]))
    merged = {found.cells[f"t3.received.{who}"].state for who in APPLICANTS[:5]}
    assert merged == {"ambiguous"}
    assert "R-MERGED" in codes(found)
    assert wrong(found, NUMBERS) == {}


def test_a_number_over_two_rows_belongs_to_none_of_them() -> None:
    table = [list(row) for row in T3]
    table[7][-7] = table[7][-7]._replace(rows=2, text="4")
    del table[8][-7]
    found = read(page([T2, table, T4]))
    assert found.cells["t3.refused.state_secret.natural_person"].value is None
    assert found.cells["t3.refused.other_law.natural_person"].value is None
    assert wrong(found, NUMBERS) == {}


def test_a_row_that_numbers_the_columns_is_no_data() -> None:
    numbering = [Td("栏次", 1, 3), *(Td(str(place)) for place in range(1, 8))]
    assert_all_read(T2, [*t3_head(), numbering, *t3_rows(SHOW)], T4)


def test_a_column_of_codes_is_no_data() -> None:
    head = t3_head()
    head[0].insert(1, Td("代码", 3))
    rows = [[*row[:-7], Td(str(place + 1)), *row[-7:]] for place, row in enumerate(t3_rows(SHOW))]
    assert_all_read(T2, head + rows, T4)


def test_a_column_of_remarks_is_no_data_and_is_said() -> None:
    head = t3_head()
    head[0].append(Td("备注", 3))
    rows = [[*row, Td("其中网上2件" if place % 3 else "3")] for place, row in enumerate(t3_rows(SHOW))]
    found = read(page([T2, head + rows, T4]))
    assert values(found) == NUMBERS
    assert "R-COLUMN" in codes(found)


def test_a_head_repeated_in_the_middle_changes_nothing() -> None:
    rows = t3_rows(SHOW)
    assert_all_read(T2, [*t3_head(), *rows[:2], *t3_head(), *rows[2:]], T4)


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_cut_by_a_page_goes_on_under_its_head(repeated: bool) -> None:
    flat = [[Td(row[-8].text), *row[-7:]] for row in t3_rows(SHOW)]
    head = [[Td("项目"), *map(Td, HEADS)]]
    second = [*(head if repeated else []), *flat[12:]]
    found = read(page([T2, html(head + flat[:12]) + "<p>— 3 —</p>" + html(second), T4]))
    assert values(found) == NUMBERS
    assert "R-SPLITTABLE" in codes(found)


def test_a_reordered_table_cut_by_a_page_keeps_its_order() -> None:
    order = [3, 0, 6, 1, 2, 5, 4]
    head = [[Td("项目"), *(Td(HEADS[place]) for place in order)]]
    flat = [[Td(row[-8].text), *(row[-7:][place] for place in order)] for row in t3_rows(SHOW)]
    assert_never_wrong(T2, html(head + flat[:12]) + html(flat[12:]), T4)


def test_rules_cut_into_a_table_for_each_article_are_one_table() -> None:
    parts = [T2[:4], T2[4:7], T2[7:11], T2[11:]]
    assert_all_read("".join(map(html, parts)), T3, T4)


def test_a_hidden_copy_with_other_numbers_is_not_what_is_printed() -> None:
    other = form_tables(shown(true_numbers(Random(21))))
    hidden = "".join(f'<div style="display:none">{html(table)}</div>' for table in other)
    found = read(page([hidden + html(T2), T3, T4]))
    assert values(found) == NUMBERS
    assert "R-DUPTABLE" in codes(found)


def test_two_visible_copies_that_differ_leave_open_only_where_they_differ() -> None:
    changed = NUMBERS | {"t3.granted.company": 999}
    found = read(page([T2, html(T3) + html(t3(shown(changed))), T4]))
    cell = found.cells["t3.granted.company"]
    assert (cell.value, cell.state) == (None, "ambiguous")
    assert set(cell.candidates) == {NUMBERS["t3.granted.company"], 999}
    assert unread(found, NUMBERS) == {"t3.granted.company"}
    assert wrong(found, NUMBERS) == {}
    assert {"R-DUPTABLE", "R-ROWDUP"} <= codes(found)


def test_two_visible_copies_that_agree_are_read_once() -> None:
    found = read(page([T2, html(T3) * 2, T4]))
    assert values(found) == NUMBERS
    assert "R-DUPTABLE" in codes(found)


def test_a_head_that_spans_wrongly_is_contradicted_by_the_sums() -> None:
    head = t3_head()
    head[1][1] = Td("法人或其他组织", 1, 4)
    found = read(page([T2, head + t3_rows(SHOW), T4]))
    assert wrong(found, NUMBERS) == {}
    if unread(found, NUMBERS):
        assert "R-HEAD" in codes(found)


def test_two_heads_exchanged_over_true_sums_are_not_believed() -> None:
    swapped = {"其他": "总计", "总计": "其他"}
    head = [[Td("项目", 1, 3), *(Td(swapped.get(head, head)) for head in HEADS)]]
    found = read(page([T2, head + t3_rows(SHOW), T4]))
    assert wrong(found, NUMBERS) == {}
    assert "R-HEAD" in codes(found)


def test_a_table_without_any_head_is_read_by_order_and_said() -> None:
    found = read(page([T2, t3_rows(SHOW), T4]))
    assert wrong(found, NUMBERS) == {}
    assert unread(found, NUMBERS) == set()
    assert "R-ORDER" in codes(found)


def test_a_row_of_an_unknown_name_is_said_and_not_lost_in_another() -> None:
    extra = [Td("9.属于其他情形"), *(Td("7") for _ in COLUMNS)]
    found = read(page([T2, [*T3[:14], extra, *T3[14:]], T4]))
    assert wrong(found, NUMBERS) == {}
    assert "R-LABEL" in codes(found)


def test_a_label_lost_between_two_known_rows_is_known_by_its_place() -> None:
    table = relabelled(T3, {"3.危及“三安全一稳定”": ""})
    found = read(page([T2, table, T4]))
    assert values(found) == NUMBERS
    assert found.cells["t3.refused.stability.total"].state == "inferred"


def test_the_same_label_on_two_rows_gives_neither_row() -> None:
    found = read(page([T2, relabelled(T3, {"7.属于行政执法案卷": "6.属于四类过程性信息"}), T4]))
    assert wrong(found, NUMBERS) == {}


def test_every_number_in_a_table_of_its_own_inside_its_cell_is_read() -> None:
    nested = [
        [
            cell._replace(text=f"<table><tr><td>{cell.text}</td></tr></table>") if cell.id else cell
            for cell in row
        ]
        for row in T3
    ]
    assert_all_read(T2, nested, T4)


def test_a_table_of_the_year_before_is_not_added_to_this_year() -> None:
    before = shown(true_numbers(Random(22)))
    both = [[*row, *old[-7:]] for row, old in zip(t3_rows(SHOW), t3_rows(before), strict=True)]
    head = [
        [Td("项目", 1, 3), *(Td(f"{head}（上年）" if late else head) for late in (0, 1) for head in HEADS)]
    ]
    assert_never_wrong(T2, head + both, T4)


def test_a_report_of_zeros_alone_is_read() -> None:
    zeros = dict.fromkeys(NUMBERS, 0)
    found = read(page(form_tables(shown(zeros))))
    assert values(found) == zeros


def test_a_table_with_its_values_left_out_is_blank_and_not_zero() -> None:
    blank = dict.fromkeys(NUMBERS)
    found = read(page([t2(shown(blank)), t3(shown(blank)), t4(shown(blank))]))
    assert set(values(found).values()) == {None}
    assert {cell.state for cell in found.cells.values()} == {"blank"}
