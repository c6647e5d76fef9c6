"""Measures the pages over a large database: each page and saved query, and many readers at once."""

from __future__ import annotations

import asyncio
import http.client
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple
from urllib.parse import quote, urlencode

from datasette.app import Datasette

from bench.built import build
from bench.judged import TODAY
from bench.measure import Measure
from gxcrawl.review import check
from gxcrawl.site.functions import register
from gxcrawl.site.metadata.build import metadata
from gxcrawl.store import open_store
from scripts.looking import Served, served

TIMES = 40  # that each page is asked for
READERS, SECONDS = 20, 60
LIMITS = {"the matrix of an area": 200, "search": 300}  # ms at the 95th percentile; all others: the most
MOST = 1000
WORDS = ("依申请", "公开", "不予公开", "行政复议", "平台建设", "低保", "招商引资", "政务新媒体")


class Timed(NamedTuple):
    middle: float  # ms
    slow: float  # the 95th percentile


def site(reports: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory(prefix="gxcrawl-bench-") as name:
        path = Path(name, "gxcrawl.db")
        build(path, reports)
        with open_store(path) as store:
            check(store, TODAY)
        yield from pages(path)


def pages(path: Path, seconds: int = SECONDS) -> Iterator[Measure]:
    """Over a database that was checked."""
    with closing(sqlite3.connect(path)) as connection:
        reports = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
        asked = {**_pages(connection), **_queries(connection)}
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
    bare = _bare(path, addresses[: TIMES // 4])
    detail = f"median {timed.middle:.0f} ms, its SQL alone {bare:.0f} ms"
    return Measure(
        f"{what}, 95th percentile of {len(addresses)} ({detail})", timed.slow, "ms", LIMITS.get(what, MOST)
    )


def _timed(seconds: Sequence[float]) -> Timed:
    return Timed(median(seconds) * 1e3, quantiles(seconds, n=20, method="inclusive")[-1] * 1e3)


def _pages(connection: sqlite3.Connection) -> Mapping[str, Sequence[str]]:
    """Addresses of every page, each time about something else."""
    rng = Random(5)

    def some(query: str) -> list[str]:
        found = [str(row[0]) for row in connection.execute(query)]
        return rng.sample(found, min(TIMES, len(found))) if len(found) > 1 else found * TIMES

    codes = some("SELECT DISTINCT code FROM organs")
    organs = [quote(key, safe="") for key in some("SELECT key FROM organs")]
    years = [2019 + place % 7 for place in range(TIMES)]
    return {
        "the first page": ["/"] * TIMES,
        "the matrix of an area": [f"/matrix?area={code}" for code in codes],
        "the matrix of everything": [f"/matrix?page={1 + page}" for page in range(TIMES)],
        "an organ": [f"/organ/{key}" for key in organs],
        "why a duty is what it is": [
            f"/organ/{key}/{year}" for key, year in zip(organs, years, strict=False)
        ],
        "a report": [f"/report/{number}" for number in some("SELECT id FROM reports WHERE current = 1")],
        "a finding": [f"/finding/{number}" for number in some("SELECT id FROM findings")],
        "alerts": [f"/alerts?page={1 + page}" for page in range(TIMES)],
        "alerts of an area": [f"/alerts?area={code}" for code in codes],
        "an alert": [f"/alert/{number}" for number in some("SELECT id FROM alerts")],
        "rankings of an area": [f"/rankings?area={code}&year=2024" for code in codes],
        "rankings of everything": [f"/rankings?year={year}" for year in years],
        "the health of the portals": ["/health"] * TIMES,
        "search": [f"/search?{urlencode({'q': WORDS[place % len(WORDS)]})}" for place in range(TIMES)],
        "search in an area": [
            f"/search?{urlencode({'q': WORDS[place % len(WORDS)], 'area': code})}"
            for place, code in enumerate(codes)
        ],
    }


def _queries(connection: sqlite3.Connection) -> Mapping[str, Sequence[str]]:
    """Every saved query, with the parameters left empty and with an area."""
    code = connection.execute("SELECT max(code) FROM organs").fetchone()[0]
    return {
        f"the saved query {name}": [
            f"/gxcrawl/{name}?area={code if place % 2 else ''}" for place in range(TIMES // 2)
        ]
        for name in metadata()["databases"]["gxcrawl"]["queries"]
    }


def _bare(path: Path, addresses: Sequence[str]) -> float:
    """Milliseconds of the same SQL without pages and server, in the middle."""
    with closing(sqlite3.connect(path)) as connection:
        register(connection)
        return median(_run(connection, _statements(path, address)) for address in addresses) * 1e3


def _run(connection: sqlite3.Connection, statements: Sequence[str]) -> float:
    started = perf_counter()
    for statement in statements:
        connection.execute(statement).fetchall()
    return perf_counter() - started


def _statements(path: Path, address: str) -> list[str]:
    """What a page asks the database for, its values filled in."""
    heard: list[str] = []

    async def ask() -> None:
        datasette = Datasette([str(path)], metadata=metadata(), settings={"num_sql_threads": 1})
        await datasette.invoke_startup()
        database = datasette.get_database(path.stem)
        await database.execute_fn(lambda connection: connection.set_trace_callback(heard.append))
        await datasette.client.get(address)

    asyncio.run(ask())
    return [one for one in heard if one.lstrip().upper().startswith(("SELECT", "WITH"))]


class Server(NamedTuple):
    there: Served

    def get(self, address: str) -> float:
        """Seconds until the whole answer is there; one that is no page is an error."""
        started = perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.there.port, timeout=60)
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{address}: answered with {answer.status}")
        return perf_counter() - started

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
    yield Measure(
        f"{READERS} readers for {seconds} s ({told}): answers that were errors", len(errors), "answers", 0
    )
