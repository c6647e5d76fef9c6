"""The measurements of the database: writing it, its size with everything in it, searching it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

from bench.built import build
from bench.judged import judged
from bench.measure import Measure
from gxcrawl.store import open_store
from gxcrawl.store.search import INDEX, search, spaced

ALL = 300_000
WORDS = ("公开", "低保", "招商引资")

Rows = list[Sequence[object]]


def store(reports: int, then: Callable[[Path], Iterator[Measure]] | None = None) -> Iterator[Measure]:
    """`then`: what else is measured over this database once it is checked."""
    with tempfile.TemporaryDirectory(prefix="gxcrawl-bench-") as name:
        path = Path(name, "gxcrawl.db")
        seconds = build(path, reports)
        yield size(path)
        yield searching(path)
        yield writing(path, seconds)
        yield from judged(path, reports)
        if then:
            yield from then(path)


def size(path: Path) -> Measure:
    connection = sqlite3.connect(path)
    reports = _count(connection, "reports")
    connection.close()
    each = path.stat().st_size / reports
    what = f"a database of {ALL:,} reports with text and search ({each:,.0f} bytes for each of {reports:,})"
    return Measure(what, each * ALL / 1e9, "GB", 4)


def searching(path: Path) -> Measure:
    """The slowest of some words, none of which has been asked for before."""
    connection = sqlite3.connect(path)
    slowest = 0.0
    for word in WORDS:
        started = perf_counter()
        search(connection, word)
        slowest = max(slowest, perf_counter() - started)
    connection.close()
    return Measure(f"the best 50 sections for a word, the slowest of {len(WORDS)}", slowest, "s", 1)


def writing(path: Path, ours: float) -> Measure:
    """Taking in bundles against the rows that came of it, in as many transactions."""
    with open_store(path) as source, open_store(path.with_name("raw.db")) as target:
        reports, runs = _count(source.connection, "reports"), _count(source.connection, "runs")
        _empty(target.connection)
        raw = 0.0
        for work in _parts(source.connection, runs):
            started = perf_counter()
            with target.writing() as connection:
                for statement, rows in work:
                    connection.executemany(statement, rows)
            raw += perf_counter() - started
    detail = f"{ours / reports * 1e3:.2f} ms each, the rows alone {raw / reports * 1e3:.2f} ms"
    return Measure(
        f"taking in {reports:,} reports, to executemany of the same rows ({detail})", ours / raw, "×", 3
    )


def _empty(connection: sqlite3.Connection) -> None:
    """Tables and their indexes, without anything that works or checks on its own."""
    connection.execute("PRAGMA foreign_keys = OFF")
    for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    for table in _tables(connection):
        connection.execute(f"DELETE FROM {table}")
    connection.commit()


def _parts(connection: sqlite3.Connection, parts: int) -> Iterator[list[tuple[str, Rows]]]:
    """For each of the parts the statements that write it, with their rows."""
    found: list[tuple[str, int, sqlite3.Cursor]] = []
    for table in _tables(connection):
        cursor = connection.execute(f"SELECT * FROM {table}")
        marks = ", ".join("?" * len(cursor.description))
        found.append((f"INSERT INTO {table} VALUES ({marks})", _count(connection, table), cursor))
    connection.create_function("spaced", 1, spaced)
    texts = connection.execute("SELECT id, spaced(text) FROM sections")
    found.append((INDEX, _count(connection, "sections"), texts))
    for _ in range(parts):
        yield [(statement, cursor.fetchmany(-(-rows // parts))) for statement, rows, cursor in found]


def _tables(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_schema WHERE type = 'table'"
    named = [name for (name,) in connection.execute(query)]
    return [name for name in named if "sqlite" not in name and "search" not in name]


def _count(connection: sqlite3.Connection, table: str) -> int:
    number: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return number
