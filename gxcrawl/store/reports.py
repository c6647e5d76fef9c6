"""The reports of a bundle, version by version."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from gxcrawl.store.copies import first_copy
from gxcrawl.store.history import History, PageState
from gxcrawl.store.organs import Sighting, candidate
from gxcrawl.store.page_words import Whose, completed
from gxcrawl.store.readings import Reading, Readings, Subject, parse_reading
from gxcrawl.store.rows import highest, insert, kept
from gxcrawl.store.source import Source
from gxcrawl.store.versions import Decision, Met, Version, decide, said_by

# fmt: off
COPIED = ("organ", "year", "form", "title", "url", "published", "published_basis", "days", "list_day",
          "sha256", "content_sha256", "carrier", "source", "attachments", "error")
# fmt: on
_COUNTED: dict[Decision, str] = {
    "new": "new",
    "same": "unchanged",
    "mended": "changed",
    "changed": "changed",
    "older": "changed",
    "unread": "unread",
}


class Reports:
    """Takes the reports of one bundle. Afterwards `counts` says what became of them."""

    def __init__(
        self, connection: sqlite3.Connection, source: Source, history: History, first_response: int
    ) -> None:
        self.connection, self.source, self.history = connection, source, history
        self.first_response = first_response
        self.run = source.run
        self.readings = Readings(connection)
        self.counts: Counter[str] = Counter()
        self.shown: dict[str, int] = {}  # page -> the version that its body is
        self.organs: dict[str, tuple[str, str]] = {}  # name -> key, and when it was met in this run
        self.ignored: set[str] = set()  # pages whose new body says less than nothing
        self.scopes = {row["id"]: row["scope"] for row in source.rows("listings")}
        self.next_id = highest(connection, "reports") + 1

    def take_all(self) -> None:
        unmodified = dict(self.history.unmodified)
        for row in self.source.reports():
            unmodified.pop(self._take(row), None)
        self.readings.flush()
        for report, when in unmodified.items():
            self._seen_again(report, when)
            self.counts["unchanged"] += 1

    def _take(self, row: sqlite3.Row) -> int:
        """Returns the version that the page showed."""
        page = self.history.page(row["key"], row["url"], "detail")
        said = said_by(row["organ"], row["year"], row["published"], row["published_basis"])
        met = Met(row["sha256"], row["content_sha256"], row["error"], said)
        versions = self._versions(page)
        decision, version = decide(versions, met, healthy=self.source.healthy, late=self.history.late)
        self.counts[_COUNTED[decision]] += 1
        if version is None or decision in ("changed", "older"):
            return self._add_version(page, row, versions, current=decision != "older")
        if decision == "unread":
            self.ignored.add(row["key"])
        elif decision == "same":
            self._seen_again(version.report, self.source.fetched(row["response"]))
            self.shown[row["key"]] = version.report
        else:
            self._mend(version.report, page, row)
        return version.report

    def _versions(self, page: PageState) -> list[Version]:
        query = (
            "SELECT id, version, current, sha256, content_sha256, error,"
            " organ, year, published, published_basis FROM reports WHERE page = ?"
        )
        rows = self.connection.execute(query, (page.id,))
        return [Version._make((*row[:6], said_by(*row[6:]))) for row in rows]

    def _seen_again(self, report: int, when: str) -> None:
        self.connection.execute(
            "UPDATE reports SET first_seen = min(first_seen, ?), last_seen = max(last_seen, ?) WHERE id = ?",
            (when, when, report),
        )

    def _add_version(
        self, page: PageState, row: sqlite3.Row, versions: Sequence[Version], *, current: bool
    ) -> int:
        if current and versions:
            self.connection.execute("UPDATE reports SET current = 0 WHERE page = ?", (page.id,))
        number = max((version.version for version in versions), default=0) + 1
        report = self.next_id
        self.next_id += 1
        when = self.source.fetched(row["response"])
        reading = parse_reading(row["reading"])
        facts = self._facts(page, row, reading)
        same_as = self._same_as(page, facts)
        self.counts["same_as"] += same_as is not None
        facts |= {"first_seen": when, "last_seen": when, "status": page.status}
        facts |= {"id": report, "version": number, "current": int(current), "same_as": same_as}
        insert(self.connection, "reports", [facts])
        self.readings.add(_subject(report, facts), reading, self.run["version"])
        self.shown[row["key"]] = report
        return report

    def _mend(self, report: int, page: PageState, row: sqlite3.Row) -> None:
        """The same bytes can be read now: the version gets the facts that it always had."""
        reading = parse_reading(row["reading"])
        facts = self._facts(page, row, reading)
        facts["same_as"] = self._same_as(page, facts)
        names = ", ".join(f"{name} = ?" for name in facts)
        values = [*facts.values(), report]
        self.connection.execute(f"UPDATE reports SET {names} WHERE id = ?", values)
        self._seen_again(report, self.source.fetched(row["response"]))
        self.shown[row["key"]] = report
        self.readings.replace(_subject(report, facts), reading, self.run["version"])

    def _facts(self, page: PageState, row: sqlite3.Row, reading: Reading) -> dict[str, Any]:
        if not self.history.late or page.year is None:
            page.year = row["year"] or page.year
        whose = completed(self.connection, page.id, Whose(self._organ(row), row["year"]))
        return kept(row, COPIED) | {
            "portal": self.history.portal,
            "page": page.id,
            "organ_key": whose.organ,
            "year": whose.year,
            "passed": reading.get("passed", 0),
            "run": self.run["id"],
            "response": self.first_response + row["response"],
        }

    def _same_as(self, page: PageState, facts: Mapping[str, Any]) -> int | None:
        if facts["error"]:
            return None
        said = (facts["organ_key"], facts["year"], facts["content_sha256"])
        return first_copy(self.connection, page.id, *said)

    def _organ(self, row: sqlite3.Row) -> str | None:
        if not row["organ"]:
            return None
        name, when = row["organ"], self.source.fetched(row["response"])
        key, since = self.organs.get(name, ("", when))
        if not key or when < since:
            scope = self.scopes.get(self._listing(row["task"]), "")
            entry = self.source.entry
            met = Sighting(name, entry["code"], scope, self.history.portal, when, entry["name"])
            key = candidate(self.connection, met)
            self.organs[name] = key, when
        return key

    def _listing(self, task: int) -> int | None:
        query = 'SELECT "column" FROM frontier WHERE id = ?'
        found = self.source.connection.execute(query, (task,)).fetchone()
        return found[0] if found else None


def _subject(report: int, facts: Mapping[str, Any]) -> Subject:
    return Subject(report, facts["organ"], facts["year"], facts["organ_key"], facts["page"])
