"""A task of the queue, and what is noted about its answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from gxcrawl.pages.address import key, lane
from gxcrawl.pages.model import Ask, Row

Kind = Literal["listing", "detail", "attachment", "directory", "discovery"]
Status = Literal["queued", "fetched", "done", "failed", "skipped"]

# Lists first: what is missing is known when they are read to their end. Lower numbers go first.
PRIORITY: Mapping[Kind, int] = {
    "directory": 0,
    "discovery": 0,
    "listing": 1,
    "attachment": 2,
    "detail": 3,
}


class Task(NamedTuple):
    id: int  # 0 until it stands in the frontier
    kind: Kind
    ask: Ask
    listing: int | None = None
    parent: int | None = None
    row: Row | None = None
    priority: int = 0
    attempts: int = 0
    response: int | None = None  # archived, not yet read
    foreign: bool = False  # on no host of the entry: it is noted and never asked

    @property
    def key(self) -> str:
        """Pages of articles are one wherever they are listed; requests for lists differ by all they say."""
        if self.foreign:
            return self.ask.url
        if self.kind in ("detail", "attachment"):
            return key(self.ask.url)
        body = hashlib.sha256(self.ask.body.encode()).hexdigest()[:16] if self.ask.body else ""
        return f"{self.kind}:{self.listing or 0}:{self.ask.method}:{self.ask.url}:{body}"

    @property
    def lane(self) -> str:
        return lane(self.ask.url)


class Known(NamedTuple):
    """A page as an earlier run left it."""

    key: str
    url: str
    kind: str
    year: int | None
    etag: str
    last_modified: str
    sha256: str
    last_asked: str
    misses: int
    warc: str  # path below the portal's folder of the archive
    offset: int
    status: str


def row_as_json(row: Row | None) -> dict[str, str | None] | None:
    if row is None:
        return None
    return {"title": row.title, "day": row.day.isoformat() if row.day else None, "organ": row.organ}


def row_from_json(url: str, value: Mapping[str, str | None] | None) -> Row | None:
    if value is None:
        return None
    day = value["day"]
    return Row(url, value["title"] or "", date.fromisoformat(day) if day else None, value["organ"] or "")
