"""The fast way through the season: the bundle of each run, as a crawl would leave it, without a crawl.

What a run sees comes from the story; its verdict is that of the real judge.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path

from gxcrawl.bundle.bundle import FILE, Bundle
from gxcrawl.bundle.schema import DDL
from gxcrawl.crawl.facts import facts_of
from gxcrawl.health import judge
from gxcrawl.pages.address import key
from gxcrawl.portals.model import Portal
from gxcrawl.store.content import content_digest
from tests.watch.season.story import CORRECTION, Text, portals, shown

# The class that each kind of failure has, where nothing of the list can be had.
CLASSES = {
    "down": "timeout",
    "blocked": "blocked:瑞数",
    "empty": "listing-empty",
    "redesigned": "layout-changed",
}
READER = "season"


@cache
def empty_row(table: str) -> Mapping[str, object]:
    """What a row must have, for what nobody says."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(DDL)
        return {
            name: 0 if kind == "INTEGER" else ""
            for _, name, kind, must, default, key in connection.execute(f"PRAGMA table_info({table})")
            if must and default is None and not key
        }


def insert(bundle: Bundle, table: str, row: Mapping[str, object]) -> int:
    return bundle.insert(table, {**empty_row(table), **row})


def url_of(text: Text) -> str:
    return f"http://{text.portal}.example{text.path}"


def make_bundle(
    archive: Path, portal: str, day: date, failure: str, known: Mapping[str, str], last_rows: int | None
) -> Path:
    """`known`: address -> digest of its body, as the database has it; `last_rows`: of the last good run."""
    folder = archive / portal / f"{portal}-{day}"
    bundle = _new(archive, folder, portal, day)
    texts = listed(portal, day, failure, last_rows)
    with bundle.transaction():
        _add_list(bundle, portal, texts, CLASSES.get(failure, ""))
        for position, text in enumerate(texts, start=1):
            _add_row(bundle, text, position)
            _add_page(bundle, text, day, known, refused=failure == "details")
        if failure not in CLASSES:
            there = {key(url_of(text)): text for text in shown(portal, day)}
            for one in sorted({*known} - {key(url_of(text)) for text in texts}):
                if one in there:
                    _add_page(bundle, there[one], day, known, refused=failure == "details")
                elif one.startswith("/"):  # no body and no list
                    _add_lost(bundle, portal, day, one)
    verdict = judge(facts_of(bundle, entry_of(portal), last_rows))
    bundle.finish(f"{day}T02:00:00+00:00", *verdict)
    bundle.connection.close()
    return folder


def entry_of(portal: str) -> Portal:
    _, name, code = portals()[portal]
    return Portal(portal, name, code, "generic", (f"{portal}.example",))


def _new(archive: Path, folder: Path, portal: str, day: date) -> Bundle:
    """A copy of an empty one: making the tables costs most of the time."""
    empty = archive / "empty"
    if not empty.exists():
        Bundle.create(
            empty, dict.fromkeys(("id", "portal", "entry", "started", "options", "version"), ""), []
        ).close()
    folder.mkdir(parents=True)
    shutil.copy(empty / FILE, folder / FILE)
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous = OFF")
    entry = entry_of(portal)
    said = {"id": portal, "name": entry.name, "code": entry.code, "family": entry.family}
    said |= {"hosts": list(entry.hosts), "verified": False}
    connection.execute(
        "UPDATE run SET id = ?, portal = ?, entry = ?, started = ?, options = '{}', version = ?",
        (folder.name, portal, json.dumps(said, ensure_ascii=False), f"{day}T01:00:00+00:00", READER),
    )
    return Bundle(folder, connection)


def listed(portal: str, day: date, failure: str, last_rows: int | None = None) -> tuple[Text, ...]:
    """A list that is cut keeps half of what it had when it was last seen whole: one with as many rows as then
    cannot be told from a list without news."""
    if failure in CLASSES:
        return ()
    texts = shown(portal, day)
    kept = min(len(texts), last_rows or len(texts)) // 2
    if failure == "truncated":  # the old ones are cut off
        return texts[:kept]
    if failure == "beheaded":  # the new ones are
        return texts[len(texts) - kept :]
    return texts


def _add_list(bundle: Bundle, portal: str, texts: tuple[Text, ...], failure: str) -> None:
    row = {
        "id": 1,
        "url": f"http://{portal}.example/nb/",
        "found_by": "entry",
        "status": "ended",
        "ways": "[]",
    }
    row |= {"pages": 1, "rows": len(texts), "wanted": len(texts), "complete": int(not failure)}
    row |= {"stop_reason": f"failed:{failure}" if failure else "no-next", "failure": failure}
    insert(bundle, "listings", row)


def _add_row(bundle: Bundle, text: Text, position: int) -> None:
    row = {"listing": 1, "key": key(url_of(text)), "url": url_of(text), "title": text.title}
    row |= {"day": text.printed and text.printed.isoformat(), "position": position, "judgement": "wanted"}
    insert(bundle, "listed", row)


def _add_page(bundle: Bundle, text: Text, day: date, known: Mapping[str, str], *, refused: bool) -> None:
    """A page is asked for; what is known already brings nothing new."""
    url, sha256 = url_of(text), hashlib.sha256(repr(text[4:]).encode()).hexdigest()
    task = {"key": key(url), "kind": "detail", "url": url, "lane": text.portal, "method": "GET", "body": ""}
    task |= {"headers": "[]", "state": "{}", "column": 1, "priority": 1, "status": "done"}
    why = "blocked:403" if refused else "http-error" if text.kind == "error" else ""
    same = not why and known.get(key(url)) == sha256
    told = {"status": "failed", "reason": why} if why else {"reason": "unchanged"} if same else {}
    number = insert(bundle, "frontier", task | told)
    response = {"task": number, "key": key(url), "kind": "detail", "url": url, "method": "GET"}
    response |= {"status": 403 if refused else 500 if why else 304 if same else 200}
    response |= {"fetched": f"{day}T01:30:00+00:00"}
    response |= {"content_type": "text/html", "sha256": "" if why else sha256, "length": 1000}
    response |= {"warc": "1.warc.gz", "offset": number * 1000, "record_length": 1000}
    answer = insert(bundle, "responses", response)
    bundle.update("frontier", number, response=answer)
    if not why and not same:
        insert(bundle, "reports", _report(text, number, answer, sha256))


def _add_lost(bundle: Bundle, portal: str, day: date, page: str) -> None:
    """The crawl asks a report that is in no list any more, and it is gone."""
    task = {"key": page, "kind": "detail", "url": f"http://{portal}.example{page}", "lane": portal}
    task |= {"method": "GET", "body": "", "headers": "[]", "state": "{}", "priority": 1}
    number = insert(bundle, "frontier", task | {"status": "failed", "reason": "not-found"})
    response = {"task": number, "key": page, "kind": "detail", "url": task["url"], "method": "GET"}
    response |= {"status": 404, "fetched": f"{day}T01:40:00+00:00", "content_type": "text/html"}
    response |= {"warc": "1.warc.gz", "offset": number * 1000, "record_length": 1000}
    answer = insert(bundle, "responses", response | {"failure": "not-found"})
    bundle.update("frontier", number, response=answer)


def _report(text: Text, task: int, response: int, sha256: str) -> Mapping[str, object]:
    reading = _reading(text)
    cells = [(str(cell["id"]), str(cell["raw"])) for cell in reading["cells"]]  # type: ignore[attr-defined]
    sections = [str(section["text"]) for section in reading["sections"]]  # type: ignore[attr-defined]
    printed = text.printed and text.printed.isoformat()
    row = {"task": task, "response": response, "key": key(url_of(text)), "url": url_of(text)}
    row |= {"organ": text.organ or None, "year": text.year, "form": reading["form"], "title": text.title}
    row |= {"published": printed, "published_basis": "visible-date" if printed else "", "list_day": printed}
    row |= {"days": json.dumps({"visible-date": printed} if printed else {}), "source": ""}
    row |= {"reading": json.dumps(reading, ensure_ascii=False), "sha256": sha256, "carrier": "html"}
    row |= {"content_sha256": content_digest(str(reading["form"] or ""), cells, sections or [text.contents])}
    files = [{"url": f"http://{text.portal}.example/nb/{text.page}.pdf", "name": "年度报告.pdf"}]
    row |= {"attachments": json.dumps(files if text.kind == "file" else [], ensure_ascii=False)}
    return row | {"error": "carrier-not-read" if text.kind == "file" else ""}


def _reading(text: Text) -> Mapping[str, object]:
    """As `gxcrawl parse --jsonl` prints it, with few cells."""
    reading: dict[str, object] = {"source": "", "organ": text.organ or None, "year": text.year}
    reading |= {"organ_names": [text.organ] if text.organ else [], "title": text.title, "passed": 1}
    reading |= {"published": text.printed and text.printed.isoformat(), "problems": [], "error": None}
    reading |= {"published_basis": "visible-date" if text.printed else ""}
    if text.kind == "file":
        error = {"code": "carrier-not-read", "message": "正文只有附件或图片，尚未读取附件内容"}
        return reading | {"form": None, "sections": [], "cells": [], "findings": [], "error": error}
    findings = list(_findings(text))
    cell = {"id": "t3.received.total", "value": text.cases, "raw": str(text.cases), "state": "ok"}
    words = f"本年度新收政府信息公开申请{text.cases}件，详见{text.contents}。"
    words += CORRECTION if text.kind == "correction" else ""
    section = {"number": 1, "heading": "一、总体情况", "text": words}
    reading |= {"form": "2021", "sections": [section], "cells": [cell | {"place": "table 2 row 4 column 8"}]}
    return reading | {"findings": findings}


def _findings(text: Text) -> Iterator[Mapping[str, object]]:
    if text.kind == "broken":
        finding = {"check": "T3-BAL", "result": "fail", "severity": "error", "message": "勾稽关系不平"}
        finding |= {"cells": ["t3.received.total"], "expected": "5", "printed": str(text.cases)}
        yield finding | {"place": "", "version": 1}
