"""The table of reviews and suits: across, turned, listed, or in pieces of its own."""

from __future__ import annotations

from random import Random

from tests.tables.printing import Table, Td, form_tables, html, page, read, shown, values
from tests.tables.truth import CASES, OUTCOMES, true_numbers

NUMBERS = true_numbers(Random(20))
SHOW = shown(NUMBERS)
T2, T3, _ = form_tables(SHOW)


def assert_all_read(*tables: Table | str) -> None:
    found = read(page(tables))
    assert values(found) == NUMBERS
    assert {cell.state for cell in found.cells.values()} == {"ok"}


def test_the_outcomes_of_cases_in_another_order_follow_their_head() -> None:
    outcomes = list(reversed(OUTCOMES))
    cases = ["suit_after_review", "review", "suit_direct"]
    head = [Td(CASES[case], 1, 5) for case in cases]
    names = [Td(OUTCOMES[outcome]) for _ in cases for outcome in outcomes]
    row = [Td(SHOW(f"t4.{case}.{outcome}")) for case in cases for outcome in outcomes]
    assert_all_read(T2, T3, [head, names, row])


def strip_part(cases: list[str]) -> Table:
    return [
        [Td(CASES[case], 1, 5) for case in cases],
        [Td(text) for _ in cases for text in OUTCOMES.values()],
        [Td(SHOW(f"t4.{case}.{outcome}")) for case in cases for outcome in OUTCOMES],
    ]


def test_reviews_and_suits_in_tables_of_their_own_are_one_table() -> None:
    suits = [[Td("行政诉讼", 1, 10)], *strip_part(["suit_direct", "suit_after_review"])]
    assert_all_read(T2, T3, html(strip_part(["review"])) + html(suits))


def test_three_tables_named_by_the_words_above_them_are_one_table() -> None:
    parts = [
        f"<p>{'' if case == 'review' else '行政诉讼：'}{CASES[case]}</p>" + html(strip_part([case])[1:])
        for case in CASES
    ]
    assert_all_read(T2, T3, "".join(parts))


def test_cases_as_rows_and_outcomes_as_columns_are_read() -> None:
    head = [Td("类别"), *map(Td, OUTCOMES.values())]
    rows = [
        [Td(name), *(Td(SHOW(f"t4.{case}.{outcome}")) for outcome in OUTCOMES)]
        for case, name in CASES.items()
    ]
    assert_all_read(T2, T3, [head, *rows])


def test_outcomes_as_rows_and_cases_as_columns_are_read() -> None:
    head = [Td("结果"), *map(Td, CASES.values())]
    rows = [
        [Td(name), *(Td(SHOW(f"t4.{case}.{outcome}")) for case in CASES)]
        for outcome, name in OUTCOMES.items()
    ]
    assert_all_read(T2, T3, [head, *rows])


def test_cases_listed_below_each_other_are_read() -> None:
    rows = [
        [*([Td(name, 5)] if outcome == "upheld" else []), Td(label), Td(SHOW(f"t4.{case}.{outcome}"))]
        for case, name in CASES.items()
        for outcome, label in OUTCOMES.items()
    ]
    assert_all_read(T2, T3, rows)
