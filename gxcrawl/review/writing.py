"""What a check found, into the database: only what differs from before is touched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from typing import NamedTuple

from gxcrawl.checks.across.model import Across, Remark
from gxcrawl.duties.model import Duty
from gxcrawl.store.cellsets import cell_set
from gxcrawl.store.marks import mark_of

SOFTWARE = version("gxcrawl")
_COLUMNS = (
    "due",
    "rule",
    "statutory",
    "basis",
    "status",
    "days",
    "reason",
    "published",
    "published_basis",
    "report",
    "lacking",
    "recheck",
)
_NEWS = ", ".join(f"{name} = excluded.{name}" for name in (*_COLUMNS, "since"))
_DUTY = (
    f"INSERT INTO duties (organ, year, {', '.join(_COLUMNS)}, since)"
    f" VALUES ({', '.join('?' * (len(_COLUMNS) + 3))}) ON CONFLICT (organ, year) DO UPDATE SET {_NEWS}"
)
# fmt: off
_FINDING = ("report", "organ", "organ_key", "year", '"check"', "result", "severity", "message", "cells",
            "expected", "printed", "place", "version", "origin", "other", "evidence", "mark")
# fmt: on
_MARK = _FINDING.index("mark")  # tells by itself of which check and facts it is


class Subject(NamedTuple):
    """Whose findings they are; what a mark says they are about."""

    organ: str | None
    name: str
    year: int | None
    about: str


def write_duties(connection: sqlite3.Connection, organ: str, duties: Sequence[Duty], today: date) -> set[int]:
    """Returns the years about which something else is said than before."""
    names = ", ".join(_COLUMNS)
    query = f"SELECT year, {names}, since FROM duties WHERE organ = ?"
    before = {row[0]: row[1:] for row in connection.execute(query, (organ,))}
    changed: set[int] = set()
    for duty in duties:
        row = tuple(_plain(getattr(duty, name)) for name in _COLUMNS)
        old = before.pop(duty.year, None)
        if old is not None and old[:-1] == row:
            continue
        status = _COLUMNS.index("status")
        since = old[-1] if old is not None and old[status] == duty.status else today.isoformat()
        connection.execute(_DUTY, (organ, duty.year, *row, since))
        changed.add(duty.year)
    for year in before:  # nothing is owed any more, nor there
        connection.execute("DELETE FROM duties WHERE organ = ? AND year = ?", (organ, year))
    return changed | set(before)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


def write_across(connection: sqlite3.Connection, subject: Subject, across: Across) -> None:
    """The findings of one organ and year in place of those that were there."""
    where = ("organ_key = ? AND year = ? AND origin = 'across'", subject.organ, subject.year)
    for check in sorted(across.settled):  # made on the report alone, and better known now
        query = (
            "DELETE FROM findings WHERE organ_key = ? AND year = ? AND \"check\" = ? AND origin = 'report'"
        )
        connection.execute(query, (subject.organ, subject.year, check))
    write_remarks(connection, subject, across.remarks, "across", where)
    about = (subject.organ, subject.year, "across")
    write_checked(connection, about, across.passed, across.not_assessable)


def write_checked(
    connection: sqlite3.Connection,
    about: tuple[str | None, int | None, str],
    passed: int,
    not_assessable: Mapping[str, str],
) -> None:
    """`about`: organ, year and kind of check."""
    connection.execute(
        "INSERT INTO checked (organ, year, origin, passed, reasons, version) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (organ, year, origin) DO UPDATE SET passed = excluded.passed,"
        " reasons = excluded.reasons, version = excluded.version",
        (*about, passed, _reasons(connection, _json(not_assessable)), SOFTWARE),
    )


def _reasons(connection: sqlite3.Connection, text: str) -> int:
    """A few hundred sets of reasons serve all organs."""
    found = connection.execute("SELECT id FROM check_reasons WHERE reasons = ?", (text,)).fetchone()
    if found:
        return int(found[0])
    return connection.execute("INSERT INTO check_reasons (reasons) VALUES (?)", (text,)).lastrowid or 0


def forget(connection: sqlite3.Connection, organ: str, years: Iterable[int]) -> None:
    """Years of which nothing is said any more."""
    for year in years:
        connection.execute(
            "DELETE FROM findings WHERE organ_key = ? AND year = ? AND origin = 'across'", (organ, year)
        )
        connection.execute("DELETE FROM checked WHERE organ = ? AND year = ?", (organ, year))


def write_remarks(
    connection: sqlite3.Connection,
    subject: Subject,
    remarks: Iterable[Remark],
    origin: str,
    where: tuple[object, ...],
) -> None:
    """In place of those that are there (`where`, with its values). A fact keeps its id, in whatever words."""
    names = ", ".join(_FINDING)
    found = connection.execute(f"SELECT id, {names} FROM findings WHERE {where[0]} ORDER BY id", where[1:])
    before: dict[object, list[tuple[object, ...]]] = {}
    for number, *told in found.fetchall():
        before.setdefault(told[_MARK], []).append((number, *told))
    for remark in remarks:
        row = _row(connection, subject, remark, origin)
        if not before.get(row[_MARK]):
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO findings ({names}) VALUES ({marks})", row)
            continue
        number, *told = before[row[_MARK]].pop(0)
        if tuple(told) != row:
            news = ", ".join(f"{name} = ?" for name in _FINDING)
            connection.execute(f"UPDATE findings SET {news} WHERE id = ?", (*row, number))
    gone = ((row[0],) for rows in before.values() for row in rows)
    connection.executemany("DELETE FROM findings WHERE id = ?", gone)


def _row(connection: sqlite3.Connection, subject: Subject, remark: Remark, origin: str) -> tuple[object, ...]:
    """In the order of _FINDING."""
    finding = remark.finding
    words = (finding.expected, finding.printed)
    others = _page(connection, remark.other)
    return (
        remark.report,
        subject.name,
        subject.organ,
        subject.year,
        finding.check,
        finding.result,
        finding.severity,
        finding.message,
        cell_set(connection, finding.cells),
        *words,
        finding.place,
        finding.version,
        origin,
        remark.other,
        _json(remark.evidence) if remark.evidence else "",
        mark_of(subject.about, finding.check, finding.cells, *words, *others),
    )


def _page(connection: sqlite3.Connection, report: int | None) -> tuple[str, ...]:
    """The page of the report that was compared: a later version of it is another fact only by its numbers."""
    if report is None:
        return ()
    row = connection.execute("SELECT page FROM reports WHERE id = ?", (report,)).fetchone()
    return (f"page {row[0]}",) if row else ()


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(dict(value), ensure_ascii=False, sort_keys=True, default=str)
