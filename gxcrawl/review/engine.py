"""One check over the database: what changed since the last one is judged again, and nothing else."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from gxcrawl import alerts, clock
from gxcrawl.duties.deadlines import Rule, shipped_rules
from gxcrawl.duties.season import calendar
from gxcrawl.review.judging import Judging
from gxcrawl.review.scope import Scope, forget_portals, scope_of
from gxcrawl.review.texts import compare_texts
from gxcrawl.store import Store
from gxcrawl.store.areas import write_areas

BATCH = 200  # organs in one transaction


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check did."""

    organs: int  # that were judged
    year: int  # the running one
    statuses: Counter[str]  # of its reports, over the whole database
    alerts: alerts.Tally = field(default_factory=alerts.Tally)


def check(
    store: Store, today: date, *, everything: bool = False, local_rules: Sequence[Rule] = ()
) -> Outcome:
    """Duties, findings and alerts. Killed at any moment it leaves whole organs, and goes on the next time."""
    rules = (*local_rules, *shipped_rules())
    with store.writing() as connection:
        write_areas(connection)
        scope = scope_of(connection, today, rules, everything=everything)
    tally = alerts.Tally()
    for organs in _batches(scope.organs):
        with store.writing() as connection:
            Judging(connection, rules, today).judge(organs, scope)
            if not scope.went_back:
                tally += alerts.refresh(connection, organs=organs, portals=(), today=today, now=clock.now())
    tally += compare_texts(store, today, everything=everything)
    with store.writing() as connection:
        portals = {*scope.portals, *_left_alone(connection, today)}
        if not scope.went_back:
            tally += alerts.refresh(connection, organs=(), portals=portals, today=today, now=clock.now())
        forget_portals(connection, scope, today, rules)
    return Outcome(len(scope.organs), scope.running, _statuses(store.connection, scope), tally)


def _batches(organs: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(organs)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _left_alone(connection: sqlite3.Connection, today: date) -> list[str]:
    """Portals that nobody has crawled for so long that this alone is something to tell."""
    query = "SELECT id FROM portals WHERE (SELECT max(started) FROM runs WHERE portal = portals.id) < ?"
    since = today - timedelta(calendar().fresh_days)
    return [row[0] for row in connection.execute(query, (since.isoformat(),))]


def _statuses(connection: sqlite3.Connection, scope: Scope) -> Counter[str]:
    query = "SELECT status, count(*) FROM duties WHERE year = ? GROUP BY status"
    return Counter(dict(connection.execute(query, (scope.running,)).fetchall()))
