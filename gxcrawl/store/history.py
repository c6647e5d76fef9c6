"""The pages of a portal, as all its runs together know them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, fields
from typing import NamedTuple

from gxcrawl.store.presence import Outcome, Sign, Trace, presence
from gxcrawl.store.rows import highest, insert
from gxcrawl.store.source import ARTICLES, Answer, Listed, Source, Task

MISSES_TO_BE_GONE = 2  # in as many different healthy runs


@dataclass(slots=True)
class PageState:
    """A row of `pages`; the names are its columns."""

    id: int
    portal: str
    key: str
    url: str
    kind: str
    title: str = ""
    list_day: str | None = None
    year: int | None = None
    parent: int | None = None
    first_listing: int | None = None
    listing: int | None = None
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    first_seen: str | None = None
    last_seen: str | None = None
    last_asked: str | None = None
    misses: int = 0
    status: str = "online"
    run: str | None = None
    warc: str = ""
    offset: int = 0
    report: int | None = None  # the version that its body, when last read, turned out to be


COLUMNS = tuple(field.name for field in fields(PageState))
_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
_LASTING = ("id", "portal", "key", "url", "kind")
_NEWS = ", ".join(f'"{name}" = :{name}' for name in COLUMNS if name not in _LASTING)


_WHOLE_BODY = """
SELECT responses.run, warc, "offset" FROM responses INDEXED BY responses_sha256
JOIN runs ON runs.id = responses.run
WHERE sha256 = ? AND revisit = 0 AND runs.portal = ? ORDER BY responses.id LIMIT 1
"""


class Asked(NamedTuple):
    """What came of asking for a page in this run."""

    outcome: Outcome | None
    fetched: str | None


class History:
    """The pages of one portal, brought forward by one run. `late`: a later run was taken in before."""

    def __init__(self, connection: sqlite3.Connection, source: Source, *, late: bool) -> None:
        self.connection, self.source, self.late = connection, source, late
        self.run: str = source.run["id"]
        self.portal: str = source.run["portal"]
        self.now: str = source.run["finished"]
        query = f"SELECT {_NAMES} FROM pages WHERE portal = ?"
        self.pages = {row[2]: PageState(*row) for row in connection.execute(query, (self.portal,))}
        self.by_id = {page.id: page for page in self.pages.values()}
        self.next_id = highest(connection, "pages") + 1
        self.outcomes: dict[str, Asked] = {}
        self.unmodified: dict[int, str] = {}  # version of a report -> when its page had the same body
        self.listed: set[str] = set()

    def page(self, key: str, url: str, kind: str) -> PageState:
        page = self.pages.get(key)
        if page is None:
            page = PageState(self.next_id, self.portal, key, url, kind)
            self.pages[key] = self.by_id[page.id] = page
            self.next_id += 1
            insert(self.connection, "pages", [_row(page)])  # at once: what is written next refers to it
        return page

    def note_list(self, row: Listed, listing: int) -> None:
        """A list showed this page. Decoys become no pages."""
        if row.key not in self.pages and row.judgement.startswith("decoy"):
            return
        page = self.page(row.key, row.url, "detail")
        self.listed.add(row.key)
        if not self.late or page.listing is None:
            page.title, page.list_day, page.listing = row.title, row.day, listing
        if page.first_listing is None or (self.late and self._was_later(page.first_listing)):
            page.first_listing = listing

    def _was_later(self, listing: int) -> bool:
        """Whether the run that is taken for the first to list a page came after this one."""
        query = "SELECT runs.started FROM listings JOIN runs ON runs.id = listings.run WHERE listings.id = ?"
        started: str = self.connection.execute(query, (listing,)).fetchone()[0]
        return started > str(self.source.run["started"])

    def note_task(self, task: Task) -> None:
        page = self.page(task.key, task.url, task.kind)
        parent = self.pages.get(task.parent) if task.parent else None
        page.parent = parent.id if parent and parent is not page else page.parent
        answer = task.answer
        self.outcomes[task.key] = Asked(task.outcome, answer.fetched if answer else None)
        if answer and page.report and task.outcome == "present" and answer.sha256 == page.sha256:
            self.unmodified[page.report] = answer.fetched

    def note_answers(self, shown: Mapping[str, int], ignored: Set[str]) -> None:
        """What was answered. A body that was not read is asked for again: its mark is not kept.

        `shown`: page -> the version of a report that its body is. `ignored`: pages that we failed to read.
        """
        for task in self.source.tasks():
            page, answer = self.pages[task.key], task.answer
            if answer is None or task.key in ignored:
                continue
            if task.outcome == "present" and (not self.late or page.last_asked is None):
                self._note_body(page, answer)
                page.report = shown.get(task.key, page.report)
            if task.outcome in ("present", "absent") and not self.source.by_hand:
                page.last_asked = max(page.last_asked or "", answer.fetched)

    def _note_body(self, page: PageState, answer: Answer) -> None:
        if answer.status == 304:  # such an answer may leave out what did not change
            page.etag = answer.etag or page.etag
            page.last_modified = answer.last_modified or page.last_modified
            return
        if answer.sha256 != page.sha256:
            page.report = None
        page.etag, page.last_modified = answer.etag, answer.last_modified
        self._place_body(page, answer.sha256, answer.revisit, (answer.warc, answer.offset))

    def note_other(self, row: sqlite3.Row) -> None:
        """A list or another page that is no article: only where its body lies, to archive none twice."""
        if row["kind"] in ARTICLES or row["failure"] or not row["key"]:
            return
        if row["status"] != 200 and row["kind"] != "robots":  # most hosts answer that with 404, for years
            return
        page = self.page(row["key"], row["url"], row["kind"])
        if page.kind in ARTICLES or (self.late and page.last_asked):
            return
        page.etag, page.last_modified, page.last_asked = row["etag"], row["last_modified"], row["fetched"]
        page.first_seen = page.first_seen or row["fetched"]
        page.last_seen = row["fetched"]
        self._place_body(page, row["sha256"], bool(row["revisit"]), (row["warc"], row["offset"]))

    def _place_body(self, page: PageState, sha256: str, revisit: bool, record: tuple[str, int]) -> None:
        """Remember the record that holds the body; a revisit record only names one that does."""
        if not revisit:
            page.run, (page.warc, page.offset) = self.run, record
        elif found := self.connection.execute(_WHOLE_BODY, (sha256, self.portal)).fetchone():
            page.run, page.warc, page.offset = found
        page.sha256 = sha256

    def signs(self, list_urls: dict[int, str]) -> dict[str, Sign]:
        """What this run says about each article. `list_urls`: id of a listing -> its address."""
        traces = {
            key: Trace(
                self.outcomes[key].outcome if key in self.outcomes else None,
                key in self.listed,
                list_urls.get(page.listing or 0, ""),
                self.by_id[page.parent].key if page.parent else None,
            )
            for key, page in self.pages.items()
            if page.kind in ARTICLES
        }
        return presence(traces, set() if self.late or not self.source.healthy else self._read_to_the_end())

    def _read_to_the_end(self) -> set[str]:
        """Addresses of the lists that were read to their end, every time they were read in this run."""
        complete: dict[str, bool] = {}
        for row in self.source.rows("listings"):
            fine = bool(row["complete"]) and not row["failure"]
            complete[row["url"]] = complete.get(row["url"], True) and fine
        return {url for url, fine in complete.items() if fine}

    def settle(self, signs: dict[str, Sign]) -> Iterator[tuple[PageState, str]]:
        """Bring the pages forward; yields those that are missed, gone, or back."""
        may_miss = self.source.healthy and not self.late
        for key, sign in signs.items():
            page = self.pages[key]
            if sign == "seen":
                asked = self.outcomes.get(key)
                seen = (asked.fetched if asked else None) or self.now
                page.first_seen = min(page.first_seen or seen, seen)
                page.last_seen = max(page.last_seen or seen, seen)
                if not self.late and not self.source.by_hand:
                    back, page.status, page.misses = page.status == "gone", "online", 0
                    if back:
                        yield page, "back"
            elif may_miss and page.status == "online":
                if sign == "unlisted" and page.misses:
                    continue  # its own answer is wanted before it is gone
                page.misses += 1
                if page.misses >= MISSES_TO_BE_GONE:
                    page.status = "gone"
                yield page, "gone" if page.status == "gone" else "missed"

    def write(self) -> None:
        rows = map(_row, self.pages.values())
        self.connection.executemany(f"UPDATE pages SET {_NEWS} WHERE id = :id", rows)


def _row(page: PageState) -> dict[str, object]:
    return {name: getattr(page, name) for name in COLUMNS}
