"""The reports as the database has them: who says it, where, and in which words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from gxcrawl.sameness.lists import Group, number_of
from gxcrawl.sameness.sentences import Text, sentences_of

_KEPT = 300  # texts that are remembered: most are wanted again soon, as that of last year or of a neighbour
_SOURCE = """
SELECT reports.portal, reports.year, reports.organ_key, reports.organ, organs.name, reports.url,
  reports.sha256, reports.current AND reports.error = '', reports.content_sha256, reports.same_as,
  readings.organ_names
FROM reports
LEFT JOIN organs ON organs.key = reports.organ_key
LEFT JOIN readings ON readings.report = reports.id
WHERE reports.id = ?
"""
_READABLE = "SELECT 1 FROM reports WHERE id = ? AND current = 1 AND error = ''"
_FIRST_COPY = (
    "SELECT min(id) FROM reports WHERE content_sha256 = ? AND same_as = ? AND current = 1 AND error = ''"
)
_YEAR_OF_ORGAN = (
    "SELECT id FROM reports WHERE organ_key = ? AND year = ? AND current = 1 AND error = ''"
    " ORDER BY id LIMIT ?"
)
_MOST_OF_A_YEAR = 5


class Source(NamedTuple):
    """One version of a report."""

    report: int
    portal: str
    year: int | None
    organ: str | None  # key
    printed: str  # name of the organ, as the report has it
    name: str  # as the registry has it, else as printed
    url: str
    sha256: str
    readable: bool  # and current
    content: str
    same_as: int | None
    names: tuple[str, ...]  # of the organ, in every printed form

    @property
    def group(self) -> Group | None:
        return None if self.year is None else Group(self.year, number_of(self.portal))

    def is_page_of(self, other: Source) -> bool:
        """One page under two organs."""
        same_bytes = bool(self.sha256) and self.sha256 == other.sha256
        address, its_address = (url.partition("://")[2] for url in (self.url, other.url))
        return same_bytes or (bool(address) and address == its_address)


class Sources:
    """Looks reports up, and remembers texts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._texts: dict[int, Text] = {}

    def source(self, report: int) -> Source | None:
        row = self.connection.execute(_SOURCE, (report,)).fetchone()
        if row is None:
            return None
        portal, year, organ, printed, name, url, sha256, readable, content, same_as, names = row
        forms = tuple(filter(None, [printed, *json.loads(names or "[]")]))
        return Source(
            report, portal, year, organ, printed or "", name or printed or "", url, sha256, bool(readable),
            content, same_as, forms,
        )  # fmt: skip

    def is_copy(self, source: Source) -> bool:
        """The same report at another address stands for it."""
        if source.same_as is None:
            return False
        if self.connection.execute(_READABLE, (source.same_as,)).fetchone():
            return True
        first = self.connection.execute(_FIRST_COPY, (source.content, source.same_as)).fetchone()[0]
        return first is not None and first < source.report

    def copies(self, source: Source) -> list[int]:
        """Of this very report, at other addresses."""
        query = "SELECT id FROM reports WHERE content_sha256 = ? AND same_as = ?"
        first = source.report if source.same_as is None else source.same_as
        return [row[0] for row in self.connection.execute(query, (source.content, first))]

    def of_year(self, organ: str, year: int) -> list[int]:
        rows = self.connection.execute(_YEAR_OF_ORGAN, (organ, year, _MOST_OF_A_YEAR))
        return [row[0] for row in rows]

    def sections(self, report: int) -> Mapping[int, str]:
        query = "SELECT number, text FROM sections WHERE report = ? ORDER BY id"
        told: dict[int, str] = {}
        for number, text in self.connection.execute(query, (report,)):
            told[number] = f"{told[number]}\n{text}" if number in told else text
        return told

    def text(self, source: Source) -> Text:
        if source.report not in self._texts:
            if len(self._texts) >= _KEPT:
                del self._texts[next(iter(self._texts))]
            self._texts[source.report] = sentences_of(self.sections(source.report), source.names)
        return self._texts[source.report]
