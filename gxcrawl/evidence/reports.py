"""What the database knows of one version of a report: its page, its other versions, its archived answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gxcrawl.evidence.model import Change, Deposit, EvidenceCell, Report, Version
from gxcrawl.evidence.records import Archive
from gxcrawl.forms import load_forms
from gxcrawl.model import Number
from gxcrawl.store.facts import changes_between
from gxcrawl.store.packing import values_of
from gxcrawl.store.stored import stored_facts

_REPORT = """
SELECT reports.id, reports.title, coalesce(reports.organ, ''), reports.year, reports.version,
  coalesce(reports.published, ''), reports.published_basis, reports.url, pages.status, reports.error,
  coalesce(pages.first_seen, reports.first_seen), coalesce(pages.last_seen, reports.last_seen),
  reports.page, reports.response, reports.run
FROM reports JOIN pages ON pages.id = reports.page WHERE reports.id = ?
"""
_VERSIONS = """
SELECT id, version, first_seen, current FROM reports WHERE page = ? ORDER BY first_seen, id
"""
_DEPOSIT = "SELECT file, seen, who, origin, added FROM deposits WHERE run = ?"
_NAMED_CELLS = """
SELECT cells.report, cells.id, readings.form, cells.raw, cells.state, cells.place, cell_names.position,
  readings.vals
FROM cells JOIN readings ON readings.report = cells.report
JOIN cell_names ON cell_names.list = readings.list AND cell_names.id = cells.id
WHERE cells.report = ?
"""


def report_of(archive: Archive, number: int) -> Report | None:
    connection = archive.connection
    row = connection.execute(_REPORT, (number,)).fetchone()
    if row is None:
        return None
    *facts, page, response, run = row
    deposit = connection.execute(_DEPOSIT, (run,)).fetchone()
    return Report._make(
        (
            *facts,
            tuple(_versions(connection, page)),
            archive.record(response),
            Deposit(*deposit) if deposit else None,
        )
    )


def _versions(connection: sqlite3.Connection, page: int) -> Iterator[Version]:
    """In the order in which they were seen, each against the one before it; none where there is only one."""
    rows = connection.execute(_VERSIONS, (page,)).fetchall()
    if len(rows) < 2:
        return
    for before, (report, version, first_seen, current) in pairwise([None, *rows]):
        changes = _changes(connection, before[0], report) if before else ()
        yield Version(report, version, first_seen, bool(current), tuple(changes))


def _changes(connection: sqlite3.Connection, before: int, now: int) -> Iterator[Change]:
    old, new = stored_facts(connection, before), stored_facts(connection, now)
    form = str(new.get("form", ""))
    for change in changes_between(now, old, new):
        told = (None if fact is None else str(fact) for fact in (change.before, change.now))
        yield Change(label_of(form, change.fact), *told)


def cells_of(connection: sqlite3.Connection, report: int, names: Sequence[str]) -> tuple[EvidenceCell, ...]:
    """The cells of these names, in this order; numbers with the digits that were printed."""
    found: dict[str, EvidenceCell] = {}
    numbers: list[Number | None] = []
    for row in connection.execute(_NAMED_CELLS, (report,)):
        number, name, form, raw, state, place, position, packed = row
        numbers = numbers or values_of(packed)
        found[name] = EvidenceCell(number, name, label_of(form, name), numbers[position], raw, state, place)
    return tuple(found[name] for name in names if name in found)


def label_of(form_id: str | None, name: str) -> str:
    form = next((form for form in load_forms() if form.id == form_id), None)
    return form.label(name) if form else name
