"""Finds the answer to a request among bundles, for crawling again without the network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from gxcrawl.archive.heads import ascii_url
from gxcrawl.archive.model import ArchiveError, Located, Stored
from gxcrawl.archive.read import read_at
from gxcrawl.archive.rows import rows_of

_Asked = tuple[str, str, bytes]  # method, address, digest of the body


class Found(NamedTuple):
    folder: Path
    located: Located

    @property
    def path(self) -> Path:
        return self.folder / self.located.file


class ArchiveIndex:
    """What the databases of the bundles tell. Of several answers to one request the last one counts."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._answers: dict[_Asked, Found] = {}
        self._bodies: dict[str, Found] = {}  # digest: a response that has this body
        for folder in folders:
            for row in rows_of(folder):
                found = Found(folder, Located(row.warc, row.offset, row.record_length, row.sha256))
                self._answers[_asked(row.method, row.url, row.body.encode())] = found
                if not row.revisit:
                    self._bodies[row.sha256] = found

    def __len__(self) -> int:
        return len(self._answers)

    def find(self, method: str, url: str, body: bytes = b"") -> Found | None:
        return self._answers.get(_asked(method, url, body))

    def read(self, method: str, url: str, body: bytes = b"") -> Stored | None:
        """The answer with its body, also where the archive only notes that it was an earlier one's again."""
        found = self.find(method, url, body)
        if found is None:
            return None
        stored = read_at(found.path, found.located.offset)
        if stored.kind != "revisit":
            return stored
        original = self._bodies.get(stored.digest)
        if original is None:
            message = "the body it refers to is in none of these bundles; add the earlier ones of this portal"
            raise ArchiveError(str(found.path), found.located.offset, message)
        return replace(stored, body=read_at(original.path, original.located.offset).body)


def _asked(method: str, url: str, body: bytes) -> _Asked:
    return method.upper(), ascii_url(url), sha256(body).digest()
