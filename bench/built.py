"""A database of many reports, made as a crawl makes it: bundles of whole runs, each taken in."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from bench.invented import ORGANS, PER_PORTAL, Portal, Written, portal, written
from bench.patterns import YEARS
from gxcrawl.bundle.bundle import Bundle
from gxcrawl.store import open_store, take_in

SCOPES = ("区本级", "部门", "镇街")
# Two healthy runs: one before the reports of the last year are due, and one after.
DAYS = (date(2025, 12, 10), date(2026, 4, 10))
CHANGED = 50  # one page in so many has a new text in the second run
SILENT = 7  # this organ of every portal owes the report of the last year


class Page(NamedTuple):
    place: int  # of the organ
    year: int


def build(path: Path, reports: int) -> float:
    """About so many reports, in whole portals where there is more than one. Returns the seconds it took.

    Those of taking in are meant; the bundles are made on the way, and nothing is left of them.
    """
    portals = max(1, round(reports / PER_PORTAL))
    organs = min(ORGANS, -(-reports // (portals * len(YEARS))))
    seconds = 0.0
    with tempfile.TemporaryDirectory(dir=path.parent) as folder, open_store(path) as store:
        for number in range(portals):
            for bundle in bundles(Path(folder), portal(number), organs):
                started = perf_counter()
                take_in(store, bundle)
                seconds += perf_counter() - started
                shutil.rmtree(bundle)
    return seconds


def bundles(archive: Path, portal: Portal, organs: int) -> Iterator[Path]:
    pages = [Page(place, year) for year in YEARS for place in range(organs)]
    before = [page for page in pages if page.year < YEARS[-1]]
    after = [page for page in pages if page.year < YEARS[-1] or page.place != SILENT]
    yield _bundle(archive, portal, DAYS[0], before, ((page, 1) for page in before))
    changed = ((page, 2) for page in before[::CHANGED])
    new = ((page, 1) for page in after[len(before) :])
    yield _bundle(archive, portal, DAYS[1], after, (*changed, *new))


def one_more(archive: Path, portal: Portal) -> Path:
    """A third run, a day later: the organ that owed its last report has published it."""
    pages = [Page(place, year) for year in YEARS for place in range(ORGANS)]
    return _bundle(archive, portal, DAYS[1] + timedelta(1), pages, [(Page(SILENT, YEARS[-1]), 1)])


def _bundle(
    archive: Path, portal: Portal, day: date, listed: list[Page], read: Iterable[tuple[Page, int]]
) -> Path:
    started = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    folder = archive / portal.id / f"{day:%Y%m%d}T020000Z-{portal.number:06x}"
    entry = {"id": portal.id, "name": f"{portal.county}人民政府网", "code": portal.code, "family": "generic"}
    entry |= {"hosts": [f"{portal.id}.example"], "verified": False}
    run = {"id": folder.name, "portal": portal.id, "entry": json.dumps(entry, ensure_ascii=False)}
    run |= {"started": started.isoformat(), "options": "{}", "version": "bench"}
    bundle = Bundle.create(folder, run, ())
    with bundle.transaction():
        for number, scope in enumerate(SCOPES, start=1):
            rows = [page for page in listed if portal.organs[page.place].scope == number]
            _add_list(bundle, portal, number, scope, rows)
        for number, (page, version) in enumerate(read, start=1):
            report = written(portal, page.place, page.year, version)
            _add_page(bundle, portal, page, report, (number, started + timedelta(seconds=number)))
    bundle.finish((started + timedelta(hours=1)).isoformat(), "healthy", "", [])
    bundle.close()
    return folder


def _url(portal: Portal, page: Page) -> str:
    return (
        f"http://{portal.id}.example/zwgk/zfxxgknb/{page.year + 1}01/t{page.year + 1}0115_{page.place}.html"
    )


def _add_list(bundle: Bundle, portal: Portal, number: int, scope: str, rows: list[Page]) -> None:
    url = f"http://{portal.id}.example/zwgk/zfxxgknb/{number}/index.html"
    facts = {"id": number, "kind": "list", "scope": scope, "url": url, "found_by": "entry", "status": "ended"}
    facts |= {"ways": "[]", "pages": -(-len(rows) // 20), "rows": len(rows), "wanted": len(rows)}
    bundle.insert("listings", facts | {"stop_reason": "no-next", "complete": 1})
    for position, page in enumerate(rows):
        row = {"listing": number, "key": _url(portal, page).partition("//")[2], "url": _url(portal, page)}
        title = f"{portal.organs[page.place].name}{page.year}年政府信息公开工作年度报告"
        day = f"{page.year + 1}-01-15"
        bundle.insert(
            "listed", row | {"title": title, "day": day, "position": position, "judgement": "wanted"}
        )


def _add_page(
    bundle: Bundle, portal: Portal, page: Page, report: Written, answer: tuple[int, datetime]
) -> None:
    number, fetched = answer
    url = _url(portal, page)
    where = {"key": url.partition("//")[2], "url": url}
    sha256 = hashlib.sha256(report.reading.encode()).hexdigest()
    task = {"kind": "detail", "lane": f"{portal.id}.example", "method": "GET", "body": "", "headers": "[]"}
    task |= {"state": "{}", "priority": 3, "status": "done", "column": portal.organs[page.place].scope}
    bundle.insert("frontier", {"id": number, **where, **task, "response": number})
    response = {"id": number, "task": number, **where, "kind": "detail", "method": "GET", "status": 200}
    response |= {"fetched": fetched.isoformat(), "content_type": "text/html; charset=utf-8"}
    response |= {"etag": f'W/"{sha256[:12]}"', "last_modified": "Thu, 15 Jan 2026 08:00:00 GMT"}
    response |= {"sha256": sha256, "length": 60_000, "warc": "00001.warc.gz", "offset": number * 9_000}
    bundle.insert("responses", response | {"record_length": 9_000, "revisit": 0})
    facts = {"task": number, "response": number, **where, "sha256": sha256, "carrier": "html", "source": ""}
    facts |= {"organ": report.organ, "year": report.year, "form": report.form, "title": report.title}
    facts |= {"published": report.published.isoformat(), "published_basis": "meta"}
    facts |= {
        "days": json.dumps({"meta": report.published.isoformat()}),
        "list_day": f"{page.year + 1}-01-15",
    }
    facts |= {"reading": report.reading, "content_sha256": report.content, "attachments": "[]", "error": ""}
    bundle.insert("reports", facts)
