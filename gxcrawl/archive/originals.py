"""What revisits refer to: whether the earlier answer is truly in a bundle beside this one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from gxcrawl.archive.heads import ascii_url
from gxcrawl.archive.members import Member, walk
from gxcrawl.archive.model import WITH_BODY, ArchiveError, Seen, Stored
from gxcrawl.archive.read import read_at, stored_of
from gxcrawl.archive.rows import has_rows, rows_of


class Original(NamedTuple):
    digest: str
    url: str
    second: datetime  # indexes may keep no fractions


def original_of(stored: Stored) -> Original:
    return Original(stored.digest, stored.url, stored.fetched.replace(microsecond=0))


def meant_by(seen: Seen) -> Original:
    return Original(seen.digest, ascii_url(seen.url), seen.fetched.replace(microsecond=0))


def found_beside(folder: Path, wanted: Iterable[Original]) -> set[Original]:
    """Those that the other bundles of the same portal hold, the newest looked at first."""
    missing, found = set(wanted), set()
    own = folder.resolve()
    for sibling in sorted(own.parent.iterdir(), reverse=True):
        if not missing:
            break
        if sibling != own and sibling.is_dir():
            held = missing.intersection(_held(sibling, {original.digest for original in missing}))
            found |= held
            missing -= held
    return found


def _held(folder: Path, digests: Container[str]) -> Iterator[Original]:
    """A row of its database is only a hint where to look: the record itself is read."""
    if not has_rows(folder):
        yield from _scanned(folder)
        return
    with closing(rows_of(folder)) as rows:
        for row in rows:
            if not row.revisit and row.sha256 in digests:
                with suppress(ArchiveError):
                    yield original_of(read_at(folder / row.warc, row.offset))


def _scanned(folder: Path) -> Iterator[Original]:
    for path in sorted(folder.glob("*.warc.gz")):
        for step in walk(path):
            with suppress(ArchiveError):
                stored = stored_of(step, path.name) if isinstance(step, Member) else None
                if stored is not None and stored.kind in WITH_BODY:
                    yield original_of(stored)
