"""The views for people: whoever opens the database in a browser sees who reported when, and the numbers."""

from __future__ import annotations

from typing import Any

import pytest

from gxcrawl.exports.series import quantities
from gxcrawl.store import Store
from tests.registry.filling import add, add_portal

FINANCE = "990101:财政局"
BROKEN = {"result": "fail", "severity": "error", "origin": "report", "organ_key": FINANCE, "year": 2025}
OTHER = ("t3_other_uncorrected_total", "t3_other_unpaid_total", "t3_other_rest_total")


@pytest.fixture
def known(store: Store) -> Store:
    """An organ with reports in both forms, and without the last one."""
    with store.writing() as connection:
        add_portal(connection, "shili", "990101", "示例县人民政府")
        add(connection, "runs", id="r", portal="shili", verdict="healthy")
        organ = {"name": "示例县财政局", "kind": "department", "code": "990101", "status": "registered"}
        add(connection, "organs", key=FINANCE, **organ)
        for number, (year, form) in enumerate(((2020, "2019"), (2021, "2021"), (2022, "2021")), start=1):
            add(connection, "pages", id=number, portal="shili", key=str(number), status="online", run="r")
            report = {"portal": "shili", "page": number, "version": 1, "current": 1, "status": "online"}
            report |= {"organ_key": FINANCE, "year": year, "form": form, "run": "r", "title": f"{year}年报告"}
            add(connection, "reports", id=number, **report)
            duty = {"due": f"{year + 1}-01-31", "basis": "registered", "status": "on_time"}
            add(connection, "duties", organ=FINANCE, year=year, report=number, **duty)
        missing = {"due": "2024-01-31", "basis": "registered", "status": "missing", "days": 3}
        add(connection, "duties", organ=FINANCE, year=2023, reason="列表中没有", **missing)
        add(connection, "figures_2019", report=1, t3_received_total=7, t3_other_total=3)
        add(connection, "figures_2021", report=2, **dict.fromkeys(OTHER, 2), t3_other_total=9)
        add(connection, "figures_2021", report=3, t3_other_unpaid_total=2, t3_other_total=9)
        for mark in ("stands", "dismissed"):
            add(connection, "findings", report=2, check="T3-BAL", mark=mark, **BROKEN)
        add(connection, "findings", report=2, check="P-LATE", mark="other", **BROKEN)
        add(connection, "decisions", mark="dismissed", decision="dismissed")
    return store


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(query).fetchall()


def test_the_matrix_shows_reports_and_gaps(known: Store) -> None:
    query = "SELECT organ, kind, year, status, days, reason, title FROM report_matrix ORDER BY year"
    first, *_, last = rows(known, query)
    assert first == ("示例县财政局", "department", 2020, "on_time", None, "", "2020年报告")
    assert last == ("示例县财政局", "department", 2023, "missing", 3, "列表中没有", None)


def test_the_panel_joins_what_is_one_series_and_says_what_does_not_add_up(known: Store) -> None:
    query = "SELECT year, form, t3_received_total, t3_other_total, failed_identities FROM applications_panel"
    assert rows(known, f"{query} ORDER BY year") == [
        (2020, "2019", 7, 3, 0),
        (2021, "2021", None, 6, 1),
        (2022, "2021", None, None, 0),  # a part of the sum was not read
    ]


def test_the_panel_has_the_quantities_that_an_export_joins_too(store: Store) -> None:
    """Three have other names there, as they go back further than the view."""
    shorter = {"received": "t3_received_total", "other_handling": "t3_other_total"}
    shorter["not_held_or_not_ours"] = "t3_unavailable_not_held_total"
    joined = {shorter.get(one.column, one.column) for one in quantities()}
    columns = {row[1] for row in rows(store, "PRAGMA table_info(applications_panel)")}
    assert {name for name in columns if name.startswith("t3_")} == {
        name for name in joined if name.startswith("t3_")
    }


def test_alerts_that_are_over_are_not_among_the_open_ones(known: Store) -> None:
    states = ("open", "acknowledged", "held", "dismissed", "closed")
    with known.writing() as connection:
        for state in states:
            about = {"stream": "organ", "kind": "P-LATE", "organ": FINANCE, "severity": "warn"}
            add(connection, "alerts", subject=state, state=state, **about)
    assert rows(known, "SELECT state, organ FROM alerts_open ORDER BY id") == [
        (state, "示例县财政局") for state in states[:3]
    ]


@pytest.mark.parametrize("condition", ["year = 2025", "code = '990101'", "organ = '甲'", "organ_key = 'a'"])
@pytest.mark.parametrize("view", ["report_matrix", "applications_panel"])
def test_a_page_of_a_view_is_not_looked_for_among_all_reports(
    store: Store, view: str, condition: str
) -> None:
    query = f"EXPLAIN QUERY PLAN SELECT * FROM {view} WHERE {condition} LIMIT 101"  # noqa: S608
    steps = [step for *_, step in rows(store, query)]
    assert [step for step in steps if step.startswith(("SCAN", "USE TEMP", "MATERIALIZE"))] == []


@pytest.mark.parametrize("view", ["report_matrix", "applications_panel"])
def test_the_first_page_of_a_view_sorts_and_keeps_nothing(store: Store, view: str) -> None:
    query = f"EXPLAIN QUERY PLAN SELECT * FROM {view} LIMIT 101"  # noqa: S608
    steps = [step for *_, step in rows(store, query)]
    assert [step for step in steps if step.startswith(("USE TEMP", "MATERIALIZE"))] == []
