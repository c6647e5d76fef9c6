"""The sentences of a report as the database keeps them: digests and lengths, by report and by sentence."""

from __future__ import annotations

import hashlib
import sqlite3
import struct
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from gxcrawl.sameness.sentences import Text

_LIST = "SELECT report, year, portal, organ, hashes, lengths FROM sentence_lists"


class Group(NamedTuple):
    """The reports of one portal and year, which may share a template."""

    year: int
    portal: int


class SentenceList(NamedTuple):
    """What of a report is compared with others."""

    report: int
    group: Group
    organ: str | None
    lengths: dict[int, int]  # digest of a sentence -> its characters, in the order of the text


@cache
def number_of(portal: str) -> int:
    """31 bits, so that the rows stay small; rowids would not survive a VACUUM."""
    return int.from_bytes(hashlib.blake2b(portal.encode(), digest_size=4).digest(), "big") >> 1


def list_of(report: int, group: Group, organ: str | None, text: Text) -> SentenceList:
    return SentenceList(report, group, organ, {said.hash: len(said.masked) for said in text})


def stored(connection: sqlite3.Connection, report: int) -> SentenceList | None:
    row = connection.execute(f"{_LIST} WHERE report = ?", (report,)).fetchone()
    return _read(*row) if row else None


def members(connection: sqlite3.Connection, group: Group) -> Iterator[SentenceList]:
    query = f"{_LIST} WHERE year = ? AND portal = ?"
    return (_read(*row) for row in connection.execute(query, group))


def size(connection: sqlite3.Connection, group: Group) -> int:
    query = "SELECT count(*) FROM sentence_lists WHERE year = ? AND portal = ?"
    count: int = connection.execute(query, group).fetchone()[0]
    return count


def _read(
    report: int, year: int, portal: int, organ: str | None, hashes: bytes, lengths: bytes
) -> SentenceList:
    count = len(hashes) // 8
    pairs = zip(struct.unpack(f"<{count}q", hashes), struct.unpack(f"<{count}H", lengths), strict=True)
    return SentenceList(report, Group(year, portal), organ, dict(pairs))


def add(connection: sqlite3.Connection, told: SentenceList) -> None:
    count = len(told.lengths)
    hashes = struct.pack(f"<{count}q", *told.lengths)
    lengths = struct.pack(f"<{count}H", *told.lengths.values())
    connection.execute(
        "INSERT INTO sentence_lists (report, year, portal, organ, hashes, lengths, own_length)"
        " VALUES (?, ?, ?, ?, ?, ?, 0)",
        (told.report, *told.group, told.organ, hashes, lengths),
    )
    connection.executemany(
        "INSERT INTO sentences (hash, year, portal, report) VALUES (?, ?, ?, ?)",
        ((digest, *told.group, told.report) for digest in sorted(told.lengths)),
    )


def remove(connection: sqlite3.Connection, told: SentenceList) -> None:
    connection.execute("DELETE FROM sentence_lists WHERE report = ?", (told.report,))
    connection.executemany(
        "DELETE FROM sentences WHERE hash = ? AND year = ? AND portal = ? AND report = ?",
        ((digest, *told.group, told.report) for digest in told.lengths),
    )


def own_length(connection: sqlite3.Connection, report: int) -> int:
    """As it was when the report was last compared."""
    query = "SELECT own_length FROM sentence_lists WHERE report = ?"
    length: int = connection.execute(query, (report,)).fetchone()[0]
    return length


def note_own_length(connection: sqlite3.Connection, report: int, length: int) -> None:
    query = "UPDATE sentence_lists SET own_length = ? WHERE report = ? AND own_length <> ?"
    connection.execute(query, (length, report, length))
