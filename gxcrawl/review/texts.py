"""Texts that are new, against those of the year before and those of others."""

from __future__ import annotations

import sqlite3
from datetime import date
from importlib.metadata import version

from gxcrawl import alerts, clock, sameness
from gxcrawl.review.state import read_state, write_state
from gxcrawl.review.writing import Subject, write_checked, write_remarks
from gxcrawl.sameness.limits import shipped_limits
from gxcrawl.store import Store

_OF_REPORT = "SELECT organ, page FROM reports WHERE id = ?"
_OF_ORGAN = "SELECT name FROM organs WHERE key = ?"


def compare_texts(store: Store, today: date, *, everything: bool) -> alerts.Tally:
    """`everything` is also what other thresholds or other code ask for."""
    basis = repr((version("gxcrawl"), shipped_limits()))
    if everything or read_state(store.connection, "texts") != basis:
        with store.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO stale_texts SELECT id FROM reports")
            write_state(connection, "texts", basis)
    tally = alerts.Tally()
    while store.connection.execute("SELECT 1 FROM stale_texts LIMIT 1").fetchone():
        with store.writing() as connection:
            organs = {_note(connection, outcome) for outcome in sameness.refresh(connection)} - {""}
            tally += alerts.refresh(connection, organs=organs, portals=(), today=today, now=clock.now())
    return tally


def _note(connection: sqlite3.Connection, outcome: sameness.SamenessOutcome) -> str:
    """The organ whose findings these are; "" for a report whose organ nobody knows."""
    organ = outcome.organ or ""
    printed, page = connection.execute(_OF_REPORT, (outcome.report,)).fetchone()
    known = connection.execute(_OF_ORGAN, (organ,)).fetchone()
    name = known[0] if known else printed or ""
    subject = Subject(outcome.organ, name, outcome.year, f"page {page}")
    where = ("report = ? AND origin = 'sameness'", outcome.report)
    write_remarks(connection, subject, outcome.remarks, "sameness", where)
    if organ and outcome.year and (outcome.passed or outcome.not_assessable or outcome.remarks):
        write_checked(connection, (organ, outcome.year, "sameness"), outcome.passed, outcome.not_assessable)
    return organ
