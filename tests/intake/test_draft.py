"""A draft is checked by itself and against last year's report, before anybody else sees it."""

from __future__ import annotations

from datetime import date

import pytest

from gxcrawl.intake.draft import Draft, before_of, check_draft
from gxcrawl.intake.given import RefusedError
from gxcrawl.reader import read_report
from gxcrawl.samples import Sample, generate
from gxcrawl.store.naming import add_alias, add_event, confirm
from tests.intake.conftest import Desk
from tests.registry.filling import add

TODAY = date(2026, 1, 10)


def checked(desk: Desk | None, sample: Sample, organ: str = "", year: int = 0, code: str = "") -> Draft:
    connection = desk.store.connection if desk else None
    name = organ or sample.organ
    before = before_of(connection, name, code)
    return check_draft(read_report(sample.data), name, year or sample.year, before, TODAY)


def test_without_a_database_a_draft_is_checked_by_itself(sample: Sample) -> None:
    draft = checked(None, sample)
    assert (draft.mismatches, draft.compared) == ((), None)
    assert draft.report.passed > 0
    assert "Y-CARRY" in draft.not_assessable


def test_the_report_of_last_year_is_compared(desk: Desk, sample: Sample) -> None:
    desk.add_sample(sample)
    number = desk.one("SELECT id FROM reports")
    draft = checked(desk, sample, year=sample.year + 1)
    assert draft.compared is not None
    assert draft.compared.report == number
    found = {finding.check for finding in draft.report.findings}
    # Copied from last year: the numbers are the same, so what was carried over does not fit.
    assert {"Y-SAME", "Y-CARRY"} <= found


def test_what_the_draft_prints_otherwise_is_said_and_what_was_given_counts(sample: Sample) -> None:
    draft = checked(None, sample, organ="示例县审计局", year=2025)
    organ, year = draft.mismatches
    assert sample.organ in organ
    assert f"{sample.year}年" in year
    assert (draft.report.organ, draft.report.year) == ("示例县审计局", 2025)


def test_a_short_name_is_no_mismatch(desk: Desk, sample: Sample) -> None:
    desk.add_sample(sample)
    short = sample.organ.removeprefix("示例县")
    assert checked(desk, sample, organ=short, code="990101").mismatches == ()


def test_a_name_that_several_organs_have_needs_its_area(desk: Desk, sample: Sample) -> None:
    desk.add_sample(sample, code="990101")
    desk.add_sample(sample, code="990102", url="http://www.other.example/1")
    with pytest.raises(RefusedError, match=r"--code which one: 990101, 990102"):
        checked(desk, sample)
    assert checked(desk, sample, code="990102").compared is None
    assert checked(desk, sample, code="990102", year=sample.year + 1).compared is not None


def test_nothing_is_stored(desk: Desk, sample: Sample) -> None:
    desk.add_sample(sample)
    before = list(desk.store.connection.iterdump())
    checked(desk, sample, year=sample.year + 1)
    assert list(desk.store.connection.iterdump()) == before


@pytest.mark.parametrize("seed", range(5))
def test_a_draft_of_any_layout_is_checked(seed: int) -> None:
    draft = checked(None, generate(seed))
    assert draft.report.error is None


def test_an_organ_that_took_in_another_is_not_compared_with_the_year_before(
    desk: Desk, sample: Sample
) -> None:
    """The event stands in the row of the organ that is no more; `check` sees it for both."""
    desk.add_sample(sample)
    key, gone = str(desk.one("SELECT key FROM organs")), "990101:物价局"
    with desk.store.writing() as connection:
        add(connection, "organs", key=gone, name="示例县物价局", code="990101", status="registered")
        add_event(connection, gone, "merged", date(sample.year + 1, 6, 1), key, "通知")
    draft = checked(desk, sample, year=sample.year + 1)
    assert "Y-CARRY" in draft.not_assessable
    assert "Y-CARRY" not in {finding.check for finding in draft.report.findings}


def test_a_draft_is_checked_under_every_name_of_its_organ(desk: Desk, sample: Sample) -> None:
    desk.add_sample(sample)
    [(key,)] = desk.all("SELECT key FROM organs")
    with desk.store.writing() as connection:
        add_alias(connection, str(key), "示例县国有资产管理局")
    before = before_of(desk.store.connection, sample.organ, "")
    assert "示例县国有资产管理局" in before.names
    assert not before.confirmed
    with desk.store.writing() as connection:
        confirm(connection, str(key))
    assert before_of(desk.store.connection, sample.organ, "").confirmed
