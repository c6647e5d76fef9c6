"""The main database: opened, made, brought up to date, or refused."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gxcrawl.registry.areas import lies_in
from gxcrawl.store.errors import StoreError, clear_errors

if TYPE_CHECKING:
    from sqlite_utils import Database

PATIENCE = 60.0  # seconds to wait for another process that writes
PAGE = 16_384  # bytes of a page of a new database: texts of 3 KB leave a third of smaller pages empty


@dataclass(frozen=True)
class Store:
    """An open main database. Close it, or use it in a `with`."""

    path: Path
    db: Database

    @property
    def connection(self) -> sqlite3.Connection:
        return self.db.conn

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing.

        It takes its turn at once. A transaction that reads first and writes later is refused by SQLite when
        another process wrote in between, however long it would wait.
        """
        with clear_errors(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        self.db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(path: Path) -> Store:
    """Open the database, make it when it is not there, migrate it when it is older.

    Before a migration the old file is copied beside it. A newer or a foreign database is left as it is.
    """
    from sqlite_utils import Database

    with clear_errors(path):
        connection = sqlite3.connect(path, timeout=PATIENCE)
        try:
            steps_of(connection, path)
            _set_up(connection)
            store = Store(path, Database(connection, execute_plugins=False))
            _migrate(store)
        except BaseException:
            connection.close()
            raise
    return store


def steps_of(connection: sqlite3.Connection, path: Path) -> frozenset[str]:
    """The migrations that it has seen. Nothing is written before it is known whose file this is: that of
    another program, and one that is newer than this gxcrawl, are refused."""
    from gxcrawl.store.migrations import APPLICATION_ID, SET, known_steps, migrations

    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return frozenset()
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    if mark != APPLICATION_ID or migrations.migrations_table not in tables:
        raise StoreError(f"{path}: this is another program's database; name another file with --db")
    query = f"SELECT name FROM {migrations.migrations_table} WHERE migration_set = ?"
    applied = frozenset(row[0] for row in connection.execute(query, (SET,)))
    unknown = sorted(applied - known_steps())
    if unknown:
        raise StoreError(f"{path}: made by a newer gxcrawl (it has {unknown[-1]}); update gxcrawl to use it")
    return applied


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA page_size = {PAGE}")
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.create_function("lies_in", 2, lies_in, deterministic=True)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to WAL. Two processes that do so at once are told to be busy without any waiting."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _migrate(store: Store) -> None:
    """Apply what is pending, all of it or nothing. Whoever comes second finds nothing left to do."""
    from gxcrawl.store.migrations import migrations

    if not migrations.pending(store.db):
        return
    # A table that is made anew is away for a moment; what refers to it is looked at afterwards.
    store.connection.execute("PRAGMA foreign_keys = OFF")
    with store.writing() as connection:
        pending = migrations.pending(store.db)
        if pending and migrations.applied(store.db):
            _copy_beside(store.path, pending[0].name)
        migrations.apply(store.db)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise StoreError(f"{store.path}: its tables do not fit each other; put back a copy of it")
    store.connection.execute("PRAGMA foreign_keys = ON")


def _copy_beside(path: Path, step: str) -> Path:
    """The database as it was before a migration, whole or not at all. Nobody writes meanwhile."""
    copy = path.with_name(f"{path.name}.before-{step}")
    unready = copy.with_name(f"{copy.name}.part")
    unready.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unready)) as target:
            source.backup(target)
    except BaseException:
        unready.unlink(missing_ok=True)  # a disk that it filled has its room back
        raise
    unready.replace(copy)
    return copy
