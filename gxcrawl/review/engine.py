"""One check over the database: what changed since the last one is judged again, and nothing else."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import NamedTuple

from gxcrawl import alerts, clock, sameness
from gxcrawl.duties.deadlines import Rule, shipped_rules
from gxcrawl.review.judging import Judging
from gxcrawl.review.scope import Scope, forget_portals, scope_of
from gxcrawl.review.writing import Subject, write_checked, write_remarks
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


class Texts(NamedTuple):
    organs: set[str]
    tally: alerts.Tally


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
            tally += alerts.refresh(connection, organs=organs, portals=(), today=today, now=clock.now())
    tally += _compare_texts(store, today)
    with store.writing() as connection:
        tally += alerts.refresh(connection, organs=(), portals=scope.portals, today=today, now=clock.now())
        forget_portals(connection, scope, today, rules)
    return Outcome(len(scope.organs), scope.running, _statuses(store.connection, scope), tally)


def _batches(organs: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(organs)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _compare_texts(store: Store, today: date) -> alerts.Tally:
    """Texts that are new against those of the year before and those of others."""
    tally = alerts.Tally()
    while store.connection.execute("SELECT 1 FROM stale_texts LIMIT 1").fetchone():
        with store.writing() as connection:
            organs = {_note(connection, outcome) for outcome in sameness.refresh(connection)} - {""}
            tally += alerts.refresh(connection, organs=organs, portals=(), today=today, now=clock.now())
    return tally


def _note(connection: sqlite3.Connection, outcome: sameness.SamenessOutcome) -> str:
    """The organ whose findings these are; "" for a report of which nothing can be said."""
    query = "DELETE FROM findings WHERE report = ? AND origin = 'sameness'"
    connection.execute(query, (outcome.report,))
    if outcome.organ is None or outcome.year is None:
        return ""
    subject = Subject(outcome.organ, _name_of(connection, outcome.organ), outcome.year)
    write_remarks(connection, subject, outcome.remarks, "sameness")
    write_checked(connection, subject, "sameness", outcome.passed, outcome.not_assessable)
    return outcome.organ


def _name_of(connection: sqlite3.Connection, organ: str) -> str:
    row = connection.execute("SELECT name FROM organs WHERE key = ?", (organ,)).fetchone()
    return row[0] if row else organ


def _statuses(connection: sqlite3.Connection, scope: Scope) -> Counter[str]:
    query = "SELECT status, count(*) FROM duties WHERE year = ? GROUP BY status"
    return Counter(dict(connection.execute(query, (scope.running,)).fetchall()))
