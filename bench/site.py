"""Measures the pages over a large database: each page and saved query, and many readers at once."""

from __future__ import annotations

import asyncio
import http.client
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from operator import methodcaller
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple
from unittest.mock import patch

from bench.addresses import pages_of, queries_of
from bench.built import build
from bench.judged import TODAY
from bench.measure import Measure
from gxcrawl import clock
from gxcrawl.review import check
from gxcrawl.serving.setting import datasette_over
from gxcrawl.site.functions import register
from gxcrawl.site.site import Site, time_limit
from gxcrawl.store import open_store
from scripts.looking import Served, served

BARE = 10  # addresses of each page whose SQL is timed alone
READERS = 20
# Milliseconds at the 95th percentile; all others: the most.
LIMITS = {
    "the matrix of an area": 200,
    "search": 300,
    "search in an area": 300,
    "search in a city and year": 300,
}
MOST = 1000


class Timed(NamedTuple):
    middle: float  # ms
    slow: float  # the 95th percentile
    most: float


def site(reports: int, seconds: int) -> Iterator[Measure]:
    """`seconds`: so long many readers come at once."""
    with tempfile.TemporaryDirectory(prefix="gxcrawl-bench-") as name:
        path = Path(name, "gxcrawl.db")
        build(path, reports)
        with open_store(path) as store:
            check(store, TODAY)
        yield from over_pages(path, seconds)


def over_pages(path: Path, seconds: int) -> Iterator[Measure]:
    """Over a database that was checked."""
    with closing(sqlite3.connect(path)) as connection:
        reports = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
        asked = {**pages_of(connection), **queries_of(connection)}
    with served(path, TODAY.isoformat()) as there:
        server = Server(there)
        for what, addresses in asked.items():
            yield _one(server, path, what, addresses)
        yield from _crowd(server, [address for one in asked.values() for address in one], seconds)
        peak = server.memory()
    yield Measure(
        f"memory of the server with {reports:,} reports, at its most", peak, "MB", 500, at_least=False
    )


def _one(server: Server, path: Path, what: str, addresses: Sequence[str]) -> Measure:
    server.get(addresses[0])
    timed = _timed([server.get(address) for address in addresses])
    bare = _bare(path, addresses[:BARE])
    detail = f"median {timed.middle:.0f} ms, the slowest {timed.most:.0f} ms, its SQL alone {bare:.0f} ms"
    return Measure(
        f"{what}, 95th percentile of {len(addresses)} ({detail})", timed.slow, "ms", LIMITS.get(what, MOST)
    )


def _timed(seconds: Sequence[float]) -> Timed:
    slow = quantiles(seconds, n=20, method="inclusive")[-1]
    return Timed(median(seconds) * 1e3, slow * 1e3, max(seconds) * 1e3)


def _bare(path: Path, addresses: Sequence[str]) -> float:
    """Milliseconds of the same SQL without pages and server, in the middle."""
    clock.pretend(TODAY)
    try:
        pages = asyncio.run(_statements(path, addresses))
    finally:
        clock.pretend(None)
    with closing(sqlite3.connect(path)) as connection:
        register(connection)
        for page in pages:
            _run(connection, page)  # what it reads is in memory then
        return median(_run(connection, page) for page in pages) * 1e3


def _run(connection: sqlite3.Connection, statements: Sequence[str]) -> float:
    started = perf_counter()
    for statement in statements:
        with suppress(sqlite3.OperationalError), time_limit(connection, MOST):  # as on the page
            connection.execute(statement).fetchall()
    return perf_counter() - started


async def _statements(path: Path, addresses: Sequence[str]) -> list[list[str]]:
    """What each page asks the database for, its values filled in."""
    heard: list[str] = []
    listen = methodcaller("set_trace_callback", heard.append)
    plain = Site.reading

    @contextmanager
    def reading(site: Site, limit: int) -> Iterator[sqlite3.Connection]:
        with plain(site, limit) as connection:
            listen(connection)
            yield connection

    datasette = datasette_over(path)
    datasette.executor = ThreadPoolExecutor(1)  # one connection, which is listened to
    await datasette.invoke_startup()
    await datasette.get_database(path.stem).execute_fn(listen)
    await datasette.client.get(addresses[0])  # it looks at all tables before its first page
    pages = []
    with patch.object(Site, "reading", reading):
        for address in addresses:
            heard.clear()
            await datasette.client.get(address)
            pages.append([one for one in heard if one.lstrip().upper().startswith(("SELECT", "WITH"))])
    return pages


class Server(NamedTuple):
    there: Served

    def get(self, address: str) -> float:
        """Seconds until the whole answer is there, or that to which it leads; what is no page is an error."""
        started = perf_counter()
        status, location = self._ask(address)
        if status == 302:
            status, location = self._ask(location)
        if status != 200:
            raise SystemExit(f"{address}: answered with {status}")
        return perf_counter() - started

    def _ask(self, address: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.there.port, timeout=60)
        with closing(connection):
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("location", "")

    def memory(self) -> float:
        """MB at its most, as Linux counts."""
        status = Path(f"/proc/{self.there.process}/status")
        if not status.is_file():
            return float("nan")
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1e3


def _crowd(server: Server, addresses: Sequence[str], seconds: int) -> Iterator[Measure]:
    """Readers who click as soon as a page is there, which is more than people do."""
    until, times, errors = time.monotonic() + seconds, [], []

    def read(number: int) -> None:
        rng = Random(number)
        while time.monotonic() < until:
            try:
                times.append(server.get(rng.choice(addresses)))
            except (OSError, SystemExit, http.client.HTTPException) as error:
                errors.append(str(error))

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    slow = _timed(times)
    told = f"{len(times)} pages, median {slow.middle:.0f} ms, 95th percentile {slow.slow:.0f} ms"
    if errors:
        told += f"; the first error: {errors[0]}"
    yield Measure(
        f"{READERS} readers for {seconds} s ({told}): answers that were errors", len(errors), "answers", 0
    )
