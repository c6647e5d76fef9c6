"""Proves an archive: every record of every file, what they refer to, and the rows that point to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from gxcrawl.archive.heads import ascii_url
from gxcrawl.archive.members import Damage, Member, walk
from gxcrawl.archive.model import WITH_BODY, ArchiveError, RecordKind, Seen
from gxcrawl.archive.originals import Original, found_beside, meant_by, original_of
from gxcrawl.archive.read import stored_of
from gxcrawl.archive.rows import FILE, Row, has_rows, rows_of


class Fault(NamedTuple):
    file: str
    offset: int | None  # None: the file as a whole
    message: str

    def __str__(self) -> str:
        return f"{self.file}{'' if self.offset is None else f' at {self.offset}'}: {self.message}"


class Verified(NamedTuple):
    folder: Path
    files: int
    records: int  # whole ones, of every kind
    faults: tuple[Fault, ...]


class _Record(NamedTuple):
    kind: RecordKind
    url: str
    digest: str
    length: int


def verify(folder: Path) -> Verified:
    """A bundle's folder. One without any WARC file proves nothing, and that is a fault."""
    proof = _Proof(folder)
    paths = sorted(folder.glob("*.warc.gz"))
    for path in paths:
        proof.file(path)
    proof.revisits()
    if has_rows(folder):
        proof.rows()
    if not paths:
        proof.faults.append(Fault("*.warc.gz", None, "there is none; give the folder of a bundle"))
    return Verified(folder, len(paths), proof.count, tuple(proof.faults))


class _Proof:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.count = 0
        self._records: dict[tuple[str, int], _Record] = {}
        self._revisits: list[tuple[str, int, Seen]] = []
        self._originals: set[Original] = set()

    def file(self, path: Path) -> None:
        try:
            for step in walk(path):
                if isinstance(step, Damage):
                    self._fault(path.name, step.error.offset, step.error.message)
                else:
                    self._member(path.name, step)
        except OSError as error:
            self._fault(path.name, None, f"the file cannot be read: {error.strerror}")
        if path.stat().st_size == 0:
            self._fault(path.name, None, "the file is empty")

    def _member(self, name: str, member: Member) -> None:
        try:
            stored = stored_of(member, name)
        except ArchiveError as error:
            self._fault(name, error.offset, error.message)
            return
        self.count += 1
        if stored is None:
            return
        self._records[name, member.offset] = _Record(stored.kind, stored.url, stored.digest, member.length)
        if stored.kind in WITH_BODY:
            self._originals.add(original_of(stored))
        if stored.refers_to is not None:
            self._revisits.append((name, member.offset, stored.refers_to))

    def revisits(self) -> None:
        """Last, since what a record refers to may be in a file that comes later in the alphabet."""
        unmet = {meant_by(seen) for _, _, seen in self._revisits} - self._originals
        try:
            lost = unmet - found_beside(self.folder, unmet)
        except (OSError, sqlite3.Error) as error:
            self._fault("*.warc.gz", None, f"a bundle beside this one cannot be read: {error}")
            lost = unmet
        for name, offset, seen in self._revisits:
            if meant_by(seen) in lost:
                moment = f"{seen.fetched:%Y-%m-%d %H:%M:%S}"
                message = (
                    f"it refers to {seen.url} of {moment}, which is neither here nor in a bundle beside this"
                )
                self._fault(name, offset, message)

    def rows(self) -> None:
        pointed: dict[tuple[str, int], int] = {}
        try:
            with closing(rows_of(self.folder)) as rows:
                for row in rows:
                    first = pointed.setdefault((row.warc, row.offset), row.id)
                    for message in self._of_row(row, first):
                        self._fault(FILE, None, f"responses row {row.id}: {message}")
        except sqlite3.Error as error:
            self._fault(FILE, None, f"it cannot be read as the database of a bundle: {error}")

    def _of_row(self, row: Row, first: int) -> Iterator[str]:
        record = self._records.get((row.warc, row.offset))
        place = f"{row.warc} at {row.offset}"
        if first != row.id:
            yield f"row {first} points to {place} as well"
        if record is None:
            yield f"there is no whole record in {place}"
            return
        if record.kind not in (("revisit",) if row.revisit else WITH_BODY):
            yield f"{place} is a {record.kind}"
        if record.length != row.record_length:
            yield f"the record in {place} is {record.length} bytes long, not {row.record_length}"
        if record.digest != row.sha256:
            yield f"the body in {place} has another digest"
        if record.url != _address(row.url):
            yield f"the record in {place} is of {record.url}"

    def _fault(self, file: str, offset: int | None, message: str) -> None:
        self.faults.append(Fault(file, offset, message))


def _address(url: str) -> str:
    try:
        return ascii_url(url)
    except ValueError:
        return url
