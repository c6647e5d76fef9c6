"""A person says whose report a page holds, or that it is nobody's: for all versions that name nobody."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from gxcrawl.pages.titles import title_facts
from gxcrawl.store.copies import first_copy
from gxcrawl.store.errors import StoreError
from gxcrawl.store.moving import look_again
from gxcrawl.store.organs import known_organ
from gxcrawl.store.page_words import Word, word_on

_PAGES = """
SELECT id FROM pages WHERE url = ?1 AND kind = 'detail'
UNION SELECT page FROM reports WHERE url = ?1 ORDER BY 1
"""
# The current report, else what the list says of a page that was not had yet.
_PAGE = """
SELECT reports.id IS NOT NULL, reports.organ, reports.organ_key, reports.year, pages.title,
  coalesce(nullif(portals.code, ''), portals.id)
FROM pages JOIN portals ON portals.id = pages.portal
LEFT JOIN reports ON reports.page = pages.id AND reports.current = 1 WHERE pages.id = ?
"""
_WRITE = """
INSERT INTO page_organs (page, organ, year, why, who, at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (page) DO UPDATE
SET organ = excluded.organ, year = excluded.year, why = excluded.why, who = excluded.who, at = excluded.at
"""
# `organ` is what a report has printed: where it has nothing, the key is a person's word.
_TAKE_BACK = """
UPDATE reports SET organ_key = iif(organ IS NULL, NULL, organ_key), same_as = NULL,
  year = iif(year = :year AND (SELECT year FROM readings WHERE report = reports.id) IS NULL, NULL, year)
WHERE page = :page AND (organ IS NULL OR organ_key = :organ)
"""
_VERSIONS = """
SELECT id, coalesce(year, :year), content_sha256, error FROM reports
WHERE page = :page AND (organ IS NULL OR organ_key = :organ) ORDER BY id
"""
_FINDINGS = """
UPDATE findings SET (organ_key, year) = (SELECT organ_key, year FROM reports WHERE id = findings.report)
WHERE origin = 'report' AND report IN (SELECT id FROM reports WHERE page = ?)
"""
_STALE = """
INSERT INTO stale_portals (portal, stamp) SELECT portal, 1 FROM pages WHERE id = ?
ON CONFLICT DO UPDATE SET stamp = stamp + 1
"""


class _Said(NamedTuple):
    """What a page says itself."""

    name: str | None
    organ: str | None  # key
    year: int | None


class Saying(NamedTuple):
    why: str
    who: str
    at: str


def assign(connection: sqlite3.Connection, url: str, word: Word, who: str, at: str) -> None:
    """The page holds a report of this organ. Its year is wanted where the page does not say it."""
    if connection.execute("SELECT 1 FROM organs WHERE key = ?", (word.organ,)).fetchone() is None:
        raise StoreError(f"there is no organ {word.organ}; `gxcrawl organ list` shows their keys")
    for page in _pages(connection, url):
        said = _said(connection, page)
        if said.organ not in (None, word.organ):
            raise StoreError(
                f"{url}: it names {said.name} itself, which is {said.organ}; if both are one organ,"
                f" say so with `gxcrawl organ merge {said.organ} {word.organ}`"
            )
        if word.year and said.year not in (None, word.year):
            raise StoreError(f"{url}: it says itself that it is of {said.year}; leave out --year")
        if not (said.year or word.year):
            raise StoreError(f"{url}: it does not say of which year it is; name the year with --year")
        needed = word._replace(year=None if said.year else word.year)
        _put(connection, page, needed, Saying("", who, at))


def ignore(connection: sqlite3.Connection, url: str, saying: Saying) -> None:
    """The page is no report, or nobody's: no organ waits for it any more."""
    for page in _pages(connection, url):
        if name := _said(connection, page).name:
            raise StoreError(f"{url}: it names {name} itself, so it is not nobody's")
        _put(connection, page, Word(None), saying)


def _pages(connection: sqlite3.Connection, url: str) -> list[int]:
    """One address may be known on two portals."""
    pages = [row[0] for row in connection.execute(_PAGES, (url,))]
    if not pages:
        raise StoreError(f"{url}: no crawl has met it; `gxcrawl organ unnamed` lists the addresses that wait")
    return pages


def _said(connection: sqlite3.Connection, page: int) -> _Said:
    """Without what a person has said before."""
    is_read, name, organ, year, title, area = connection.execute(_PAGE, (page,)).fetchone()
    if is_read:
        word = word_on(connection, page)
        by_word = word is not None and year is not None and word.year == year
        return _Said(name, organ if name else None, None if by_word else year)
    facts = title_facts(title)
    key = known_organ(connection, facts.organ, area) if facts.organ else None
    return _Said(facts.organ if key else None, key, facts.year)


def _put(connection: sqlite3.Connection, page: int, word: Word, saying: Saying) -> None:
    before = word_on(connection, page)
    if before is not None:
        connection.execute(_TAKE_BACK, before._asdict() | {"page": page})
    connection.execute(_WRITE, (page, *word, *saying))
    if word.organ is not None:
        _give(connection, page, word)
    connection.execute(_FINDINGS, (page,))
    connection.execute(_STALE, (page,))
    for key in _organs(before, word):
        look_again(connection, key)


def _give(connection: sqlite3.Connection, page: int, word: Word) -> None:
    versions = connection.execute(_VERSIONS, word._asdict() | {"page": page}).fetchall()
    for report, year, content, error in versions:
        same_as = None if error else first_copy(connection, page, word.organ, year, content)
        connection.execute(
            "UPDATE reports SET organ_key = ?, year = ?, same_as = ? WHERE id = ?",
            (word.organ, year, same_as, report),
        )


def _organs(*words: Word | None) -> Iterable[str]:
    return {word.organ for word in words if word is not None and word.organ is not None}
