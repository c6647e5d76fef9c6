"""The JSON of a report: what scripts of others rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.model import Narrative, ReadError, Report
from gxcrawl.show.jsonl import encode, json_line

KEYS = {"source", "organ", "year", "form", "title", "published"}
KEYS |= {"sections", "cells", "problems", "findings", "error"}


def test_the_object_has_the_keys_of_the_contract(report: Report) -> None:
    read = json.loads(json_line(report))
    assert set(read) >= KEYS
    assert read["organ"] == "示例县财政局"
    assert (read["year"], read["form"], read["published"]) == (2021, "2021", "2022-01-20")
    assert read["sections"] == [{"number": 1, "heading": "一、总体情况", "text": "本局……"}]
    assert read["problems"] == [
        {"code": "R-MISSCOL", "message": "少了一列，有两种补法", "place": "table 2 row 4"}
    ]
    assert read["error"] is None
    assert len(read["cells"]) == 200


def test_a_cell_keeps_its_raw_text_its_state_and_its_place(report: Report) -> None:
    cells = {cell["id"]: cell for cell in json.loads(json_line(report))["cells"]}
    assert cells["t3.received.total"] == {
        "id": "t3.received.total",
        "value": 3056,
        "raw": "３０５６",
        "state": "ok",
        "place": "table 2 row 4 column 8",
    }
    assert cells["t3.granted.total"]["value"] is None
    assert cells["t3.handled.company"]["candidates"] == [12, None]


def test_a_decimal_keeps_the_digits_that_were_printed(report: Report) -> None:
    line = json_line(report)
    assert '"id": "t2.fees.amount", "value": 1.1900,' in line
    exact = json.loads(line, parse_float=Decimal)["cells"]
    assert next(cell["value"] for cell in exact if cell["id"] == "t2.fees.amount") == Decimal("1.1900")


def test_passes_are_counted_and_not_listed(report: Report) -> None:
    read = json.loads(json_line(report))
    assert [finding["check"] for finding in read["findings"]] == ["V-LABEL", "T3-COL", "V-BLANK", "T3-BAL"]
    assert read["passed"] == 35
    assert read["findings"][3] == {
        "check": "T3-BAL",
        "result": "fail",
        "severity": "error",
        "message": "“总计”列不平",
        "cells": ["t3.received.total"],
        "expected": "3055",
        "printed": "3056",
        "place": "",
        "version": 1,
    }


def test_what_was_no_report_says_why_and_claims_nothing() -> None:
    unread = Report(source="x", narrative=Narrative(), error=ReadError("not-a-report", "这是解读"))
    read = json.loads(json_line(unread))
    assert read["error"] == {"code": "not-a-report", "message": "这是解读"}
    assert (read["organ"], read["year"], read["form"], read["published"]) == (None, None, None, None)
    assert read["cells"] == read["findings"] == []


def test_line_breaks_in_a_report_do_not_break_the_line(report: Report) -> None:
    broken = replace(report, source="a\nb\u2028c\x00\ud800")
    line = json_line(broken)
    assert "\n" not in line
    assert json.loads(line)["source"] == broken.source


@pytest.mark.parametrize("printed", ["1.1900", "0.0000", "-3.50", "10000000000000000000000.1"])
def test_a_number_token_is_never_a_binary_float(printed: str) -> None:
    assert encode({"value": Decimal(printed)}) == f'{{"value": {printed}}}'


def test_a_decimal_with_an_exponent_is_written_out() -> None:
    assert encode(Decimal("1E+5")) == "100000"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_everything_else_is_the_json_that_everyone_writes(value: object) -> None:
    assert encode(value) == json.dumps(value, ensure_ascii=False)
