"""The measurements of the check: all of it once, and what one new report costs after that."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from bench.built import DAYS, build, one_more
from bench.invented import portal
from bench.measure import Measure
from gxcrawl.review import check
from gxcrawl.store import open_store, take_in

ALL = 300_000
TODAY = DAYS[1] + timedelta(1)


def judged(path: Path, reports: int) -> Iterator[Measure]:
    """`path`: a database of so many reports that nobody has checked yet."""
    yield _whole(path)
    yield _size(path)
    yield from _one_more(path, reports)


def _whole(path: Path) -> Measure:
    seconds, reports = _checked(path, TODAY), _count(path)
    what = f"a first check over {reports:,} reports: duties, checks, texts, alerts ({seconds:,.0f} s)"
    return Measure(what, seconds / reports * 1e3, "ms", 10)


def _size(path: Path) -> Measure:
    each = path.stat().st_size / _count(path)
    what = f"that database when all is checked, for {ALL:,} reports ({each:,.0f} bytes each)"
    return Measure(what, each * ALL / 1e9, "GB", 4)


def _one_more(path: Path, reports: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        small = folder / "small.db"
        build(small, max(1, reports // 10))
        _checked(small, TODAY)
        bundle = one_more(folder, portal(0))
        little, much = (_cycle(database, bundle) for database in (small, path))
    count = f"{_count(path):,} reports"
    yield Measure(f"one more report among {count}: taken in, judged, alerted", much, "s", 2)
    yield Measure("the same to a tenth of the reports", much / little, "×", 2)


def _cycle(path: Path, bundle: Path) -> float:
    """Our own part of a cycle after a crawl that brought one report."""
    started = perf_counter()
    with open_store(path) as store:
        take_in(store, bundle)
        check(store, TODAY)
    return perf_counter() - started


def _checked(path: Path, today: date) -> float:
    started = perf_counter()
    with open_store(path) as store:
        check(store, today)
    return perf_counter() - started


def _count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        count: int = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
    return count
