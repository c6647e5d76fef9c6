"""A database that nobody changes: looked at as it is, and nothing is written into it or beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from gxcrawl.store.errors import StoreError, clear_errors
from gxcrawl.store.opening import steps_of


def check_fixed(path: Path) -> None:
    """Refuses what `open_store` refuses, and what it would have to change before it can be read."""
    from gxcrawl.store.migrations import known_steps

    waiting = path.with_name(f"{path.name}-wal")
    if waiting.is_file() and waiting.stat().st_size:
        raise StoreError(
            f"{path}: its last changes still lie in {waiting.name}; end what writes it, then run"
            f" `gxcrawl status --db {path}`, which puts them into the file"
        )
    address = f"{path.resolve().as_uri()}?immutable=1"
    with clear_errors(path), closing(sqlite3.connect(address, uri=True)) as connection:
        lacking = sorted(known_steps() - steps_of(connection, path))
    if lacking:
        raise StoreError(
            f"{path}: made by an older gxcrawl (it lacks {lacking[0]}); run"
            f" `gxcrawl status --db {path}`, which brings it up to date, or serve it once without --immutable"
        )
