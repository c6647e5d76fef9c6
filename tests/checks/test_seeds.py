"""The five real reports beside the repository: the faults that people found in them, and no others."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gxcrawl.checks import check_report
from gxcrawl.documents import read_document
from gxcrawl.model import Finding, Narrative, Report
from gxcrawl.report import read_narrative
from gxcrawl.tables import read_tables

SERIOUS = ("warn", "error")


@pytest.fixture(scope="module")
def truth(seeds: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((seeds / "truth.json").read_text(encoding="utf-8"))
    return found


def findings_of(path: Path) -> tuple[Finding, ...]:
    document = read_document(path.read_bytes())
    tables = read_tables(document)
    narrative = read_narrative(document, tables)
    assert isinstance(narrative, Narrative)
    report = Report(path.name, narrative, tables.form, tables.cells, tables.problems, labels=tables.labels)
    return check_report(report).findings


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_accusations_are_those_of_the_people_who_read_it(
    number: str, seeds: Path, truth: dict[str, Any]
) -> None:
    (name,) = [name for name in truth if name.startswith(number)]
    findings = findings_of(seeds / name)
    expected = Counter(
        (entry["id"], entry["severity"])
        for entry in truth[name]["findings_expected"]
        if entry["severity"] in SERIOUS
    )
    assert Counter((f.check, f.severity) for f in findings if f.severity in SERIOUS) == expected


def test_the_only_broken_sums_are_the_four_real_ones(seeds: Path, truth: dict[str, Any]) -> None:
    failed = [
        (name[:3], finding.check)
        for name in sorted(truth)
        for finding in findings_of(seeds / name)
        if finding.check.startswith("T") and finding.result == "fail"
    ]
    assert failed == [("001", "T3-BAL"), ("001", "T3-BAL"), ("001", "T3-COL"), ("001", "T3-COL")]
