"""One reading for each row, out of copies, repeated rows and rows of other tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gxcrawl.forms import Form, Table
from gxcrawl.model import Problem
from gxcrawl.problems import problem
from gxcrawl.tables.pieces import RowReading

Key = tuple[str, str]  # table, row


class Merged(NamedTuple):
    rows: Mapping[Key, RowReading]
    conflicting: Mapping[Key, Sequence[RowReading]]  # rows printed twice with different numbers
    problems: tuple[Problem, ...]


def merge_rows(form: Form, readings: Sequence[RowReading]) -> Merged:
    problems: list[Problem] = []
    by_key: dict[Key, list[RowReading]] = {}
    for reading in _under_heads(_without_afterthoughts(readings)):
        by_key.setdefault(reading.target.key, []).append(reading)
    _drop_group_rows(form, by_key)
    rows: dict[Key, RowReading] = {}
    conflicting: dict[Key, Sequence[RowReading]] = {}
    repeated: dict[str, list[bool]] = {}
    for key, copies in by_key.items():
        if len(copies) == 1:
            rows[key] = copies[0]
            continue
        visible = [copy for copy in copies if not copy.grid.hidden] or copies
        filled = [copy for copy in visible if any(copy.texts)] or visible
        rows[key] = filled[0]
        if len({tuple(copy.texts) for copy in filled}) > 1:
            conflicting[key] = filled
        agree = len({tuple(copy.texts) for copy in copies}) == 1
        repeated.setdefault(copies[0].target.table.id, []).append(agree)
        if key in conflicting:
            problems.append(_row_problem(copies))
    for table_id, agreements in repeated.items():
        problems.append(_copy_problem(form.table(table_id), agreements))
    return Merged(rows, conflicting, tuple(problems))


def _under_heads(readings: Sequence[RowReading]) -> list[RowReading]:
    """Without rows of blocks in grids that have none of their heads and not nearly all of their rows: other
    tables name the same things."""
    believed = {reading.grid.number for reading in readings if reading.printed}
    whole: dict[int, set[str]] = {}
    for reading in readings:
        if reading.target.table.kind == "blocks" and len(reading.texts) == len(reading.columns):
            rows = whole.setdefault(reading.grid.number, set())
            rows.add(reading.target.row.id)
            if len(rows) >= len(reading.target.table.rows) - 1:
                believed.add(reading.grid.number)
    return [r for r in readings if r.target.table.kind != "blocks" or r.grid.number in believed]


def _without_afterthoughts(readings: Sequence[RowReading]) -> list[RowReading]:
    """Without repeated rows below the last row of a table, such as totals of last year."""
    ended: set[tuple[int, str]] = set()
    seen: set[tuple[int, Key]] = set()
    kept: list[RowReading] = []
    for reading in readings:
        table, key = reading.target.table, (reading.grid.number, reading.target.key)
        if key in seen and (reading.grid.number, table.id) in ended:
            continue
        seen.add(key)
        kept.append(reading)
        if table.kind == "matrix" and reading.target.row is table.rows[-1]:
            ended.add((reading.grid.number, table.id))
    return kept


def _drop_group_rows(form: Form, by_key: dict[Key, list[RowReading]]) -> None:
    """A row that may stand for several is only a heading when those are printed too."""
    for single, parts in form.single_rows.items():
        table, row = single.split(".", 1)
        if any((table, part.split(".", 1)[1]) in by_key for part in parts):
            by_key.pop((table, row), None)


def _row_problem(copies: Sequence[RowReading]) -> Problem:
    first = copies[0]
    return problem(
        "R-ROWDUP",
        first.place,
        table=first.target.table.title,
        printed=first.label.strip(),
        count=len(copies),
        outcome="数不一致，没有取数",
    )


def _copy_problem(table: Table, agreements: Sequence[bool]) -> Problem:
    outcome = "内容一致，取其一" if all(agreements) else "内容不一致，以显示在页面上的为准，不一致处不取数"
    return problem("R-DUPTABLE", "", table=table.title, count="多", outcome=outcome)
