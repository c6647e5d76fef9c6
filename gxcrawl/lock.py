"""One process at a time. The system frees a lock when its process ends, however it ends."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def hold(path: Path, patience: float = 0.1) -> sqlite3.Connection | None:
    """The lock, until it is closed; None when another process has it for longer than `patience` seconds."""
    lock = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            return None
        raise
    return lock
