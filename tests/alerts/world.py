"""An invented county in a database: portals, organs, runs, reports, duties, findings, by plain INSERTs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from gxcrawl.alerts import Tally, refresh
from gxcrawl.store import Store, open_store
from gxcrawl.store.rows import insert

AREA = "990101"
NEVER = "2020-01-01T00:00:00+00:00"


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T04:00:00+00:00").astimezone(UTC)


class World:
    """Every method writes at once; `refresh` is one check of the watch."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.connection: sqlite3.Connection = store.connection

    def insert(self, table: str, **columns: Any) -> int:
        with self.store.writing() as connection:
            insert(connection, table, [columns])
        number: int = self.rows("SELECT last_insert_rowid()")[0][0]
        return number

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, values).fetchall()

    def write(self, query: str, *values: object) -> None:
        with self.store.writing() as connection:
            connection.execute(query, values)

    def portal(self, key: str = "shili", code: str = AREA) -> str:
        texts = {"family": "ucap", "hosts": "[]", "entry": "{}"}
        self.insert("portals", id=key, name=f"{key}门户", code=code, verified=1, first_seen=NEVER, **texts)
        return key

    def organ(self, key: str, *, portal: str = "shili", status: str = "registered", code: str = AREA) -> str:
        blanks = dict.fromkeys(("kind", "level", "core", "scope", "source"), "")
        columns = {"key": key, "name": f"示例县{key}", "code": code, "portal": portal, "status": status}
        self.insert("organs", **columns, first_seen=NEVER, **blanks)
        return key

    def run(self, day: str, failure: str = "", *, portal: str = "shili") -> str:
        key = f"{portal}-{day}"
        counts = ("requests", "listed", "new", "changed", "unchanged", "same_as", "unread", "missed", "gone")
        texts = {"reasons": "[]", "folder": "", "options": "{}", "version": ""}
        verdict = "degraded" if failure else "healthy"
        columns = {"id": key, "portal": portal, "verdict": verdict, "class": failure}
        started = noon(day).isoformat()
        self.insert(
            "runs", **columns, started=started, finished=started, back=0, **texts, **dict.fromkeys(counts, 0)
        )
        return key

    def report(self, organ: str | None, year: int, run: str, **changes: Any) -> int:
        """The first version of a page of its own."""
        [(portal, started)] = self.rows("SELECT portal, started FROM runs WHERE id = ?", run)
        number = self.rows("SELECT count(*) FROM reports")[0][0] + 1
        texts = dict.fromkeys(("title", "etag", "last_modified", "sha256", "warc"), "")
        url = f"http://shili.example/{number}.html"
        counts = {"misses": 0, "offset": 0, "status": "online"}
        page = self.insert("pages", portal=portal, key=url, url=url, kind="article", **texts, **counts)
        blanks = dict.fromkeys(
            ("title", "published_basis", "days", "sha256", "carrier", "source", "error"), ""
        )
        columns: dict[str, Any] = {
            "portal": portal,
            "page": page,
            "version": 1,
            "current": 1,
            "status": "online",
            "organ_key": organ,
            "year": year,
            "url": url,
            "first_seen": started,
            "last_seen": started,
            "content_sha256": str(number),
            "attachments": "[]",
            "passed": 0,
            "run": run,
        }
        return self.insert("reports", **blanks, **columns | changes)

    def asked(self, report: int, day: str) -> None:
        """The page of the report answered on that day."""
        query = "UPDATE pages SET last_asked = ? WHERE id = (SELECT page FROM reports WHERE id = ?)"
        self.write(query, noon(day).isoformat(), report)

    def duty(self, organ: str, year: int, status: str, **changes: Any) -> None:
        """Also another status for a duty that is there."""
        self.write("DELETE FROM duties WHERE organ = ? AND year = ?", organ, year)
        columns: dict[str, Any] = {
            "organ": organ,
            "year": year,
            "due": f"{year + 1}-01-31",
            "rule": "department",
            "statutory": 1,
            "basis": "registered",
            "status": status,
            "reason": "",
            "published_basis": "",
            "since": f"{year + 1}-02-01",
        }
        self.insert("duties", **columns | changes)

    def finding(self, organ: str, year: int, check: str, **changes: Any) -> int:
        columns: dict[str, Any] = {
            "organ_key": organ,
            "year": year,
            "check": check,
            "result": "fail",
            "severity": "error",
            "message": f"{check}不符。",
            "expected": "",
            "printed": "",
            "place": "",
            "version": 1,
            "origin": "across",
            "evidence": "",
            "mark": f"{organ} {year} {check}",
        }
        return self.insert("findings", **columns | changes)

    def missing(self, organ: str, year: int = 2025, days: int = 3) -> None:
        """What a check leaves when a report is missing."""
        self.forget(organ, year, "P-MISSING")
        self.duty(organ, year, "missing", days=days)
        message = f"法定期限为{year + 1}-01-31，列表中没有此报告，已逾期{days}天。"
        self.finding(organ, year, "P-MISSING", message=message, mark=f"{organ} {year} missing {days}")

    def settled(self, organ: str, status: str, year: int = 2025) -> None:
        """The report is not missing, or nobody can say."""
        self.forget(organ, year, "P-MISSING")
        self.duty(organ, year, status)

    def forget(self, organ: str, year: int, check: str) -> None:
        self.write(
            'DELETE FROM findings WHERE organ_key = ? AND year = ? AND "check" = ?', organ, year, check
        )

    def refresh(
        self, day: str, *, organs: list[str] | None = None, portals: list[str] | None = None
    ) -> Tally:
        with self.store.writing() as connection:
            return refresh(
                connection, organs=organs, portals=portals, today=date.fromisoformat(day), now=noon(day)
            )

    def states(self, kind: str = "%") -> dict[str, str]:
        return dict(self.rows("SELECT subject, state FROM alerts WHERE kind LIKE ? ORDER BY id", kind))

    def events(self, kind: str = "%") -> list[str]:
        return [
            what
            for (what,) in self.rows(
                "SELECT what FROM alert_events JOIN alerts ON alerts.id = alert WHERE kind LIKE ?"
                " ORDER BY alert_events.id",
                kind,
            )
        ]


@contextmanager
def crawled(folder: Path) -> Iterator[World]:
    """One portal that was crawled well on the first of February, and one department."""
    with open_store(folder / "gxcrawl.db") as store:
        world = World(store)
        world.portal()
        world.organ("财政局")
        world.run("2026-02-01")
        yield world
