"""What can go wrong with a database, in sentences that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StoreError(ValueError):
    """The database or the bundle cannot be used as asked. Nothing was changed."""


ADVICE = {
    "SQLITE_FULL": "no room is left on the disk; make room and run the command again",
    "SQLITE_READONLY": "it may not be written; give yourself the right to write the file and its folder",
    "SQLITE_CANTOPEN": "it cannot be opened or made; the folder must exist and be writable",
    "SQLITE_PERM": "it may not be opened; give yourself the right to read and write it",
    "SQLITE_BUSY": "another gxcrawl is writing it for too long; wait for it, then run the command again",
    "SQLITE_LOCKED": "another gxcrawl is writing it for too long; wait for it, then run the command again",
    "SQLITE_NOTADB": "it is no SQLite database; name another file with --db",
    "SQLITE_CORRUPT": "it is damaged; put back a copy, or take the bundles of the archive into a new one",
    "SQLITE_IOERR": "the disk failed or is full; look at it and run the command again",
}


@contextmanager
def clear_errors(path: Path) -> Iterator[None]:
    """Errors of SQLite and of the disk under `path` become one sentence each."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        for known, advice in ADVICE.items():
            if name.startswith(known):
                raise StoreError(f"{path}: {advice} ({error})") from error
        raise
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error
