"""Spans: every position of a grid must hold the cell a browser shows there."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.documents.grids import PrintedRow, expand, read_span
from gxcrawl.model import Grid

spans = st.sampled_from([1, 1, 1, 1, 2, 2, 3, 7, 0])
tables = st.lists(st.lists(st.tuples(spans, spans), max_size=6), min_size=1, max_size=8)


def naive(rows: list[list[tuple[int, int]]]) -> dict[tuple[int, int], str]:
    """The table model of HTML, position by position."""
    taken: dict[tuple[int, int], str] = {}
    for row, cells in enumerate(rows):
        column = 0
        for index, (down, across) in enumerate(cells):
            while (row, column) in taken:
                column += 1
            last = len(rows) if down == 0 else min(row + down, len(rows))
            for line in range(row, last):
                for place in range(column, column + max(across, 1)):
                    taken.setdefault((line, place), f"{row}.{index}")
    return taken


def grid_of(rows: list[list[tuple[int, int]]]) -> Grid:
    printed = [
        PrintedRow([(f"{row}.{index}", down, across) for index, (down, across) in enumerate(cells)])
        for row, cells in enumerate(rows)
    ]
    return expand(printed, 1)[0]


@given(tables)
def test_every_position_holds_the_cell_printed_there(rows: list[list[tuple[int, int]]]) -> None:
    grid = grid_of(rows)
    found = {
        (row, column): cell.text
        for row, line in enumerate(grid.rows)
        for column, cell in enumerate(line)
        if cell is not None
    }
    assert found == naive(rows)
    assert len({len(line) for line in grid.rows}) == 1


@given(tables)
def test_a_cell_is_one_object_wherever_it_reaches(rows: list[list[tuple[int, int]]]) -> None:
    seen: dict[tuple[int, int], object] = {}
    for line in grid_of(rows).rows:
        for cell in line:
            if cell is not None:
                assert seen.setdefault((cell.row, cell.column), cell) is cell


def test_no_cell_reaches_below_its_row_group() -> None:
    head, body = object(), object()
    rows = [PrintedRow([("组", 9, 1), ("a", 1, 1)], head), PrintedRow([("b", 1, 1)], body)]
    grid, _ = expand(rows, 1)
    assert [[cell and cell.text for cell in line] for line in grid.rows] == [["组", "a"], ["b", None]]


def test_an_absurd_colspan_does_not_widen_the_table() -> None:
    rows = [PrintedRow([("标题", 1, 999_999_999)])] + [
        PrintedRow([("a", 1, 1), ("1", 1, 1)]) for _ in range(3)
    ]
    grid, problems = expand(rows, 4)
    assert [len(line) for line in grid.rows] == [2, 2, 2, 2]
    assert [(problem.code, problem.place) for problem in problems] == [("D-SPAN", "table 4")]


def test_an_absurd_rowspan_ends_with_the_table() -> None:
    rows = [PrintedRow([("组", 999_999_999, 1), ("a", 1, 1)]), PrintedRow([("b", 1, 1)])]
    grid, problems = expand(rows, 1)
    assert [[cell and cell.text for cell in line] for line in grid.rows] == [["组", "a"], ["组", "b"]]
    assert [problem.code for problem in problems] == ["D-SPAN"]


def test_a_million_rows_end_soon_and_say_so() -> None:
    rows = [PrintedRow([("组", 999_999_999, 1000), ("1", 1, 1)])] + [PrintedRow([("1", 1, 1)])] * 1_000_000
    started = time.perf_counter()
    grid, problems = expand(rows, 1)
    assert time.perf_counter() - started < 8
    assert 0 < len(grid.rows) <= 20_000
    assert "D-TRUNCATED" in [problem.code for problem in problems]


def test_spans_that_are_no_numbers_count_one() -> None:
    printed = [None, "", "2", " 3 ", "abc", "-1", "2px", "0", "1e9"]
    assert [read_span(span) for span in printed] == [1, 1, 2, 3, 1, 1, 2, 0, 1]
