"""True tables by the hundred: what is printed is read, and damage never makes another number of it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables.printing import (
    Table,
    Td,
    by_lines,
    form_tables,
    matrix,
    page,
    read,
    t3_rows,
    text_page,
    unread,
    values,
    wrong,
)
from tests.tables.truth import HEADS, Number, true_numbers

forms = st.sampled_from(["2021", "2019"])
randoms = st.integers(0, 10**6).map(Random)


@st.composite
def printed_tables(draw: st.DrawFn) -> tuple[dict[str, Number | None], dict[str, str], str]:
    """What is true, how it is printed, and on which form."""
    random, form = draw(randoms), draw(forms)
    numbers: dict[str, Number | None] = dict(
        true_numbers(random, form, most=draw(st.sampled_from([3, 40, 2500])), share=draw(st.floats(0, 1)))
    )
    for name in numbers:
        if random.random() < 0.1:
            numbers[name] = None
    nothing = random.choice(["", "/", "—", "无", "&nbsp;", "　"])
    printed = {name: nothing if number is None else str(number) for name, number in numbers.items()}
    return numbers, printed, form


@given(printed_tables())
def test_every_cell_of_a_clean_page_is_exactly_as_printed(
    case: tuple[dict[str, Number | None], dict[str, str], str],
) -> None:
    numbers, printed, form = case
    markup = [_unescaped(table) for table in form_tables(printed.__getitem__, form)]
    found = read(page(markup))
    assert (found.form, values(found)) == (form, numbers)
    assert {cell.state for cell in found.cells.values()} <= {"ok", "blank", "placeholder"}


def _unescaped(table: Table) -> Table:
    return [[cell._replace(text=cell.text.replace("&nbsp;", "\u00a0")) for cell in row] for row in table]


@pytest.mark.parametrize("which", [0, 1, 2], ids=["files", "applications", "cases"])
@given(random=randoms, form=forms, place=st.integers(0, 174))
def test_a_cell_lost_from_a_row_leaves_right_numbers_or_none(
    which: int, random: Random, form: str, place: int
) -> None:
    numbers = true_numbers(random, form)
    tables = form_tables(lambda name: str(numbers[name]), form)
    held = [(row, at) for row in tables[which] for at, cell in enumerate(row) if cell.id]
    row, at = held[place % len(held)]
    del row[at]
    found = read(page(tables))
    assert wrong(found, numbers) == {}


@given(randoms, st.sets(st.integers(3, 27), min_size=2, max_size=25), st.integers(0, 6))
def test_a_column_lost_from_many_rows_leaves_right_numbers_or_none(
    random: Random, rows: set[int], lost: int
) -> None:
    numbers = true_numbers(random)
    tables = form_tables(lambda name: str(numbers[name]))
    for number in rows:
        del tables[1][number][lost - 7]
    assert wrong(read(page(tables)), numbers) == {}
    assert wrong(read(text_page(by_lines(table, "\t") for table in tables)), numbers) == {}


@given(randoms, st.permutations(range(7)))
def test_any_order_of_columns_is_read_under_its_head(random: Random, order: list[int]) -> None:
    numbers = true_numbers(random)
    tables = form_tables(lambda name: str(numbers[name]))
    head = [[Td("项目", 1, 3), *(Td(HEADS[place]) for place in order)]]
    rows = [
        [*row[:-7], *(row[-7:][place] for place in order)] for row in t3_rows(lambda name: str(numbers[name]))
    ]
    found = read(page([tables[0], head + rows, tables[2]]))
    assert values(found) == numbers


@given(randoms, forms, st.sampled_from(["\t", " | "]))
def test_every_number_of_a_text_with_separators_is_read(random: Random, form: str, separator: str) -> None:
    numbers = true_numbers(random, form)
    tables = form_tables(lambda name: str(numbers[name]), form)
    body = ["\n".join(separator.join(row) for row in matrix(table)) for table in tables]
    found = read(text_page(body))
    assert wrong(found, numbers) == {}
    assert unread(found, numbers) == set()


@given(randoms, forms)
def test_one_cell_per_line_without_blanks_is_read(random: Random, form: str) -> None:
    numbers = true_numbers(random, form)
    tables = form_tables(lambda name: str(numbers[name]), form)
    found = read(text_page(by_lines(table, "\n").replace("\n\n", "\n") for table in tables))
    assert wrong(found, numbers) == {}
    assert unread(found, numbers) == set()


@given(randoms, st.sampled_from(["\n", "    ", " "]))
def test_blanks_that_vanished_from_a_text_never_move_a_number(random: Random, separator: str) -> None:
    numbers: dict[str, Number | None] = {
        name: number or None for name, number in true_numbers(random, share=0.5).items()
    }
    tables = form_tables(lambda name: "" if numbers[name] is None else str(numbers[name]))
    body = [
        "\n".join(separator.join(cell.text for cell in row if cell.text) for row in table) for table in tables
    ]
    assert wrong(read(text_page(body)), numbers) == {}
