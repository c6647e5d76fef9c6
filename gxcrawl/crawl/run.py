"""One run on one portal: its bundle and its archive. Everything it learns is on disk before the next step."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from gxcrawl.archive.index import ArchiveIndex
from gxcrawl.archive.model import Capture, Located, Profile, Seen, Stored
from gxcrawl.archive.read import read_at
from gxcrawl.archive.write import ArchiveWriter
from gxcrawl.bundle.bundle import Bundle
from gxcrawl.bundle.model import Task
from gxcrawl.clock import today
from gxcrawl.portals.model import Portal

NOT_MODIFIED: Profile = "server-not-modified"
SAME_BODY: Profile = "identical-payload-digest"
SOFTWARE = f"gxcrawl/{version('gxcrawl')}"


class Options(NamedTuple):
    """What a user may ask of a run."""

    since: int | None = None  # no reports of years before this one
    full: bool = False  # every known page again, unconditionally
    today: str | None = None  # the day that was set in place of the calendar's


@dataclass
class Counts:
    """For the display; the truth is in the bundle."""

    requests: int = 0
    reports: int = 0
    problems: int = 0

    def add(self, other: Counts) -> None:
        self.requests += other.requests
        self.reports += other.reports
        self.problems += other.problems


class Run:
    """An open run; gxcrawl.crawl.open makes and closes it."""

    def __init__(
        self, portal: Portal, bundle: Bundle, options: Options, archive: Path, lock: sqlite3.Connection
    ) -> None:
        self.portal = portal
        self.bundle = bundle
        self.options = options
        self.last_rows: int | None = None  # that the lists of the last good run showed
        self.trouble = ""  # why the run had to stop, when that is our own machine's fault
        self.source: ArchiveIndex | None = None  # answers in place of the network
        self.lock = lock  # on the portal, as long as it is open
        self.archive = archive  # the portal's folder, with one folder for each run
        self.writer = ArchiveWriter(bundle.folder, portal.id, software=SOFTWARE)
        self.counts = Counts(
            requests=bundle.one("SELECT count(*) FROM responses")[0],
            reports=bundle.one("SELECT count(*) FROM reports")[0],
            problems=bundle.one("SELECT count(*) FROM frontier WHERE status = 'failed'")[0],
        )

    @property
    def today(self) -> date:
        return today()

    def leave(self) -> None:
        """Stop here; what is left to do is in the bundle."""
        self.writer.close()
        with suppress(sqlite3.Error):  # on a full disk the journal stays, and is read next time
            self.bundle.close()
        self.lock.close()

    # --- what is asked ---------------------------------------------------------------------------

    def address(self, task: Task) -> str:
        """Where to ask: an archived answer is taken up where its redirects had led."""
        if task.response is None:
            return task.ask.url
        return str(self.bundle.one("SELECT url FROM responses WHERE id = ?", task.response)["url"])

    def conditions(self, task: Task) -> dict[str, str]:
        """The headers that let a server say: nothing new."""
        known = self.bundle.known(task.key) if task.kind in ("detail", "attachment") else None
        if known is None or self.options.full or not known.warc:
            return {}
        given = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in given.items() if value}

    def spend_budget(self) -> None:
        """The entry allows no more requests: what waits is left, and the lists are not whole."""
        self._abandon("budget", "1")

    def leave_lane(self, lane: str, failure: str) -> None:
        """A host that refuses again and again is not asked any more in this run."""
        self._abandon(failure, "lane = ?", lane)

    def _abandon(self, failure: str, which: str, *values: str) -> None:
        waiting = f"status = 'queued' AND {which}"
        lists = f"SELECT \"column\" FROM frontier WHERE kind IN ('listing', 'directory') AND {waiting}"
        with self.bundle.transaction():
            self.bundle.connection.execute(
                "UPDATE listings SET status = 'ended', stop_reason = ?, failure = ?"
                f" WHERE status != 'ended' AND id IN ({lists})",
                (failure if failure == "budget" else f"failed:{failure}", failure, *values),
            )
            self.bundle.connection.execute(
                f"UPDATE frontier SET status = 'failed', reason = ? WHERE {waiting}",
                (failure, *values),
            )

    # --- the archive -----------------------------------------------------------------------------

    def record(self, capture: Capture, key: str, task: Task | None) -> None:
        """Archive an answer, then note it. A body that lies in the archive already is not written again."""
        self.counts.requests += 1
        known = self.bundle.known(key)
        if capture.status == 304 and known and known.warc:
            digest, profile = known.sha256, NOT_MODIFIED
            seen: Seen | None = self._seen_at(self.archive / known.warc, known.offset)
        else:
            digest, profile = hashlib.sha256(capture.body).hexdigest(), SAME_BODY
            seen = self._seen_body(digest) if capture.body else None
        if seen:
            located = self.writer.write_revisit(capture, seen, profile)
        else:
            located = self.writer.write_response(capture)
        self.note(capture, located, digest, key, task, revisit=seen is not None)

    def note(
        self,
        of: Capture | Stored,
        located: Located,
        digest: str,
        key: str,
        task: Task | None,
        *,
        revisit: bool,
    ) -> None:
        """The row of an archived answer; its task waits to be read from here on."""
        headers = {name.lower(): value for name, value in of.headers}
        kind = of.kind if isinstance(of, Capture) else of.asked_for
        row: Mapping[str, object] = {
            "task": task.id if task else None,
            "key": key,
            "kind": kind,
            "url": of.url,
            "method": of.method,
            "status": of.status,
            "fetched": of.fetched.isoformat(),
            "content_type": headers.get("content-type", ""),
            "etag": headers.get("etag", ""),
            "last_modified": headers.get("last-modified", ""),
            "sha256": digest,
            "length": len(of.body),
            "warc": located.file,
            "offset": located.offset,
            "record_length": located.length,
            "revisit": int(revisit),
        }
        with self.bundle.transaction():
            number = self.bundle.insert("responses", row)
            if task:
                self.bundle.update("frontier", task.id, status="fetched", response=number)

    def stored(self, response: int) -> Stored:
        """An archived answer of this run, with its body wherever that lies."""
        row = self.bundle.one("SELECT * FROM responses WHERE id = ?", response)
        stored = read_at(self.bundle.folder / row["warc"], row["offset"])
        if not row["revisit"]:
            return stored
        path, offset = self._whole(row["sha256"])
        return replace(stored, body=read_at(path, offset).body)

    def _whole(self, digest: str) -> tuple[Path, int]:
        """Where a body itself lies: in this run, or in an earlier one."""
        row = self.bundle.one("SELECT * FROM responses WHERE sha256 = ? AND revisit = 0", digest)
        if row:
            return self.bundle.folder / row["warc"], row["offset"]
        row = self.bundle.one("SELECT * FROM known WHERE sha256 = ? AND warc != ''", digest)
        return self.archive / row["warc"], row["offset"]

    def _seen_body(self, digest: str) -> Seen | None:
        row = self.bundle.one(
            "SELECT url, fetched FROM responses WHERE sha256 = ? AND revisit = 0 LIMIT 1", digest
        )
        if row:
            return Seen(row["url"], datetime.fromisoformat(row["fetched"]), digest)
        row = self.bundle.one(
            "SELECT warc, offset FROM known WHERE sha256 = ? AND warc != '' LIMIT 1", digest
        )
        return self._seen_at(self.archive / row["warc"], row["offset"]) if row else None

    @staticmethod
    def _seen_at(path: Path, offset: int) -> Seen:
        stored = read_at(path, offset)
        return stored.refers_to or Seen(stored.url, stored.fetched, stored.digest)
