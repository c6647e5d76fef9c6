"""Archived answers, read again and held against the digest that was noted when they came."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from os.path import exists, normpath
from pathlib import Path
from typing import NamedTuple

from gxcrawl.archive.model import ArchiveError
from gxcrawl.archive.read import read_at
from gxcrawl.evidence.model import Agreement, Record

# A revisit has no body of its own: the record that it repeats is read.
_ANSWER = """
SELECT answer.url, answer.fetched, answer.status, answer.content_type, answer.sha256,
  runs.folder || '/' || coalesce(whole.warc, answer.warc), coalesce(whole."offset", answer."offset")
FROM responses AS answer
LEFT JOIN responses AS whole ON answer.revisit = 1 AND whole.id = (
  SELECT min(id) FROM responses INDEXED BY responses_sha256 WHERE sha256 = answer.sha256 AND revisit = 0
)
JOIN runs ON runs.id = coalesce(whole.run, answer.run)
WHERE answer.id = ?
"""


class Answer(NamedTuple):
    """An answer as the database knows it; file and offset of its body."""

    url: str
    fetched: str
    status: int
    content_type: str
    sha256: str
    file: str
    offset: int


class Bound(NamedTuple):
    """How much of the lists is read again before the rest is left unchecked."""

    answers: int
    size: int  # bytes of bodies


class Archive:
    """Reads the records that the database names, below one folder and nowhere else."""

    def __init__(self, connection: sqlite3.Connection, root: Path, bound: Bound | None = None) -> None:
        self.connection = connection
        self.root = root
        self._bound = bound
        self._listed: dict[int, Record] = {}  # several findings rest on the same lists
        self._size = 0  # of the bodies among them

    def record(self, response: int | None) -> Record | None:
        found = self._answer(response)
        if found is None:
            return None
        agreement, why, _ = self._held_against(found)
        return Record(*found, agreement, why)

    def listed(self, response: int) -> Record | None:
        """As `record`, but within the bound: a run may have read hundreds of pages of lists."""
        if response in self._listed:
            return self._listed[response]
        found = self._answer(response)
        if found is None:
            return None
        if self._bound and (len(self._listed) >= self._bound.answers or self._size >= self._bound.size):
            return Record(*found, "unchecked")
        agreement, why, size = self._held_against(found)
        self._size += size
        self._listed[response] = Record(*found, agreement, why)
        return self._listed[response]

    def place(self, path: str) -> Path | None:
        """Where something lies that the database names; nothing where it is not in the archive."""
        place = Path(normpath(self.root / path))
        is_there = exists(place)  # noqa: PTH110 - Path.exists() stumbles over a name that is too long
        return place if is_there and place.is_relative_to(normpath(self.root)) else None

    def body(self, record: Record) -> bytes | None:
        """Only when it is the one that was noted."""
        if record.agreement != "match":
            return None
        return read_at(self.root / record.file, record.offset).body

    def _answer(self, response: int | None) -> Answer | None:
        row = self.connection.execute(_ANSWER, (response,)).fetchone()
        return Answer(*row) if row else None

    def _held_against(self, answer: Answer) -> tuple[Agreement, str, int]:
        """With the size of the body that was read for it."""
        path = self.place(answer.file)
        if path is None or not path.is_file():
            return "absent", "档案文件不在", 0
        try:
            stored = read_at(path, answer.offset)
        except ArchiveError as error:
            return "damaged", f"记录损坏：{error.message}", 0
        if stored.kind == "revisit":
            return "absent", "这里只有一条引用，它所引用的记录不在数据库中", 0
        if sha256(stored.body).hexdigest() != answer.sha256:
            return "mismatch", "档案中的内容不是当时记下的内容", len(stored.body)
        return "match", "", len(stored.body)
