"""A database with reports of invented organs, written row by row, as a crawl leaves them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from gxcrawl.checks.across.model import Remark
from gxcrawl.sameness import BATCH, SamenessOutcome, refresh
from gxcrawl.store.rows import insert

UPDATES = {
    "current": "UPDATE reports SET current = ? WHERE id = ?",
    "error": "UPDATE reports SET error = ? WHERE id = ?",
    "organ_key": "UPDATE reports SET organ_key = ? WHERE id = ?",
    "year": "UPDATE reports SET year = ? WHERE id = ?",
}
DAY = "2026-01-05T08:00:00+00:00"


@dataclass
class Town:
    """Reports come, change and go; `check` compares what is stale and keeps what was said last."""

    connection: sqlite3.Connection
    said: dict[int, SamenessOutcome] = field(default_factory=dict)

    def add(
        self,
        text: str | Mapping[int, str],
        organ: str | None = "示例县甲镇人民政府",
        *,
        portal: str = "shili",
        year: int | None = 2023,
        url: str = "",
        same_as: int | None = None,
        error: str = "",
        page: int | None = None,
    ) -> int:
        """A report; on a `page` that is there it is a new version."""
        self._portal(portal)
        number = 1 + self.connection.execute("SELECT count(*) FROM reports").fetchone()[0]
        key = None if organ is None else f"{portal}:{organ}"
        if key:
            self._organ(key, str(organ), portal)
        if page is None:
            page = self._page(portal, f"{portal}.example/{number}.html")
        self.connection.execute("UPDATE reports SET current = 0 WHERE page = ?", (page,))
        sections = {1: text} if isinstance(text, str) else text
        content = hashlib.sha256(json.dumps([*sections.values()]).encode()).hexdigest()
        names = {"id": number, "portal": portal, "page": page, "version": number, "current": 1}
        names |= {"status": "online", "organ": organ, "organ_key": key, "year": year, "form": "2021"}
        names |= {"title": "", "url": url or f"http://{portal}.example/{number}.html", "published_basis": ""}
        names |= {"days": "{}", "first_seen": DAY, "last_seen": DAY, "sha256": f"bytes {number}"}
        names |= {"content_sha256": content, "same_as": same_as, "carrier": "html", "source": ""}
        names |= {"attachments": "[]", "error": error, "passed": 0, "run": f"run-{portal}"}
        self._insert("reports", names)
        reading = {"report": number, "reader": "", "organ": organ, "year": year, "published_basis": ""}
        self._insert(
            "readings", reading | {"organ_names": json.dumps([organ] if organ else []), "vals": "[]"}
        )
        for place, told in sections.items():
            self._insert("sections", {"report": number, "number": place, "heading": "", "text": told})
        return number

    def update(self, report: int, column: str, value: object) -> None:
        self.connection.execute(UPDATES[column], (value, report))

    def page_of(self, report: int) -> int:
        page: int = self.connection.execute("SELECT page FROM reports WHERE id = ?", (report,)).fetchone()[0]
        return page

    def check(self, most: int = BATCH) -> set[int]:
        """Returns the reports about which something was said."""
        touched: set[int] = set()
        while outcomes := refresh(self.connection, most):
            self.said |= {outcome.report: outcome for outcome in outcomes}
            touched |= {outcome.report for outcome in outcomes}
        return touched

    def remark(self, report: int, code: str) -> Remark | None:
        found = [remark for remark in self.said[report].remarks if remark.finding.check == code]
        assert len(found) < 2
        return found[0] if found else None

    def result(self, report: int, code: str) -> str:
        """pass, fail, uncertain or not_assessable."""
        if remark := self.remark(report, code):
            return remark.finding.result
        return "not_assessable" if code in self.said[report].not_assessable else "pass"

    def _portal(self, portal: str) -> None:
        row = {"id": portal, "name": portal, "code": "990101", "family": "generic", "hosts": "[]"}
        self._insert("portals", row | {"entry": "{}", "verified": 0, "first_seen": DAY})
        run = {"id": f"run-{portal}", "portal": portal, "verdict": "healthy", "class": "", "started": DAY}
        counts = (
            "requests",
            "listed",
            "new",
            "changed",
            "unchanged",
            "same_as",
            "unread",
            "missed",
            "gone",
            "back",
        )
        run |= {"finished": DAY, "reasons": "[]", **dict.fromkeys(counts, 0)}
        self._insert("runs", run | {"folder": "", "options": "{}", "version": ""})

    def _organ(self, key: str, name: str, portal: str) -> None:
        row = {"key": key, "name": name, "kind": "", "level": "", "code": "990101", "core": "", "scope": ""}
        self._insert(
            "organs", row | {"portal": portal, "status": "candidate", "source": "", "first_seen": DAY}
        )

    def _page(self, portal: str, key: str) -> int:
        row = {
            "portal": portal,
            "key": key,
            "url": f"http://{key}",
            "kind": "detail",
            "title": "",
            "etag": "",
        }
        row |= {"last_modified": "", "sha256": "", "misses": 0, "status": "online", "warc": "", "offset": 0}
        self._insert("pages", row)
        page: int = self.connection.execute("SELECT max(id) FROM pages").fetchone()[0]
        return page

    def _insert(self, table: str, row: Mapping[str, object]) -> None:
        insert(self.connection, table, [row], "ON CONFLICT DO NOTHING")


def sentence(number: int) -> str:
    """One of many that have no piece of eight characters in common."""
    signs = [chr(0x6000 + (number * 31 + place * place * 7 + place) % 4000) for place in range(30)]
    return f"{''.join(signs)}。"


def words(*numbers: int) -> str:
    return "".join(map(sentence, numbers))


def some(start: int, count: int = 12) -> str:
    """Enough words of one's own to be compared."""
    return words(*range(start, start + count))
