"""The database that the pages show, and how they ask it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import sqlite_timelimit

from gxcrawl.evidence.records import Archive
from gxcrawl.store.migrations import APPLICATION_ID

T = TypeVar("T")
Query = Callable[[sqlite3.Connection], T]
PLUGIN = "gxcrawl"  # the key of our settings in Datasette's metadata


@dataclass(frozen=True)
class Site:
    datasette: Datasette
    database: Database

    async def ask(self, query: Query[T]) -> T:
        """Runs on one of Datasette's connections, which only read, and within its limit of time."""
        limit = self.datasette.setting("sql_time_limit_ms")

        def within_limit(connection: sqlite3.Connection) -> T:
            with sqlite_timelimit(connection, limit):
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

    def shelf(self, connection: sqlite3.Connection) -> Archive:
        return Archive(connection, self.archive)

    @property
    def is_fixed(self) -> bool:
        """Nothing can be decided here: the file is served as immutable."""
        return not self.database.is_mutable

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection of one's own, for what takes longer than a page may."""
        from gxcrawl.site.functions import register

        mode = "mode=ro" if self.database.is_mutable else "immutable=1"
        connection = sqlite3.connect(f"{self.file.resolve().as_uri()}?{mode}", uri=True)
        try:
            register(connection)
            yield connection
        finally:
            connection.close()


async def site_of(datasette: Datasette) -> Site | None:
    """The first database that is one of ours."""
    for database in datasette.databases.values():
        if database.path and await database.execute_fn(_is_ours):
            return Site(datasette, database)
    return None


def _is_ours(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
