"""A finished bundle, read only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from gxcrawl.bundle.bundle import FILE
from gxcrawl.bundle.schema import VERSION
from gxcrawl.store.errors import StoreError, clear_errors
from gxcrawl.store.presence import Outcome

BY_HAND = "by-hand"  # verdict of a run in which somebody put in a file; it shows nothing about any list
SAVED = 0  # status of what no portal answered: a file that somebody saved
ARTICLES = ("detail", "attachment")  # kinds of pages that can vanish
GONE_STATUS = (404, 410)
NOT_THERE = ("", "http-error", "not-found")  # failures that such a status may have


class Answer(NamedTuple):
    """The last response to a task, as far as the history of its page cares."""

    response: int
    status: int
    fetched: str
    etag: str
    last_modified: str
    sha256: str
    warc: str
    offset: int
    revisit: bool
    failure: str


class Task(NamedTuple):
    """A page that the run asked for, or meant to."""

    id: int
    key: str
    kind: str
    url: str
    status: str
    reason: str
    parent: str | None  # key of the article it belongs to
    answer: Answer | None

    @property
    def outcome(self) -> Outcome | None:
        """What the portal said about the page; None when it was not asked."""
        answer = self.answer
        if answer is None:
            return "unsure" if self.status == "failed" else None
        failure = answer.failure or (self.reason if self.status == "failed" else "")
        if failure == "soft-404" or (answer.status in GONE_STATUS and failure in NOT_THERE):
            return "absent"
        fine = 200 <= answer.status < 300 or answer.status in (304, SAVED)
        return "present" if fine and self.status in ("done", "skipped") else "unsure"


class Listed(NamedTuple):
    key: str
    url: str
    title: str
    day: str | None
    judgement: str
    listing: int


class Source:
    """What take_in reads of a bundle."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.connection = connection
        self.run = connection.execute("SELECT * FROM run").fetchone()
        if self.run is None or not self.run["finished"] or not self.run["verdict"]:
            raise StoreError(f"{folder}: this run is not finished and judged; let `gxcrawl crawl` finish it")
        self.entry: dict[str, Any] = json.loads(self.run["entry"])

    @property
    def healthy(self) -> bool:
        return bool(self.run["verdict"] == "healthy")

    @property
    def by_hand(self) -> bool:
        return bool(self.run["verdict"] == BY_HAND)

    def rows(self, table: str) -> Iterator[sqlite3.Row]:
        return self.connection.execute(f"SELECT * FROM {table} ORDER BY id")

    def reports(self) -> Iterator[sqlite3.Row]:
        """In the order of their tasks; which of them was read first is chance."""
        return self.connection.execute("SELECT * FROM reports ORDER BY task")

    def count(self, table: str) -> int:
        number: int = self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return number

    def tasks(self) -> Iterator[Task]:
        """The articles asked for, each with the last answer to it."""
        query = (
            "SELECT f.id, f.key, f.kind, f.url, f.status, f.reason, p.key, r.id, r.status, r.fetched, r.etag,"
            ' r.last_modified, r.sha256, r.warc, r."offset", r.revisit, r.failure FROM frontier AS f'
            " LEFT JOIN frontier AS p ON p.id = f.parent AND p.kind = 'detail'"
            " LEFT JOIN responses AS r ON r.id = f.response"
            " WHERE f.kind IN ('detail', 'attachment')"
            " AND NOT (f.status = 'skipped' AND f.reason LIKE 'decoy%') ORDER BY f.id"
        )
        for row in self.connection.execute(query):
            answer = None if row[7] is None else Answer(*row[7:])
            yield Task._make((*row[:7], answer))

    def listed(self) -> Iterator[Listed]:
        query = "SELECT key, url, title, day, judgement, listing FROM listed ORDER BY listing, position"
        return (Listed(*row) for row in self.connection.execute(query))

    def fetched(self, response: int) -> str:
        query = "SELECT fetched FROM responses WHERE id = ?"
        when: str = self.connection.execute(query, (response,)).fetchone()[0]
        return when


@contextmanager
def open_bundle(folder: Path) -> Iterator[Source]:
    path = folder / FILE
    if not path.is_file():
        raise StoreError(f"{folder}: holds no {FILE}; name the folder of one run")
    with clear_errors(path):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=60)
        try:
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise StoreError(f"{path}: it is damaged; put back a copy of the bundle, or crawl again")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version != VERSION:
                made = f"made by another version of gxcrawl (bundle {version}, not {VERSION})"
                raise StoreError(f"{path}: {made}; take it in with that version")
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN")  # one view of the bundle from here on
            yield Source(folder, connection)
        finally:
            connection.close()
