"""The measurements of the database: writing it, its size with everything in it, searching it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.built import build, bundles
from bench.invented import ORGANS, PER_PORTAL, portal
from bench.measure import Measure
from gxcrawl.store import open_store, take_in
from gxcrawl.store.search import INDEX, search, spaced

WRITTEN = 4 * PER_PORTAL  # reports
ROUNDS = 3
ALL = 300_000
WORDS = ("低保", "招商引资", "河湖治理台账")


def store(reports: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory(prefix="gxcrawl-bench-") as name:
        folder = Path(name)
        yield writing(folder)
        path = folder / "built.db"
        started = perf_counter()
        build(path, reports)
        yield size(path, perf_counter() - started)
        yield searching(path)


def writing(folder: Path) -> Measure:
    """From finished bundles to a database, against the rows of that database written as they are; in turns."""
    taken = [bundle for number in range(WRITTEN // PER_PORTAL) for bundle in bundles(folder, portal(number), ORGANS)]
    ours, raw = [], []
    for _ in range(ROUNDS):
        path = folder / "written.db"
        ours.append(_take(path, taken))
        raw.append(_copy(path, folder / "raw.db"))
        for made in folder.glob("*.db*"):
            made.unlink()
    for bundle in taken:
        shutil.rmtree(bundle)
    each = f"{median(ours) / WRITTEN * 1e3:.2f} ms each, the rows alone {median(raw) / WRITTEN * 1e3:.2f} ms"
    what = f"taking in {WRITTEN:,} reports, to executemany of the same rows ({each})"
    ratio = median(mine / theirs for mine, theirs in zip(ours, raw, strict=True))
    return Measure(what, ratio, "×", 3)


def _take(path: Path, taken: Sequence[Path]) -> float:
    with open_store(path) as made:
        started = perf_counter()
        for bundle in taken:
            take_in(made, bundle)
        return perf_counter() - started


def _copy(path: Path, other: Path) -> float:
    """All rows into the same tables and indexes, one table after the other."""
    with open_store(path) as source, open_store(other) as target:
        _empty(target.connection)
        work = list(_statements(source.connection))
        started = perf_counter()
        with target.writing() as connection:
            for statement, rows in work:
                connection.executemany(statement, rows)
        return perf_counter() - started


def _empty(connection: sqlite3.Connection) -> None:
    """Nothing but tables and indexes, without anything that works or checks on its own."""
    connection.execute("PRAGMA foreign_keys = OFF")
    for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    for table in _tables(connection):
        connection.execute(f"DELETE FROM {table}")
    connection.commit()


def _tables(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%' AND name NOT LIKE '%search%'"
    return [table for (table,) in connection.execute(query)]


def _statements(connection: sqlite3.Connection) -> Iterator[tuple[str, list[Sequence[object]]]]:
    for table in _tables(connection):
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        if rows:
            yield f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows
    sections = connection.execute("SELECT id, text FROM sections")
    yield INDEX, [(section, spaced(text)) for section, text in sections]


def size(path: Path, seconds: float) -> Measure:
    connection = sqlite3.connect(path)
    reports = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
    connection.close()
    each = path.stat().st_size / reports
    detail = f"{each:,.0f} bytes for each of {reports:,}, built in {seconds:,.0f} s"
    return Measure(f"a database of {ALL:,} reports with text and search ({detail})", each * ALL / 1e9, "GB", 4)


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
