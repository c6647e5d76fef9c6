"""Archived answers, read again and held against the digest that was noted when they came."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
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


class Archive:
    """Reads the records that the database names, below one folder."""

    def __init__(self, connection: sqlite3.Connection, root: Path) -> None:
        self.connection = connection
        self.root = root

    def record(self, response: int | None) -> Record | None:
        found = self._answer(response)
        if found is None:
            return None
        agreement, why = self._held_against(found)
        return Record(*found, agreement, why)

    def body(self, record: Record) -> bytes | None:
        """Only when it is the one that was noted."""
        if record.agreement != "match":
            return None
        return read_at(self.root / record.file, record.offset).body

    def _answer(self, response: int | None) -> Answer | None:
        row = self.connection.execute(_ANSWER, (response,)).fetchone()
        return Answer(*row) if row else None

    def _held_against(self, answer: Answer) -> tuple[Agreement, str]:
        path = self.root / answer.file
        if not path.is_file():
            return "absent", "档案文件不在"
        try:
            stored = read_at(path, answer.offset)
        except ArchiveError as error:
            return "damaged", f"记录损坏：{error.message}"
        if stored.kind == "revisit":
            return "absent", "这里只有一条引用，它所引用的记录不在数据库中"
        if sha256(stored.body).hexdigest() != answer.sha256:
            return "mismatch", "档案中的内容不是当时记下的内容"
        return "match", ""
