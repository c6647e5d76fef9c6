"""After a crash: what was only half written is cut off. Whole records are never touched."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from gxcrawl.archive.members import Damage, walk
from gxcrawl.archive.model import TornError

_NAME = re.compile(r"(.+)-([0-9]{5,})\.warc\.gz")


class Mended(NamedTuple):
    """What was found at the end of a file; `cut` False: a damage that was left as it is."""

    file: str
    offset: int  # the file now ends here, or is damaged here
    length: int  # bytes from there to the end that the file had
    cut: bool
    reason: str

    def __str__(self) -> str:
        done = f"{self.length} bytes were cut off" if self.cut else "left as it is"
        return f"{self.file} at {self.offset}: {self.reason}; {done}"


def mend(folder: Path) -> tuple[Mended, ...]:
    """Only the last file of each writer can have been half written; `verify` looks at all of them."""
    return tuple(found for path in _last_files(folder) for found in _mended(path))


def _last_files(folder: Path) -> list[Path]:
    last: dict[str, tuple[int, Path]] = {}
    for path in folder.glob("*.warc.gz"):
        if match := _NAME.fullmatch(path.name):
            last[match[1]] = max(last.get(match[1], (0, path)), (int(match[2]), path))
    return sorted(path for _, path in last.values())


def _mended(path: Path) -> list[Mended]:
    size = path.stat().st_size
    if size == 0:
        path.unlink()
        return [Mended(path.name, 0, 0, True, "nothing had been written into the file; it was removed")]
    found = []
    for damage in (step for step in walk(path) if isinstance(step, Damage)):
        error = damage.error
        is_torn = damage.is_tail and isinstance(error, TornError)
        if is_torn:
            _cut(path, error.offset)
        found.append(Mended(path.name, error.offset, size - error.offset, is_torn, error.message))
    return found


def _cut(path: Path, offset: int) -> None:
    """A file without any whole record is removed: an empty one is no archive."""
    if offset == 0:
        path.unlink()
        return
    with path.open("r+b") as file:
        file.truncate(offset)
        os.fsync(file.fileno())
