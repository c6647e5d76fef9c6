"""The measurements of the crawl: against Scrapy alone on the same hosts, of a second run, of memory."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from urllib.parse import urlsplit

from bench.crawl_hosts import Asked, Hosts, portals_file
from bench.measure import Measure
from bench.memory import resident
from gxcrawl.archive.members import Damage, walk
from gxcrawl.archive.read import stored_of
from gxcrawl.samples.portals.collect import replicas
from gxcrawl.samples.portals.server import Seen, Served, serve

DELAY = 0.5
ROUNDS = 3
EVERY = 0.2  # seconds between two looks at the memory
FROM_PAGES = 1_000  # the memory that grows is counted from here on
# A replica of each family.
# fmt: off
FAMILIES = ("ucap", "jpage-record", "jpaas", "xxgk", "trs", "vsb", "sanmenxia", "gkmlpt", "lonsun", "jeecms",
            "generic-fine")
# fmt: on


def crawl(hosts: int, pages: int, memory_pages: int, families: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory(prefix="gxcrawl-bench-") as name:
        folder = Path(name)
        with Hosts(hosts, pages) as served:
            yield polite(served, folder / "polite")
            yield flat_out(served, folder / "flat-out")
        yield from second_crawl(folder / "second", FAMILIES[-families:])
        with Hosts(hosts, -(-memory_pages // hosts), "small") as served:
            yield memory(served, folder / "memory")


def polite(hosts: Hosts, folder: Path) -> Measure:
    """The steady rate as the servers see it: from when every host was asked to when the first has all."""
    bare = _steady(_bare(hosts, DELAY))
    whole, ended = _whole(hosts, DELAY, folder)
    _expect_all(hosts, folder)
    rate, stored = _steady(whole), ended - whole[-1].time
    what = f"crawling {len(hosts.ports)} hosts with {DELAY} s between requests, robots to database"
    detail = f"{rate:.0f} pages/s, Scrapy alone {bare:.0f}; all is stored {stored:.1f} s after the last page"
    return Measure(f"{what} ({detail})", rate / bare, "×", 0.95, at_least=True)


def flat_out(hosts: Hosts, folder: Path) -> Measure:
    """From the first answer to the end of the process, by when all is read and stored; in turns."""
    rates: list[tuple[float, float]] = []
    for number in range(ROUNDS):
        bare, bare_ended = _bare(hosts, 0), monotonic()
        whole, ended = _whole(hosts, 0, folder / str(number))
        _expect_all(hosts, folder / str(number))
        rates.append(
            (len(whole) / (ended - whole[0].time), len(bare) / (bare_ended - bare[0].time)),
        )
    ours, alone = (median(rate) for rate in zip(*rates, strict=True))
    what = f"the same without delay, until all is stored ({ours:.0f} pages/s, Scrapy alone {alone:.0f})"
    return Measure(what, median(one / other for one, other in rates), "×", 0.25, at_least=True)


def second_crawl(folder: Path, names: Sequence[str]) -> Iterator[Measure]:
    """Portals that do not change between two crawls."""
    folder.mkdir()
    database = folder / "second.db"
    with serve(replicas()) as served:  # some speak of others
        entries = served.portals_file(folder / "portals.toml", *names)
        _crawl(entries, database)
        served.forget()
        _crawl(entries, database)
        seen = [(served.host(name), one) for name in served.replicas for one in served.requests(name)]
        unconditional = _unconditional(served, database)
    often = Counter((host, one.method, one.target, one.body) for host, one in seen)
    what = f"second crawl of {len(names)} unchanged portals ({len(seen)} requests): to one address at most"
    yield Measure(what, max(often.values()), "requests", 1)
    yield Measure("second crawl: known tags and dates that were not sent", unconditional, "requests", 0)
    yield Measure("second crawl: bodies that were archived again", _bodies_again(database), "bodies", 0)


def memory(hosts: Hosts, folder: Path) -> Measure:
    """Of the main process, from 1,000 pages to the last one; the readers' memory does not grow with pages."""
    entries = portals_file(folder, hosts.ports, 0)
    command = _crawl_command(entries, folder / "crawl.db")
    count, before, most = 0, 0, 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        count += len(hosts.asked())
        if count >= min(FROM_PAGES, hosts.all_pages // 2) and (now := resident(process.pid)):
            before, most = before or now, max(most, now)
        sleep(EVERY)
    _expect_all(hosts, folder)
    what = f"memory added to a crawl from {FROM_PAGES:,} to {hosts.all_pages:,} pages"
    return Measure(what, (most - before) / 1e6, "MB", 50)


# --- running and counting ------------------------------------------------------------------------


def _bare(hosts: Hosts, delay: float) -> list[Asked]:
    words = [str(delay), str(hosts.pages), *map(str, hosts.ports)]
    subprocess.run([sys.executable, "-m", "bench.crawl_bare", *words], check=True)
    return hosts.asked()


def _whole(hosts: Hosts, delay: float, folder: Path) -> tuple[list[Asked], float]:
    """What the hosts were asked, and when the process had ended."""
    _crawl(portals_file(folder, hosts.ports, delay), folder / "crawl.db")
    ended = monotonic()
    return hosts.asked(), ended


def _crawl(entries: Path, database: Path) -> None:
    subprocess.run(_crawl_command(entries, database), stdout=subprocess.DEVNULL, check=True)


def _crawl_command(entries: Path, database: Path) -> list[str]:
    return [sys.executable, "-m", "gxcrawl", "crawl", "--portals", str(entries), "--db", str(database)]


def _steady(asked: list[Asked]) -> float:
    """Answers in a second while every host is busy, so that starting and ending do not count."""
    times: dict[int, list[float]] = {}
    for one in asked:
        times.setdefault(one.port, []).append(one.time)
    first, last = max(map(min, times.values())), min(map(max, times.values()))
    return sum(first <= one.time <= last for one in asked) / (last - first)


def _expect_all(hosts: Hosts, folder: Path) -> None:
    """A rate of pages that were not read and stored would be none."""
    connection = sqlite3.connect(folder / "crawl.db")
    found = connection.execute("SELECT count(*) FROM reports WHERE error = ''").fetchone()[0]
    connection.close()
    if found != hosts.all_pages:
        raise RuntimeError(f"{found} of {hosts.all_pages} reports were stored: this is no measurement")


def _unconditional(served: Served, database: Path) -> int:
    """Requests of the second crawl that did not tell what the first one had been told."""
    connection = sqlite3.connect(database)
    tagged = {
        urlsplit(url)._replace(scheme="", netloc="").geturl(): name
        for name, url in connection.execute(
            "SELECT runs.portal, responses.url FROM responses JOIN runs ON runs.id = responses.run"
            " WHERE responses.kind = 'detail' AND (etag != '' OR last_modified != '')"
        )
    }
    connection.close()
    asked = [
        one for name in served.replicas for one in served.requests(name) if tagged.get(one.target) == name
    ]
    return sum(not _is_conditional(one) for one in asked)


def _is_conditional(one: Seen) -> bool:
    return "if-none-match" in one.headers or "if-modified-since" in one.headers


def _bodies_again(database: Path) -> int:
    """Whole bodies in the archive of a portal that lie there already."""
    again = 0
    for portal in database.with_name(f"{database.stem}-archive").iterdir():
        bodies = Counter(
            stored.digest
            for path in sorted(portal.glob("*/*.warc.gz"))
            for part in walk(path)
            if not isinstance(part, Damage) and (stored := stored_of(part, path.name))
            if stored.kind == "response" and stored.body
        )
        again += bodies.total() - len(bodies)
    return again
