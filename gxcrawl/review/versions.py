"""The versions of the pages on which an organ's reports stand, and whose report each of them was."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

_VERSIONS = """
SELECT reports.id, reports.page, reports.organ_key, reports.year, reports.portal, reports.url,
  reports.title, reports.published, reports.published_basis, reports.list_day, reports.first_seen,
  reports.current, reports.error, reports.content_sha256, reports.version,
  pages.status, pages.misses, runs.started, runs.verdict,
  first.started, first.finished, first_list.url, list.url, list.scope, list.year
FROM reports
JOIN pages ON pages.id = reports.page
JOIN runs ON runs.id = reports.run
LEFT JOIN listings AS first_list ON first_list.id = pages.first_listing
LEFT JOIN runs AS first ON first.id = first_list.run
LEFT JOIN listings AS list ON list.id = pages.listing
WHERE reports.page IN (SELECT page FROM reports WHERE organ_key = ?)
ORDER BY reports.page, reports.version
"""


class Version(NamedTuple):
    """A version of a page's report, with how it came to be known."""

    report: int
    page: int
    organ: str | None
    year: int | None
    portal: str
    url: str
    title: str
    published: str | None
    basis: str
    list_day: str | None
    first_seen: str
    current: int
    error: str
    content: str
    version: int
    status: str
    misses: int
    run_started: str
    run_verdict: str
    listed_started: str | None
    listed_finished: str | None
    first_list: str | None
    list_url: str | None
    list_scope: str | None
    list_year: int | None


Slot = tuple[int, int]  # page and year


def versions_of(connection: sqlite3.Connection, organ: str) -> Mapping[Slot, list[Version]]:
    """The versions that are the organ's, oldest first. A page may have been given another year's report."""
    rows = (Version(*row) for row in connection.execute(_VERSIONS, (organ,)))
    slots: defaultdict[Slot, list[Version]] = defaultdict(list)
    for page, versions in groupby(rows, key=lambda version: version.page):
        for version, owner in _owners(list(versions)):
            if owner.organ == organ and owner.year is not None:
                slots[page, owner.year].append(version)
    return slots


def _owners(versions: Sequence[Version]) -> list[tuple[Version, Version]]:
    """Each version with the one that says whose it is: the latest of the same content, since a title may have
    been put right, or for one that names nobody the next that does."""
    latest = {version.content: version for version in versions if version.content}
    told: list[tuple[Version, Version]] = []
    owner: Version | None = None
    for version in reversed(versions):
        said = latest.get(version.content, version)
        owner = said if said.organ and said.year else owner or said
        told.append((version, said if said.organ and said.year else owner))
    return told[::-1]
