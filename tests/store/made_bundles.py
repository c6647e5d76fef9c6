"""Bundles as a crawl leaves them, without a crawl."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gxcrawl.bundle.bundle import Bundle
from gxcrawl.store.content import content_digest

ENTRY = {
    "name": "示例县政府网",
    "code": "990101",
    "family": "ucap",
    "hosts": ["shili.example"],
    "verified": False,
}


@dataclass
class Said:
    """What a page answers. A text is a report that holds it."""

    text: str = ""
    status: int = 200
    failure: str = ""
    task: str = "done"
    error: str = ""
    organ: str | None = "示例县财政局"
    year: int | None = 2023
    revisit: int = 0
    reading: Mapping[str, object] | None = None
    body: bytes | None = None
    parent: str = ""
    unmodified: bool = False  # the crawl found the body that it knew, and did not read it again


@dataclass
class Run:
    """One finished run. `lists`: address -> keys it showed; `broken`: lists not read to their end."""

    id: str
    portal: str = "shili"
    verdict: str | None = "healthy"
    lists: Mapping[str, list[str]] = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    pages: Mapping[str, Said] = field(default_factory=dict)
    decoys: tuple[str, ...] = ()


def time_of(run_id: str, minute: int) -> str:
    """Run ids in these tests are days: 2026-01-05."""
    return f"{run_id}T{8 + minute // 60:02}:{minute % 60:02}:00+00:00"


def reading_of(said: Said) -> Mapping[str, object]:
    if said.reading is not None:
        return said.reading
    cell = {
        "id": "t3.received.total",
        "value": 4,
        "raw": "4",
        "state": "ok",
        "place": "table 2 row 4 column 8",
    }
    problem = {"code": "R-MISSCOL", "message": "少一列", "place": "table 2"}
    finding = {"check": "T3-BAL", "result": "fail", "severity": "error", "message": "不平", "version": 1}
    finding |= {"cells": ["t3.received.total"], "expected": "5", "printed": "4", "place": ""}
    return {
        "source": "",
        "organ": said.organ,
        "organ_names": [said.organ] if said.organ else [],
        "year": said.year,
        "form": None if said.error else "2021",
        "title": "年度报告",
        "published": None,
        "published_basis": "",
        "sections": [] if said.error else [{"number": 1, "heading": "一、总体情况", "text": said.text}],
        "cells": [] if said.error else [cell],
        "problems": [problem],
        "findings": [] if said.error else [finding],
        "passed": 3,
        "error": {"code": said.error, "message": "读不了"} if said.error else None,
    }


def insert(bundle: Bundle, table: str, row: Mapping[str, object]) -> int:
    """A row; what it does not say is empty."""
    needed = {
        name: 0 if kind == "INTEGER" else ""
        for _, name, kind, must, default, key in bundle.all(f"PRAGMA table_info({table})")
        if must and default is None and not key
    }
    return bundle.insert(table, needed | dict(row))


def make_bundle(archive: Path, run: Run) -> Path:
    """Write the bundle of a run, with plain rows."""
    folder = archive / run.portal / run.id
    entry = json.dumps({"id": run.portal, **ENTRY}, ensure_ascii=False)
    row = {"id": run.id, "portal": run.portal, "entry": entry, "started": time_of(run.id, 0)}
    bundle = Bundle.create(folder, row | {"options": "{}", "version": "0.1.0"}, [])
    with bundle.transaction():
        for number, (url, keys) in enumerate(run.lists.items(), start=1):
            _add_list(bundle, run, number, url, keys)
        tasks: dict[str, int] = {}
        for minute, (key, said) in enumerate(run.pages.items(), start=1):
            _add_page(bundle, run, tasks, minute, (key, said))
    if run.verdict:
        bundle.finish(time_of(run.id, 600), run.verdict, "", [])
    bundle.close()
    return folder


def _add_list(bundle: Bundle, run: Run, number: int, url: str, keys: list[str]) -> None:
    complete = int(url not in run.broken)
    columns = {"id": number, "scope": "部门", "url": url, "found_by": "entry", "ways": "[]", "pages": 1}
    columns |= {"rows": len(keys), "wanted": len(keys), "stop_reason": "no-next", "complete": complete}
    insert(bundle, "listings", columns)
    for position, key in enumerate(keys):
        judgement = "decoy:notice" if key in run.decoys else "wanted"
        listed = {"listing": number, "key": key, "url": f"http://{key}", "title": "年度报告", "day": None}
        insert(bundle, "listed", listed | {"position": position, "judgement": judgement})


def _add_page(bundle: Bundle, run: Run, tasks: dict[str, int], minute: int, page: tuple[str, Said]) -> None:
    key, said = page
    listing = next((n for n, keys in enumerate(run.lists.values(), start=1) if key in keys), None)
    task = {
        "key": key,
        "kind": "attachment" if said.parent else "detail",
        "url": f"http://{key}",
        "lane": "shili",
    }
    task |= {"method": "GET", "body": "", "headers": "[]", "state": "{}", "priority": 1, "status": said.task}
    task |= {"column": listing, "parent": tasks.get(said.parent), "reason": said.failure}
    tasks[key] = insert(bundle, "frontier", task)
    body = said.text.encode() if said.body is None else said.body
    fine = said.status in (200, 304) and (not said.failure or said.task == "skipped")
    sha256 = hashlib.sha256(body).hexdigest() if fine else ""
    response = {"task": tasks[key], "key": key, "kind": task["kind"], "url": f"http://{key}", "method": "GET"}
    response |= {"status": said.status, "fetched": time_of(run.id, minute), "content_type": "text/html"}
    response |= {"etag": f'"{sha256[:6]}"' if fine else "", "last_modified": "", "sha256": sha256}
    response |= {"length": len(body), "warc": "00001.warc.gz", "offset": minute * 1000, "record_length": 900}
    number = insert(
        bundle, "responses", response | {"revisit": said.revisit, "failure": "" if fine else said.failure}
    )
    bundle.update("frontier", tasks[key], response=number)
    if fine and said.task == "done" and not said.unmodified:
        insert(bundle, "reports", _report(said, key, tasks[key], number, sha256))


def _report(said: Said, key: str, task: int, response: int, sha256: str) -> Mapping[str, object]:
    reading = reading_of(said)
    cells = [(cell["id"], cell["raw"]) for cell in reading["cells"]]  # type: ignore[attr-defined]
    texts = [section["text"] for section in reading["sections"]]  # type: ignore[attr-defined]
    content = content_digest(reading["form"], cells, texts)  # type: ignore[arg-type]
    row = {"task": task, "response": response, "key": key, "url": f"http://{key}", "organ": said.organ}
    row |= {"year": said.year, "form": reading["form"], "title": "年度报告", "days": "{}"}
    row |= {"published": reading["published"], "published_basis": reading["published_basis"]}
    row |= {"source": "", "reading": json.dumps(reading, ensure_ascii=False)}
    row |= {"sha256": sha256, "content_sha256": sha256 if said.error else content, "carrier": "html"}
    return row | {"attachments": "[]", "error": said.error}
