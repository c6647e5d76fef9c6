"""What happened to an organ is found without reading what happened to all others."""

from __future__ import annotations

from datetime import date

import pytest

from gxcrawl.checks.across.model import Event
from gxcrawl.store import Store
from gxcrawl.store.naming import add_event
from gxcrawl.store.organ_facts import Happened, events_of, is_registered, names_of
from tests.registry.filling import add

FINANCE, PRICES = "990101:财政局", "990101:物价局"


@pytest.fixture
def merged(store: Store) -> Store:
    with store.writing() as connection:
        for key, status in ((FINANCE, "registered"), (PRICES, "candidate")):
            add(connection, "organs", key=key, name=key.partition(":")[2], status=status)
        add(
            connection, "organ_names", code="990101", core="财政局", organ=FINANCE, name="财政局", kind="full"
        )
        add_event(connection, PRICES, "merged", date(2024, 6, 1), FINANCE, "通知")
    return store


def test_a_merger_happened_to_both_and_ended_one(merged: Store) -> None:
    event = Event("merged", date(2024, 6, 1))
    assert events_of(merged.connection, PRICES) == (Happened(event, ended=True),)
    assert events_of(merged.connection, FINANCE) == (Happened(event, ended=False),)


@pytest.mark.parametrize(
    ("kind", "other", "ended"),
    [
        ("renamed", None, False),
        ("renamed", PRICES, True),
        ("split", PRICES, False),
        ("abolished", None, True),
    ],
)
def test_an_organ_ends_when_it_goes_on_as_another(
    merged: Store, kind: str, other: str | None, ended: bool
) -> None:
    with merged.writing() as connection:
        add_event(connection, FINANCE, kind, date(2025, 6, 1), other, "通知")
    *_, last = events_of(merged.connection, FINANCE)
    assert last == Happened(Event(kind, date(2025, 6, 1)), ended=ended)


def test_names_and_whether_somebody_confirmed_them(merged: Store) -> None:
    assert names_of(merged.connection, FINANCE) == ("财政局",)
    known = [is_registered(merged.connection, key) for key in (FINANCE, PRICES, "nobody")]
    assert known == [True, False, False]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1 FROM organ_events WHERE other = ?",
        "SELECT 1 FROM organs WHERE superior = ?",
        "SELECT 1 FROM portals WHERE code = ?",
        "SELECT 1 FROM findings WHERE other = ?",
        "SELECT 1 FROM decisions WHERE organ_key = ?",
    ],
)
def test_what_has_to_do_with_one_organ_or_report_is_not_searched_among_all(store: Store, query: str) -> None:
    plan = store.connection.execute(f"EXPLAIN QUERY PLAN {query}", ("a",)).fetchall()
    assert not [row[3] for row in plan if row[3].startswith("SCAN")]


def test_events_are_found_by_the_indexes(store: Store) -> None:
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    events_of(store.connection, FINANCE)
    store.connection.set_trace_callback(None)
    plan = store.connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall()
    assert not [row[3] for row in plan if row[3].startswith("SCAN")]
