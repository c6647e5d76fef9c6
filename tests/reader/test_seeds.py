"""The five real reports: every number, and exactly the findings that a careful reader would raise."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gxcrawl import read_report

NAMES = (
    "000_70fa07ff4f3c9aaf.txt",
    "001_d37008fbb3c2afee.txt",
    "002_1dfa6bf3088a5125.txt",
    "003_6fea46c080299f63.txt",
    "004_05907e7124f8974f.txt",
)


def truth_of(seeds: Path, name: str) -> dict[str, Any]:
    text = (seeds / "truth.json").read_text(encoding="utf-8")
    truth: dict[str, Any] = json.loads(text, parse_float=Decimal)[name]
    return truth


@pytest.mark.parametrize("name", NAMES)
def test_all_two_hundred_numbers_are_read(seeds: Path, name: str) -> None:
    truth = truth_of(seeds, name)
    report = read_report((seeds / name).read_bytes(), source=name)
    assert len(truth["values"]) == 200
    assert {cell: report.cells[cell].value for cell in truth["values"]} == truth["values"]
    assert set(report.cells) == set(truth["values"])


@pytest.mark.parametrize("name", NAMES)
def test_organ_year_and_form_are_read(seeds: Path, name: str) -> None:
    truth = truth_of(seeds, name)
    report = read_report((seeds / name).read_bytes(), source=name)
    assert (report.organ, report.year, report.form) == (truth["organ"], truth["year"], truth["form"])
    assert report.published is None


@pytest.mark.parametrize("name", NAMES)
def test_warnings_and_errors_are_the_true_ones_and_no_others(seeds: Path, name: str) -> None:
    truth = truth_of(seeds, name)
    report = read_report((seeds / name).read_bytes(), source=name)
    raised = sorted((item.check, item.severity) for item in report.findings if item.severity != "info")
    expected = sorted(
        (item["id"], item["severity"]) for item in truth["findings_expected"] if item["severity"] != "info"
    )
    assert raised == expected


def test_the_only_arithmetic_errors_are_the_four_of_one_report(seeds: Path) -> None:
    failed = {
        name: [
            item for item in read_report((seeds / name).read_bytes()).findings if item.check.startswith("T")
        ]
        for name in NAMES
    }
    arithmetic = {name: [item for item in found if item.result == "fail"] for name, found in failed.items()}
    assert {name: len(found) for name, found in arithmetic.items() if found} == {NAMES[1]: 4}
    assert {item.check for item in arithmetic[NAMES[1]]} == {"T3-BAL", "T3-COL"}


def test_a_lost_column_is_a_problem_of_reading_and_not_a_fault_of_the_town(seeds: Path) -> None:
    report = read_report((seeds / NAMES[4]).read_bytes())
    assert "R-MISSCOL" in {problem.code for problem in report.problems}
    assert report.cells["t3.unavailable.not_held.total"].state == "inferred"
    assert report.cells["t3.received.total"].state == "ok"
