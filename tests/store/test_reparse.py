"""Reading the whole archive again: what is told, what is stored, what is never lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from made_bundles import Run, Said

from gxcrawl import read_report
from gxcrawl.crawl.reading import Article, read_article
from gxcrawl.pages.model import Marks, Page, Row
from gxcrawl.samples import generate
from gxcrawl.show.jsonl import json_line
from gxcrawl.store import Store, take_in
from gxcrawl.store.reparse import reparse

Archive = Callable[[Run], Path]
Line = dict[str, Any]
SEEDS = (3, 8, 21)


@dataclass
class Shelf:
    """An archive of a few bodies. `asked`: which records were read."""

    bodies: dict[int, bytes] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)

    def load(self, path: str, offset: int) -> tuple[bytes, Mapping[str, str]]:
        self.asked.append((path, offset))
        if offset not in self.bodies:
            raise FileNotFoundError(path)
        return self.bodies[offset], {"content-type": "text/html"}


def line_of(body: bytes, minute: int) -> Line:
    fetched = datetime(2026, 1, 5, 8, minute, tzinfo=UTC)
    url = f"http://page-{minute}"
    report = read_report(body, source=url, url=url, fetched_at=fetched, content_type="text/html")
    line: Line = json.loads(json_line(report))
    return line


@pytest.fixture
def shelf() -> Shelf:
    bodies = {minute: generate(seed, layout="html-word").data for minute, seed in enumerate(SEEDS, start=1)}
    return Shelf({minute * 1000: body for minute, body in bodies.items()})


@pytest.fixture
def lines(shelf: Shelf) -> list[Line]:
    """What the reader says of the bodies today. Tests change it to what an older reader said."""
    return [line_of(body, offset // 1000) for offset, body in shelf.bodies.items()]


def fill(store: Store, archive: Archive, shelf: Shelf, lines: list[Line]) -> None:
    pages = {}
    for (offset, body), line in zip(shelf.bodies.items(), lines, strict=True):
        said = Said(organ=line["organ"], year=line["year"], reading=line, body=body)
        pages[f"page-{offset // 1000}"] = said
    take_in(store, archive(Run("2026-01-05", pages=pages)))


WHOLE = (
    "SELECT * FROM reports",
    "SELECT * FROM cells",
    "SELECT * FROM figures_2021",
    "SELECT * FROM figures_2019",
    "SELECT report, number, heading, text FROM sections",
    "SELECT report, code, message, place FROM problems",
    'SELECT report, organ, year, "check", message, cells FROM findings',
)


def whole(store: Store) -> list[list[tuple[Any, ...]]]:
    """What the database says of the reports; rows that were written anew have other numbers."""
    return [store.connection.execute(f"{query} ORDER BY 1, 2").fetchall() for query in WHOLE]


def cell(line: Line, name: str) -> Line:
    found: Line = next(cell for cell in line["cells"] if cell["id"] == name)
    return found


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_reader_says_the_same_again(
    store: Store, archive: Archive, shelf: Shelf, lines: list[Line], jobs: int
) -> None:
    fill(store, archive, shelf, lines)
    before = whole(store)
    changes = reparse(store, shelf.load, jobs)
    assert changes == (3, (), (), (), ())
    assert whole(store) == before
    assert shelf.asked == [("shili/2026-01-05/00001.warc.gz", offset) for offset in shelf.bodies]
    assert (
        store.connection.execute("SELECT DISTINCT reader FROM readings").fetchone()[0].startswith("gxcrawl/")
    )


def test_facts_added_changed_and_lost_are_told_with_report_and_cell(
    store: Store, archive: Archive, shelf: Shelf, lines: list[Line]
) -> None:
    name = "t3.received.total"
    now = cell(lines[0], name)["value"]
    cell(lines[0], name).update(value=None, raw="", state="missing")
    right = cell(lines[1], name)["value"]
    cell(lines[1], name).update(value=right + 1, raw=str(right + 1))
    lines[2]["sections"].append({"number": 7, "heading": "七、附件", "text": "没有了"})
    fill(store, archive, shelf, lines)
    changes = reparse(store, shelf.load)
    assert changes.added == ((1, name, None, now),)
    assert changes.changed == ((2, name, right + 1, right),)
    assert changes.lost == ((3, "section 7", "没有了", None),)
    totals = "SELECT value FROM cells WHERE id = ? AND report < 3 ORDER BY report"
    assert store.connection.execute(totals, (name,)).fetchall() == [(now,), (right,)]
    assert reparse(store, shelf.load)[1:] == ((), (), (), ()), "now it is stored"
    assert store.connection.execute("SELECT DISTINCT version FROM reports").fetchall() == [(1,)]


def test_what_the_page_around_the_report_said_stays(
    store: Store, archive: Archive, shelf: Shelf, lines: list[Line]
) -> None:
    lines[0]["organ"] = "旧的读法"
    fill(store, archive, shelf, lines)
    store.connection.execute("UPDATE reports SET published = '2024-01-20', published_basis = 'list'")
    store.connection.execute("UPDATE reports SET organ = '示例县某局' WHERE id = 2")
    store.connection.commit()
    changes = reparse(store, shelf.load)
    organ = line_of(shelf.bodies[1000], 1)["organ"]
    assert changes.changed == ((1, "organ", "旧的读法", organ),)
    kept = store.connection.execute(
        "SELECT organ, published, published_basis FROM reports WHERE id < 3"
    ).fetchall()
    assert kept == [(organ, "2024-01-20", "list"), ("示例县某局", "2024-01-20", "list")]


def test_a_record_that_cannot_be_read_takes_nothing_away(
    store: Store, archive: Archive, shelf: Shelf, lines: list[Line]
) -> None:
    fill(store, archive, shelf, lines)
    before = whole(store)
    del shelf.bodies[2000]
    changes = reparse(store, shelf.load)
    assert changes.read == 2
    assert changes.unreadable == (
        (2, "shili/2026-01-05/00001.warc.gz at 2000: shili/2026-01-05/00001.warc.gz"),
    )
    assert whole(store) == before


def test_a_reading_that_fails_is_told_as_lost_and_takes_nothing_away(
    store: Store, archive: Archive, shelf: Shelf, lines: list[Line]
) -> None:
    """A reader that is not installed here must not empty what it had read elsewhere."""
    fill(store, archive, shelf, lines)
    before = whole(store)
    shelf.bodies[3000] = "<html><body>通知</body></html>".encode()
    changes = reparse(store, shelf.load)
    assert {change.report for change in changes.lost} == {3}
    assert len(changes.lost) > 100
    assert whole(store) == before


def test_a_repeated_body_is_read_where_it_lies(
    store: Store, archive: Archive, shelf: Shelf, lines: list[Line]
) -> None:
    fill(store, archive, shelf, lines)
    line = lines[0]
    said = Said(organ=line["organ"], year=line["year"], reading=line, body=shelf.bodies[1000], revisit=1)
    take_in(store, archive(Run("2026-01-06", pages={"elsewhere": said})))
    reparse(store, shelf.load)
    assert shelf.asked[-1] == ("shili/2026-01-05/00001.warc.gz", 1000)


def test_a_report_that_nobody_could_read_is_read_now(
    store: Store, archive: Archive, shelf: Shelf, lines: list[Line]
) -> None:
    read = lines[0]
    error = {"code": "carrier-not-read", "message": "附件未读"}
    lines[0] = read | {"form": None, "cells": [], "sections": [], "organ": None, "year": None, "error": error}
    fill(store, archive, shelf, lines)
    store.connection.execute("UPDATE reports SET error = 'carrier-not-read' WHERE id = 1")
    store.connection.commit()
    changes = reparse(store, shelf.load)
    assert {change.report for change in changes.added} == {1}
    facts = store.connection.execute("SELECT organ, year, form, error FROM reports WHERE id = 1").fetchone()
    assert facts == (read["organ"], read["year"], read["form"], "")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_digest_of_a_report_is_that_of_the_crawl(
    store: Store, archive: Archive, shelf: Shelf, lines: list[Line], seed: int
) -> None:
    """Else a new reading would look like a change of the report."""
    body = generate(seed, layout="html-word").data
    page = Page("http://page-1", body, headers={"content-type": "text/html"})
    crawled = read_article(Article(page, Row(page.url, ""), Marks(), datetime(2026, 1, 5, tzinfo=UTC)))
    fill(store, archive, shelf, lines)
    store.connection.execute("UPDATE reports SET content_sha256 = ''")
    store.connection.commit()
    reparse(store, shelf.load)
    digests = [row[0] for row in store.connection.execute("SELECT content_sha256 FROM reports ORDER BY id")]
    assert digests[SEEDS.index(seed)] == crawled.content_sha256
