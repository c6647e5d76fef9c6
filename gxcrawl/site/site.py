"""The database that the pages show, and how they ask it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TypeVar
from weakref import WeakSet

from datasette.app import Datasette
from datasette.database import Database

from gxcrawl.evidence.records import Archive, Bound
from gxcrawl.site.functions import register, unrestrained
from gxcrawl.store.migrations import APPLICATION_ID

T = TypeVar("T")
Query = Callable[[sqlite3.Connection], T]
STEPS = 20_000  # of SQLite between two looks at the clock: about two milliseconds
PLUGIN = "gxcrawl"  # the key of our settings in Datasette's metadata
WHOLE = 60_000  # milliseconds, for a file of a whole country
# Two at a time: what takes seconds has threads of its own, behind which no other page has to wait.
_SLOW = ThreadPoolExecutor(2, "slow")
_OURS: WeakSet[Database] = WeakSet()  # known already: no page waits in line only to ask whose file it is


async def slowly(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_SLOW, work)


@contextmanager
def time_limit(connection: sqlite3.Connection, limit: int) -> Iterator[None]:
    """Milliseconds. Datasette's own looks at the clock so often that a query hardly moves on a busy server:
    each time it waits for the lock of Python."""
    end = perf_counter() + limit / 1000
    connection.set_progress_handler(lambda: perf_counter() >= end, STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, STEPS)


@dataclass(frozen=True)
class Site:
    datasette: Datasette
    database: Database

    async def ask(self, query: Query[T]) -> T:
        """Runs on one of Datasette's connections, which only read, and within its limit of time."""
        limit = self.datasette.setting("sql_time_limit_ms")

        def within_limit(connection: sqlite3.Connection) -> T:
            with unrestrained(connection), time_limit(connection, limit):
                return query(connection)

        answer: T = await self.database.execute_fn(within_limit)
        return answer

    @property
    def file(self) -> Path:
        return Path(str(self.database.path))

    @property
    def archive(self) -> Path:
        """The folder of the archive: as the settings say, else beside the database."""
        settings = self.datasette.plugin_config(PLUGIN) or {}
        return Path(settings.get("archive") or self.file.with_name(f"{self.file.stem}-archive"))

    def shelf(self, connection: sqlite3.Connection, bound: Bound) -> Archive:
        return Archive(connection, self.archive, bound)

    @property
    def is_fixed(self) -> bool:
        """Nothing can be decided here: the file is served as immutable."""
        return not self.database.is_mutable

    @contextmanager
    def reading(self, limit: int) -> Iterator[sqlite3.Connection]:
        """A connection of one's own, for what takes longer than a page may: so many milliseconds."""
        mode = "mode=ro" if self.database.is_mutable else "immutable=1"
        connection = sqlite3.connect(f"{self.file.resolve().as_uri()}?{mode}", uri=True)
        try:
            register(connection)
            with time_limit(connection, limit):
                yield connection
        finally:
            connection.close()


async def site_of(datasette: Datasette) -> Site | None:
    """The first database that is one of ours."""
    for database in datasette.databases.values():
        if database not in _OURS and database.path and await database.execute_fn(is_ours):
            _OURS.add(database)
        if database in _OURS:
            return Site(datasette, database)
    return None


def is_ours(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
