"""Texts that are alike, found among many: how fast, in how much room, how surely, who is named wrongly."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.alike import ORGANS, YEARS, Place, Text, all_texts, own_words
from bench.measure import Measure
from gxcrawl.sameness import SamenessOutcome, refresh
from gxcrawl.store import open_store
from gxcrawl.store.rows import insert

NEW = 20  # reports that come one by one
FEWER = 10  # so many times smaller is the database with which one new report is compared
AT_LEAST = 2 * ORGANS * len(YEARS)  # texts: two whole portals
_DAY = "2026-01-05T08:00:00+00:00"


def _row(empty: str, zero: str = "", **more: object) -> dict[str, object]:
    return dict.fromkeys(empty.split(), "") | dict.fromkeys(zero.split(), 0) | more


PORTAL = _row("name code family hosts entry", "verified", first_seen=_DAY)
RUN = _row(
    "verdict class reasons folder options version",
    "requests listed new changed unchanged same_as unread missed gone back",
    started=_DAY,
    finished=_DAY,
)
ORGAN = _row("kind level code core scope source", status="candidate", first_seen=_DAY)
PAGE = _row("kind title etag last_modified sha256 warc", "misses offset", status="online")
REPORT = _row(
    "title published_basis days sha256 content_sha256 carrier source attachments error",
    "passed",
    version=1,
    current=1,
    status="online",
    first_seen=_DAY,
    last_seen=_DAY,
)
READING = _row("reader published_basis", vals="[]")


def sameness(texts: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory(prefix="gxcrawl-bench-") as folder:
        few = _among_few(Path(folder, "few.db"), max(texts // FEWER, AT_LEAST))
        with open_store(Path(folder, "all.db")) as store:
            written = dict(enumerate(all_texts(texts), start=1))
            _write(store.connection, written)
            before = _size(store.connection)
            started = perf_counter()
            said = _compare(store.connection)
            speed = len(written) / (perf_counter() - started)
            room = (_size(store.connection) - before) * 100_000 / len(written) / 1e6
            many = _one_by_one(store.connection, len(written))
    yield Measure(f"{len(written)} texts compared", speed, "texts/s", 100, at_least=True)
    yield Measure("the sentences of 100,000 texts", room, "MB", 250)
    yield from _judgement(written, said)
    yield Measure(f"one new report among {len(written)} texts", many * 1e3, "ms", 100)
    yield Measure(f"the same to one among {FEWER} times fewer", many / few, "×", 2)


def _judgement(written: dict[int, Text], said: dict[int, SamenessOutcome]) -> Iterator[Measure]:
    """What was planted against what was found. Of two that are alike both are to be named."""
    numbers = {text.place: number for number, text in written.items()}
    peers, selves = set(), set()
    for number, text in written.items():
        if text.repeats and text.repeats.organ == text.place.organ:
            selves.add(number)
        elif text.repeats:
            peers.update((number, numbers[text.repeats]))
    for code, planted in (("S-PEER", peers), ("S-SELF", selves)):
        failed = {number for number, outcome in said.items() if _failed(outcome, code)}
        found = 100 * len(failed & planted) / max(len(planted), 1)
        yield Measure(f"{code}: named of {len(planted)} that are alike", found, "%", 95, at_least=True)
        yield Measure(f"{code}: named wrongly", len(failed - planted), "reports", 0)


def _failed(outcome: SamenessOutcome, code: str) -> bool:
    found = (remark.finding for remark in outcome.remarks)
    return any(finding.check == code and finding.result == "fail" for finding in found)


def _compare(connection: sqlite3.Connection) -> dict[int, SamenessOutcome]:
    said: dict[int, SamenessOutcome] = {}
    while True:
        connection.execute("BEGIN IMMEDIATE")
        outcomes = refresh(connection)
        connection.execute("COMMIT")
        if not outcomes:
            return said
        said |= {outcome.report: outcome for outcome in outcomes}


def _among_few(path: Path, texts: int) -> float:
    with open_store(path) as store:
        written = dict(enumerate(all_texts(texts), start=1))
        _write(store.connection, written)
        _compare(store.connection)
        return _one_by_one(store.connection, len(written))


def _one_by_one(connection: sqlite3.Connection, texts: int) -> float:
    """Seconds for one report; every second one is like that of another organ."""
    seconds = []
    for number in range(NEW):
        place = Place(1, ORGANS + number, YEARS[-1])
        told = own_words(place if number % 2 else place._replace(organ=number))
        _write(connection, {texts + number + 1: Text(place, told)})
        started = perf_counter()
        _compare(connection)
        seconds.append(perf_counter() - started)
    return median(seconds)


def _size(connection: sqlite3.Connection) -> int:
    query = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    size: int = connection.execute(query).fetchone()[0]
    return size


def _write(connection: sqlite3.Connection, written: dict[int, Text]) -> None:
    """The reports as a crawl leaves them, but for their numbers."""
    connection.execute("BEGIN")
    for number, text in written.items():
        for table, row in _rows(number, text):
            insert(connection, table, [row], "ON CONFLICT DO NOTHING")
    connection.execute("COMMIT")


def _rows(number: int, text: Text) -> Iterator[tuple[str, dict[str, object]]]:
    place, portal = text.place, f"county-{text.place.portal}"
    key, url = f"{portal}:{place.organ}", f"http://{portal}.example/{number}.html"
    yield "portals", PORTAL | {"id": portal}
    yield "runs", RUN | {"id": portal, "portal": portal}
    yield "organs", ORGAN | {"key": key, "name": place.name}
    yield "pages", PAGE | {"id": number, "portal": portal, "key": url, "url": url}
    about = {"id": number, "portal": portal, "page": number, "organ": place.name, "organ_key": key}
    yield "reports", REPORT | about | {"year": place.year, "url": url, "run": portal}
    yield "readings", READING | {"report": number, "organ_names": json.dumps([place.name])}
    for section, said in text.told.items():
        yield "sections", {"report": number, "number": section, "heading": "", "text": said}
