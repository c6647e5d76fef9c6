"""The reports of one organ go on from year to year as real ones should, but for what is planted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.samples.arithmetic import broken
from gxcrawl.samples.form import CASES, PEOPLE, cell_names
from gxcrawl.samples.generate import form_of
from gxcrawl.samples.history import History
from gxcrawl.samples.links import broken_links
from gxcrawl.samples.portals import County, Published
from gxcrawl.samples.portals.county import county

KEYS = st.integers(0, 10**9).map(str)
YEARS = st.integers(2020, 2025)
SEEDS = (1, 2, 3)
COUNTIES = [county("续写县", seed=seed, organs=12) for seed in SEEDS]
LINKS = {"Y-CARRY", "Y-VALID", "T2-2019"}
Pair = tuple[Published, Published]


def by_year(place: County) -> Mapping[tuple[str, int], Published]:
    return {(one.organ.name, one.year): one for one in place.reports if not one.republished}


def pairs(place: County) -> Iterator[Pair]:
    """A report, and that of the year before."""
    reports = by_year(place)
    for (name, year), report in reports.items():
        if before := reports.get((name, year - 1)):
            yield before, report


@given(KEYS, YEARS)
def test_every_report_adds_up_and_fills_its_form(key: str, year: int) -> None:
    form = form_of(year)
    numbers = History(key).numbers(form, year)
    assert sorted(numbers) == sorted(cell_names(form))
    assert broken(form, numbers) == ()
    assert all(number >= 0 for name, number in numbers.items() if not name.endswith("items_change"))


@given(KEYS, YEARS)
def test_a_report_takes_up_what_the_year_before_left(key: str, year: int) -> None:
    """Worked out here once more, apart from the links of the samples."""
    organ, form, former = History(key), form_of(year), form_of(year - 1)
    now, before = organ.numbers(form, year), History(key).numbers(former, year - 1)
    for column in (*PEOPLE, "total"):
        assert now[f"t3.carried_in.{column}"] == before[f"t3.carried_out.{column}"]
    for case in CASES:
        assert now[f"t4.{case}.total"] >= before[f"t4.{case}.pending"]
    for row in ("rules", "normative") if former == form == "2021" else ():
        stock, issued, repealed = (now[f"t2.{row}.{name}"] for name in ("in_force", "issued", "repealed"))
        assert stock == before[f"t2.{row}.in_force"] + issued - repealed
        assert repealed <= before[f"t2.{row}.in_force"] + issued
    for row in ("licensing", "other_services", "penalties", "coercion", "fees") if form == "2019" else ():
        assert now[f"t2.{row}.items_before"] == sum(
            before[f"t2.{row}.{name}"] for name in ("items_before", "items_change")
        )
    assert now["t2.licensing.decisions"] != before["t2.licensing.decisions"]  # no year is the last one again


@given(KEYS, st.integers(2020, 2024))
def test_a_correction_breaks_nothing(key: str, year: int) -> None:
    organ = History(key)
    before, now, after = (
        (form_of(one), organ.numbers(form_of(one), one)) for one in (year - 1, year, year + 1)
    )
    corrected = now[0], now[1] | organ.corrected(now[0], year)
    assert corrected != now
    assert broken(*corrected) == broken_links(before, corrected) == broken_links(corrected, after) == ()


@pytest.mark.parametrize("place", COUNTIES, ids=SEEDS)
def test_what_does_not_fit_between_years_is_planted_or_follows_from_a_wrong_sum(place: County) -> None:
    """Whatever version one looks at."""
    for before, report in pairs(place):
        spoiled = any(set(one.planted) - LINKS - {"S-SELF"} for one in (before, report))
        for earlier in before.versions:
            for now in report.versions:
                found = broken_links((earlier.form, earlier.cells), (now.form, now.cells))
                wanted = LINKS.intersection(report.planted)
                assert spoiled or {error.check for error in found} == wanted, (report.organ.name, report.year)


def test_every_kind_of_break_is_planted_somewhere() -> None:
    planted = {code for place in COUNTIES for report in place.reports for code in report.planted}
    assert planted >= {*LINKS, "S-SELF"}


@pytest.mark.parametrize("place", COUNTIES, ids=SEEDS)
def test_words_change_from_year_to_year_but_where_they_are_copied(place: County) -> None:
    for before, report in pairs(place):
        now, then = (sentences(one) for one in (report, before))
        same = sum(map(len, now & then)) / sum(map(len, now))
        copied = "S-SELF" in report.planted
        assert (same > 0.95) if copied else (same < 0.7), (report.organ.name, report.year, same)


def test_a_later_version_says_the_same_but_for_two_numbers() -> None:
    changed = [report for place in COUNTIES for report in place.reports if len(report.versions) == 2]
    for report in changed:
        first, second = (version.cells for version in report.versions)
        assert {name for name in second if first[name] != second[name]} == {
            "t2.licensing.decisions",
            "t2.penalties.decisions",
        }
        assert len({tuple(sorted(sentences(report, number))) for number in (0, 1)}) == 1
    assert len(changed) > 5


def sentences(report: Published, version: int = 0) -> set[str]:
    """Outside tables and headings, without numbers and without what names the organ."""
    page = re.sub(
        r"<td(?:(?!<td|</td).)*</td>", "", report.versions[version].body.decode(), flags=re.S | re.I
    )
    text = re.sub(r"<[^>]+>|[^\S\n]|&nbsp;", "", re.sub(r"\s*</(?:p|h\d)>", "。", page, flags=re.I)).replace(
        "\n", ""
    )
    for name in (report.organ.name, report.organ.short):
        text = text.replace(name, "某")
    told = re.split("[。；]", re.sub(r"我(?:街道|.)|[0-9.]+", "0", text))
    return {one for one in told if len(one) >= 12 and not re.match("[一二三四五六]、", one)}
