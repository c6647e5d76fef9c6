"""The cells of a report in little room: nothing is lost on the way in or out."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_bundles import Run, Said

from gxcrawl import read_report
from gxcrawl.samples import generate
from gxcrawl.show.jsonl import json_line
from gxcrawl.store import Store, take_in
from gxcrawl.store.packing import pack, runs_of, values_of
from gxcrawl.store.readings import parse_reading

Archive = Callable[[Run], Path]
PLACES = st.one_of(
    st.from_regex(r"table [12] row [1-4] column (9|10|11|099)", fullmatch=True),
    st.from_regex(r"line (1|2|3) field [1-3]", fullmatch=True),
    st.sampled_from(["", "7", "第1页", "1 2 3", "1 2 4"]),
)


@given(st.lists(PLACES, max_size=30))
def test_runs_say_every_place_again(places: list[str]) -> None:
    runs = list(runs_of(places))
    said = []
    for position in range(len(places)):
        run = max((run for run in runs if run.position <= position), key=lambda run: run.position)
        number = "" if run.first is None else str(run.first + position - run.position)
        said.append(run.head + number + run.tail)
    assert said == places


def test_a_row_of_cells_is_one_run() -> None:
    assert len(list(runs_of([f"table 2 row 4 column {column}" for column in range(4, 11)]))) == 1
    assert len(list(runs_of([f"line {line} field 1" for line in range(8, 200)]))) == 1
    assert len(list(runs_of([""] * 50))) == 1


def test_decimals_keep_their_printed_digits() -> None:
    cell = {"id": "t2.fees.amount", "value": Decimal("5330.250100"), "raw": "53302501.00元", "state": "ok"}
    packed = pack("2021", [cell | {"place": "table 1 row 14 column 2", "unit": "元"}])
    assert packed.values == "[5330.250100]"
    assert str(values_of(packed.values)[0]) == "5330.250100"


@pytest.mark.parametrize("seed", range(30))
def test_the_view_tells_every_cell_as_it_was_read(store: Store, archive: Archive, seed: int) -> None:
    sample = generate(seed)
    line = json_line(read_report(sample.data))
    said = Said(str(seed), organ=sample.organ, year=sample.year, reading=json.loads(line))
    take_in(store, archive(Run("2026-01-05", pages={"a": said})))
    assert stored_cells(store) == {cell["id"]: as_stored(cell) for cell in parse_reading(line)["cells"]}
    form = json.loads(line)["form"]
    row = next(iter(store.db[f"figures_{form}"].rows))
    for cell in parse_reading(line)["cells"]:
        assert row[cell["id"].replace(".", "_")] == (None if cell["value"] is None else float(cell["value"]))


def test_cells_that_the_form_does_not_name_are_kept(store: Store, archive: Archive) -> None:
    cell = {"id": "t3.other.strange.total", "value": 7, "raw": "7", "state": "ok", "place": "line 3 field 2"}
    said = Said("甲")
    reading = {**json.loads(json_line(read_report(generate(3).data))), "cells": [cell]}
    said.reading = reading
    take_in(store, archive(Run("2026-01-05", pages={"a": said})))
    found = store.connection.execute("SELECT id, value, raw, state, place FROM cells").fetchall()
    assert found == [tuple(cell.values())]


def as_stored(cell: dict[str, Any]) -> tuple[Any, ...]:
    candidates = cell.get("candidates")
    return (
        None if cell["value"] is None else float(cell["value"]),
        cell["raw"],
        cell["state"],
        cell["place"],
        cell.get("note"),
        cell.get("unit"),
        None if candidates is None else [None if value is None else float(value) for value in candidates],
    )


def stored_cells(store: Store) -> dict[str, tuple[Any, ...]]:
    query = "SELECT id, value, raw, state, place, note, unit, candidates FROM cells WHERE report = 1"
    return {
        name: (value, *rest, None if candidates is None else json.loads(candidates))
        for name, value, *rest, candidates in store.connection.execute(query)
    }
