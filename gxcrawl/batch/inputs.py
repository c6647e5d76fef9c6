"""What the words after `gxcrawl parse` stand for: files, folders, patterns, standard input."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from gxcrawl.model import ReadError

STANDARD_INPUT = "-"
SUFFIXES = (
    ".html",
    ".htm",
    ".shtml",
    ".txt",
    ".md",
)  # what is read from a folder; a named file is always read
LIMIT = 64 * 2**20  # bytes; the largest report ever seen has 4 MB


class Input(NamedTuple):
    """One thing to read: a file, bytes already here, or the reason why there is nothing to read."""

    source: str
    data: bytes | None = None
    error: ReadError | None = None


@dataclass
class Inputs:
    """The inputs in the order they were named; `skipped` counts other files once they were all walked."""

    names: Iterable[str]
    skipped: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[Input]:
        for name in self.names:
            if name == STANDARD_INPUT:
                yield Input(STANDARD_INPUT)
            elif os.path.lexists(name):
                yield from self._named(name)
            elif glob.has_magic(name):
                yield from self._pattern(name)
            else:
                yield _nothing(name, "there is no such file; check the path")

    def _named(self, name: str) -> Iterator[Input]:
        folder = Path(name)
        if folder.is_dir():
            yield from self._folder(folder)
        else:
            yield Input(name)

    def _pattern(self, pattern: str) -> Iterator[Input]:
        """A pattern the shell left alone, as Windows does."""
        found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - takes absolute patterns too
        if not found:
            yield _nothing(pattern, "no file matches this pattern; check it, or name a folder")
        for name in found:
            yield from self._named(name)

    def _folder(self, folder: Path) -> Iterator[Input]:
        """Files of a folder by name, then those of its folders; hidden folders are left alone."""
        any_input = False
        closed: list[OSError] = []
        for here, folders, files in os.walk(folder, onerror=closed.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for path in (Path(here, name) for name in sorted(files)):
                if path.suffix.lower() in SUFFIXES and _may_hold_text(path):
                    any_input = True
                    yield Input(str(path))
                else:
                    self.skipped += 1
        for error in closed:
            any_input = True
            yield _nothing(str(error.filename), f"the folder cannot be listed: {error.strerror}")
        if not any_input:
            wanted = ", ".join(SUFFIXES)
            yield _nothing(str(folder), f"the folder holds nothing to read; looked for {wanted}")


def _may_hold_text(path: Path) -> bool:
    """False for pipes and devices, which could make a walk wait for ever; broken links are told."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _nothing(source: str, message: str) -> Input:
    return Input(source, error=ReadError("unreadable", message))
