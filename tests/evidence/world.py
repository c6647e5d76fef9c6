"""Runs with a true archive: every answer of a made bundle gets its record, every list its page."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from gxcrawl.archive.model import Capture
from gxcrawl.archive.write import ArchiveWriter
from gxcrawl.bundle.bundle import Bundle
from gxcrawl.reader import read_report
from gxcrawl.samples import Sample
from gxcrawl.show.jsonl import json_line
from tests.store.made_bundles import Run, Said, insert, make_bundle, time_of

LIST = "http://shili.example/list.html"


def said(sample: Sample, organ: str = "示例县财政局", year: int = 2024) -> Said:
    """The page of a report, as a crawl read it."""
    reading = json.loads(json_line(read_report(sample.data)))
    return Said(organ=organ, year=year, reading=reading, body=sample.data)


def archived_run(archive: Path, run: Run) -> Path:
    """The folder of its bundle."""
    folder = make_bundle(archive, run)
    bundle = Bundle.open(folder)
    bodies = {key: page.body or page.text.encode() for key, page in run.pages.items()}
    with ArchiveWriter(folder, run.portal, software="gxcrawl/test") as writer, bundle.transaction():
        for row in bundle.all("SELECT * FROM responses"):
            _record(bundle, writer, dict(row), bodies[row["key"]])
        for number, url in enumerate(run.lists, start=1):
            _list_page(bundle, writer, run, number, url)
    bundle.close()
    return folder


def _record(bundle: Bundle, writer: ArchiveWriter, row: dict[str, object], body: bytes) -> None:
    located = writer.write_response(
        Capture(
            url=str(row["url"]),
            method="GET",
            request_headers=(),
            request_body=b"",
            status=int(str(row["status"])),
            reason="",
            headers=(("Content-Type", "text/html"),),
            body=body,
            fetched=datetime.fromisoformat(str(row["fetched"])),
        )
    )
    place = {"warc": located.file, "offset": located.offset, "record_length": located.length}
    bundle.update("responses", int(str(row["id"])), **place, sha256=located.digest)


def _list_page(bundle: Bundle, writer: ArchiveWriter, run: Run, number: int, url: str) -> None:
    task = {"key": f"listing:{number}", "kind": "listing", "url": url, "column": number, "status": "done"}
    task |= {"lane": "shili", "method": "GET", "headers": "[]", "state": "{}"}
    asked = insert(bundle, "frontier", task)
    answer = {
        "task": asked,
        "key": task["key"],
        "kind": "listing",
        "url": url,
        "method": "GET",
        "status": 200,
    }
    answer |= {"fetched": time_of(run.id, number), "warc": "", "offset": -number}
    response = insert(bundle, "responses", answer)
    row = dict(bundle.one("SELECT * FROM responses WHERE id = ?", response))
    _record(bundle, writer, row, f"<ul>第{number}个列表，{run.id}</ul>".encode())
    bundle.update("frontier", asked, response=response)
