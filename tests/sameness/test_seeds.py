"""The five real reports: the shares measured once by hand, and no accusation among them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from town import Town

from gxcrawl import read_report
from gxcrawl.model import Report
from gxcrawl.sameness.sentences import sentences_of
from gxcrawl.sameness.shingles import containment, shingles


@pytest.fixture(scope="module")
def reports(seeds: Path) -> dict[str, Report]:
    return {path.name[:3]: read_report(path.read_bytes()) for path in sorted(seeds.glob("*.txt"))}


def pieces(report: Report) -> frozenset[str]:
    """Of everything that is said, the introduction as well."""
    told = {0: report.narrative.opening, **{section.number: section.text for section in report.sections}}
    return shingles(said.masked for said in sentences_of(told, report.narrative.organ_names))


def test_two_reports_of_one_district_share_an_introduction_and_others_nothing(
    reports: dict[str, Report],
) -> None:
    said = {name: pieces(report) for name, report in reports.items()}
    shares = {
        (one, other): len(said[one] & said[other]) / len(said[one] | said[other])
        for one, other in combinations(said, 2)
    }
    assert shares.pop(("000", "003")) == pytest.approx(0.22, abs=0.02)
    assert max(shares.values()) <= 0.053
    assert containment(said["000"], said["003"]) == pytest.approx(0.32, abs=0.03)
    assert containment(said["003"], said["000"]) == pytest.approx(0.41, abs=0.03)


def test_none_of_the_five_is_alike_with_another(reports: dict[str, Report], town: Town) -> None:
    for name, report in reports.items():
        told = {section.number: section.text for section in report.sections}
        portal = {"000": "acheng", "003": "acheng"}.get(name, name)
        town.add(told, report.organ, portal=portal, year=report.year)
    town.check()
    assert len(town.said) == 5
    assert [outcome.remarks for outcome in town.said.values() if outcome.remarks] == []
    assert {town.result(number, "S-PEER") for number in town.said} == {"pass"}
