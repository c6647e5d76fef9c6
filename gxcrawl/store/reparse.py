"""Reads every current report again from the archive, and tells what the reader says differently now."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from typing import Any, NamedTuple

from gxcrawl.reader import read_report
from gxcrawl.show.jsonl import json_line
from gxcrawl.store.content import content_digest
from gxcrawl.store.facts import Change, Changes, changes_between, facts_of, sorted_out
from gxcrawl.store.opening import Store
from gxcrawl.store.organs import Sighting, candidate
from gxcrawl.store.page_words import Whose, completed, own_year
from gxcrawl.store.readings import Reading, Readings, Subject, parse_reading
from gxcrawl.store.stored import stored_facts

Load = Callable[
    [str, int], tuple[bytes, Mapping[str, str]]
]  # file below the archive, offset -> body, headers

READER = f"gxcrawl/{version('gxcrawl')}"
CHUNK = 64  # reports read, compared and written at a time
# Where a report has what its reading said, it follows the new reading; what the page around it said stays.
FOLLOWS = ("organ", "year", "published", "published_basis")


PRESENT = """
SELECT reports.id, reports.url, reports.organ, reports.year, body.fetched, body.content_type,
  runs.folder || '/' || coalesce(whole.warc, body.warc), coalesce(whole."offset", body."offset")
FROM reports
JOIN responses AS body ON body.id = reports.response
LEFT JOIN responses AS whole ON body.revisit = 1 AND whole.id = (
  SELECT min(id) FROM responses INDEXED BY responses_sha256 WHERE sha256 = body.sha256 AND revisit = 0
)
JOIN runs ON runs.id = coalesce(whole.run, body.run)
WHERE reports.current = 1 AND reports.id > ? ORDER BY reports.id LIMIT ?
"""
_SUBJECT = "SELECT id, organ, year, organ_key, page FROM reports"


class Record(NamedTuple):
    """A current report, and where its body lies. A revisit record holds none: the one it repeats is named."""

    report: int
    url: str
    organ: str | None
    year: int | None
    fetched: str
    content_type: str
    warc: str
    offset: int


class Work(NamedTuple):
    record: Record
    body: bytes


class Reread(NamedTuple):
    record: Record
    reading: str


def reparse(store: Store, load: Load, jobs: int = 1) -> Changes:
    """Read the archive again, `jobs` reports at once. What is done is stored chunk by chunk.

    A reading that ends in an error takes the place of none: the facts it does not tell are lost ones, kept
    where they are.
    """
    changes: list[Change] = []
    unreadable: list[tuple[int, str]] = []
    read = 0
    with _workers(jobs) as spread:
        for chunk in _chunks(store.connection):
            rereads = list(spread(_read, list(_loaded(chunk, load, unreadable))))
            with store.writing() as connection:
                readings = Readings(connection)
                for reread in rereads:
                    changes += _take(connection, readings, reread)
                readings.flush()
            read += len(rereads)
    return sorted_out(read, changes, unreadable)


@contextmanager
def _workers(jobs: int) -> Iterator[Callable[[Callable[[Work], Reread], Iterable[Work]], Iterable[Reread]]]:
    """`map`, over several processes where that is wanted."""
    if jobs == 1:
        yield map
        return
    with ProcessPoolExecutor(jobs, initializer=_leave_interrupts) as pool:
        try:
            yield pool.map
        finally:
            pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """Ctrl-C is for the parent to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _chunks(connection: sqlite3.Connection) -> Iterator[list[Record]]:
    last = 0
    while chunk := [Record(*row) for row in connection.execute(PRESENT, (last, CHUNK))]:
        yield chunk
        last = chunk[-1].report


def _loaded(chunk: Iterable[Record], load: Load, unreadable: list[tuple[int, str]]) -> Iterator[Work]:
    for record in chunk:
        try:
            body, headers = load(record.warc, record.offset)
        except (OSError, ValueError, LookupError) as error:
            unreadable.append((record.report, f"{record.warc} at {record.offset}: {error}"))
            continue
        content_type = headers.get("content-type", record.content_type)
        yield Work(record._replace(content_type=content_type), body)


def _read(work: Work) -> Reread:
    record = work.record
    report = read_report(
        work.body,
        source=record.url,
        url=record.url,
        fetched_at=datetime.fromisoformat(record.fetched),
        content_type=record.content_type or None,
    )
    return Reread(record, json_line(report))


def _take(connection: sqlite3.Connection, readings: Readings, reread: Reread) -> list[Change]:
    """Compare the readings, store the new one where it may be, and tell what differs."""
    reading, report = parse_reading(reread.reading), reread.record.report
    cells = [(cell["id"], cell["value"]) for cell in reading["cells"]]
    sections = [(section["number"], section["text"]) for section in reading["sections"]]
    changes = changes_between(report, stored_facts(connection, report), facts_of(reading, cells, sections))
    if not reading["error"]:
        followed = _follow(connection, reread.record, reading)
        readings.replace(followed, reading, READER)
    return changes


def _follow(connection: sqlite3.Connection, record: Record, reading: Reading) -> Subject:
    """What the report took from its reading follows the new one; what the page around it said stays."""
    columns = ", ".join(FOLLOWS)
    old = connection.execute(f"SELECT {columns} FROM readings WHERE report = ?", (record.report,)).fetchone()
    query = f"SELECT page, organ_key, {columns} FROM reports WHERE id = ?"
    page, organ, *has = connection.execute(query, (record.report,)).fetchone()
    has[FOLLOWS.index("year")] = own_year(connection, page, record.year)
    facts: dict[str, object] = {
        name: reading[name] if reading[name] and kept in (before, None, "") else kept
        for name, before, kept in zip(FOLLOWS, old, has, strict=True)
    }
    facts |= {"form": reading["form"], "passed": reading["passed"]}
    if facts["organ"] and facts["organ"] != record.organ:
        organ = candidate(connection, _sighting(connection, record, str(facts["organ"])))
    year: Any = facts["year"]
    facts["organ_key"], facts["year"] = completed(connection, page, Whose(organ, year))
    if reading["form"]:
        facts["error"] = ""
    if reading["cells"] or reading["sections"]:
        raws = [(cell["id"], cell["raw"]) for cell in reading["cells"]]
        texts = [section["text"] for section in reading["sections"]]
        facts["content_sha256"] = content_digest(reading["form"], raws, texts)
    assignments = ", ".join(f"{name} = ?" for name in facts)
    values = (*facts.values(), record.report)
    connection.execute(f"UPDATE reports SET {assignments} WHERE id = ?", values)
    return Subject(*connection.execute(f"{_SUBJECT} WHERE id = ?", (record.report,)).fetchone())


def _sighting(connection: sqlite3.Connection, record: Record, name: str) -> Sighting:
    """The organ under its new name stands where the old one stood."""
    query = (
        "SELECT portals.code, coalesce(organs.scope, ''), portals.id, portals.name FROM reports"
        " JOIN portals ON portals.id = reports.portal"
        " LEFT JOIN organs ON organs.key = reports.organ_key WHERE reports.id = ?"
    )
    code, scope, portal, portal_name = connection.execute(query, (record.report,)).fetchone()
    return Sighting(name, code, scope, portal, record.fetched, portal_name)
