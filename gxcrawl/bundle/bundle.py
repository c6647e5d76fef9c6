"""bundle.db: made, opened, written. Each method that writes leaves whole facts behind when it is killed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gxcrawl.bundle.model import PRIORITY, Known, Task, row_as_json, row_from_json
from gxcrawl.bundle.schema import DDL, VERSION
from gxcrawl.pages.model import Ask

FILE = "bundle.db"
_TASK = 'id, kind, url, method, body, headers, state, "column", parent, row, priority, attempts, response'


class BundleError(ValueError):
    """The folder is no bundle that this version can work with."""


class Bundle:
    """One open bundle. Only one process writes it at a time."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.connection = connection

    @classmethod
    def create(cls, folder: Path, run: Mapping[str, str], known: Iterable[Known]) -> Bundle:
        """A new bundle. It appears whole or not at all: bundle.db is moved into place when it is ready."""
        folder.mkdir(parents=True, exist_ok=True)
        unready = folder / f"{FILE}.new"
        unready.unlink(missing_ok=True)
        connection = sqlite3.connect(unready)
        connection.executescript(DDL)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute(
            "INSERT INTO run (id, portal, entry, started, options, version)"
            " VALUES (:id, :portal, :entry, :started, :options, :version)",
            run,
        )
        connection.executemany(f"INSERT INTO known VALUES ({', '.join('?' * len(Known._fields))})", known)
        connection.commit()
        connection.close()
        unready.replace(folder / FILE)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Bundle:
        path = folder / FILE
        if not path.is_file():
            raise BundleError(f"{folder}: holds no {FILE}; name the folder of one run")
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError as error:
            connection.close()
            raise BundleError(f"{path}: {error}; put back a copy of its folder, or remove it") from error
        if version != VERSION:
            connection.close()
            raise BundleError(f"{path}: made by another version of gxcrawl (bundle {version}, not {VERSION})")
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -128")  # KiB; many bundles are open at once
        return cls(folder, connection)

    def close(self) -> None:
        """After this the bundle is one file again, without its journal."""
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.execute("PRAGMA journal_mode = DELETE")
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Inside of another one it is a part of that one."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    # --- the run ---------------------------------------------------------------------------------

    @property
    def run(self) -> sqlite3.Row:
        row: sqlite3.Row = self.one("SELECT * FROM run")
        return row

    def finish(self, finished: str, verdict: str, failure: str, reasons: Sequence[str]) -> None:
        self.connection.execute(
            "UPDATE run SET finished = ?, verdict = ?, class = ?, reasons = ?",
            (finished, verdict, failure, json.dumps(reasons, ensure_ascii=False)),
        )

    def one(self, query: str, *values: object) -> Any:
        return self.connection.execute(query, values).fetchone()

    def all(self, query: str, *values: object) -> list[sqlite3.Row]:
        return self.connection.execute(query, values).fetchall()

    def insert(self, table: str, row: Mapping[str, object]) -> int:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        done = self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", [*row.values()])
        return done.lastrowid or 0

    def update(self, table: str, number: int, **values: object) -> None:
        names = ", ".join(f'"{name}" = ?' for name in values)
        self.connection.execute(f"UPDATE {table} SET {names} WHERE id = ?", [*values.values(), number])

    # --- the frontier ----------------------------------------------------------------------------

    def add(self, task: Task, *, status: str = "queued", reason: str = "") -> bool:
        """Queue a task, unless its address is queued or done already. What was passed over may be wanted
        after all: the same page under another title."""
        ask = task.ask
        done = self.connection.execute(
            'INSERT INTO frontier (key, kind, url, lane, method, body, headers, state, "column", parent, row,'
            " priority, status, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET url = excluded.url, lane = excluded.lane, row = excluded.row,"
            ' "column" = excluded."column", parent = excluded.parent, priority = excluded.priority,'
            " headers = excluded.headers, status = excluded.status, reason = excluded.reason"
            " WHERE frontier.status = 'skipped' AND frontier.response IS NULL AND excluded.status = 'queued'",
            (
                task.key,
                task.kind,
                ask.url,
                task.lane,
                ask.method,
                ask.body,
                json.dumps(ask.headers),
                json.dumps(ask.state, ensure_ascii=False),
                task.listing,
                task.parent,
                json.dumps(row_as_json(task.row), ensure_ascii=False),
                PRIORITY[task.kind] * 100 + task.priority,
                status,
                reason,
            ),
        )
        return done.rowcount == 1

    def next_in(self, lane: str, now: float, besides: Collection[int] = ()) -> Task | None:
        """The task of a lane whose turn it is: what is archived already, then what is due."""
        query = (  # always the same words: SQLite prepares and keeps each text that it meets
            f"SELECT {_TASK} FROM frontier WHERE status = ? AND lane = ? AND not_before <= ?"
            " ORDER BY priority, id LIMIT ?"
        )
        for status in ("fetched", "queued"):
            for row in self.connection.execute(query, (status, lane, now, len(besides) + 1)):
                if row["id"] not in besides:
                    return _task(row)
        return None

    def task(self, number: int) -> Task:
        return _task(self.one(f"SELECT {_TASK} FROM frontier WHERE id = ?", number))

    def earliest(self) -> float | None:
        """When the first waiting task may be asked again; None when none waits."""
        found = self.one("SELECT min(not_before) FROM frontier WHERE status IN ('queued', 'fetched')")[0]
        return None if found is None else float(found)

    def settle(self, task: int, status: str, reason: str = "") -> None:
        self.update("frontier", task, status=status, reason=reason)

    def again(self, task: int, not_before: float, reason: str) -> None:
        """Ask once more, later."""
        self.connection.execute(
            "UPDATE frontier SET status = 'queued', attempts = attempts + 1, not_before = ?, reason = ?,"
            " response = NULL WHERE id = ?",
            (not_before, reason, task),
        )

    def known(self, key: str) -> Known | None:
        found = self.one("SELECT * FROM known WHERE key = ?", key)
        return Known(*found) if found else None


def _task(row: sqlite3.Row) -> Task:
    headers = tuple((name, value) for name, value in json.loads(row["headers"]))
    ask = Ask(row["url"], row["method"], row["body"], headers, json.loads(row["state"]))
    entry = row_from_json(row["url"], json.loads(row["row"]) if row["row"] else None)
    numbers = (row["column"], row["parent"])
    return Task(
        row["id"], row["kind"], ask, *numbers, entry, row["priority"], row["attempts"], row["response"]
    )
