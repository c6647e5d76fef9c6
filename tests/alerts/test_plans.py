"""What runs with every cycle reads a few rows, however many alerts there ever were."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from gxcrawl.alerts.people import dismiss
from gxcrawl.notify.receivers import Receiver
from gxcrawl.notify.sending import send
from tests.alerts.world import World, noon

SMALL = ("portals", "json_each", "CONSTANT")
READERS = tuple(Receiver(name, f"json://{name}", when="at-once") for name in ("up", "down"))


@pytest.fixture
def asked(world: World) -> list[str]:
    """Every query that a check, a decision and deliveries make, good ones and failed ones."""
    queries: list[str] = []
    world.missing("财政局")
    world.refresh("2026-02-01")
    world.connection.set_trace_callback(queries.append)
    now = noon("2026-02-01")
    for _ in range(4):
        send(world.store, READERS, now, lambda address, *_: "down" if "down" in address else "")
        now += timedelta(hours=5)
    with world.store.writing() as connection:
        dismiss(connection, 1, "误判", "", now)
    world.refresh("2026-02-02", organs=["财政局"], portals=["shili"])
    send(world.store, READERS, now + timedelta(days=1), lambda *_: "")
    world.connection.set_trace_callback(None)
    return queries


def test_no_query_of_a_cycle_reads_a_whole_table_of_alerts(world: World, asked: list[str]) -> None:
    read = [query for query in asked if query.lstrip().startswith(("SELECT", "UPDATE", "INSERT", "DELETE"))]
    assert len(read) > 20
    assert [(query, step) for query in read for step in scans(world.connection, query)] == []


def scans(connection: sqlite3.Connection, query: str) -> list[str]:
    """Steps that read all rows of anything that grows. Backwards from the newest is meant to stop early."""
    if "ORDER BY id DESC LIMIT 1" in query:
        return []
    steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    return [step for step in steps if step.startswith("SCAN") and step.split()[1] not in SMALL]


def test_a_scan_is_seen(world: World) -> None:
    query = "SELECT count(*) FROM deliveries WHERE state = 'given-up'"
    assert scans(world.connection, query) == ["SCAN deliveries"]
