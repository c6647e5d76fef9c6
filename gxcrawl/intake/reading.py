"""Reads a file that somebody saved, and holds what it says against what is said about it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from gxcrawl.crawl.reading import UNREAD, Article, Reading, read_article
from gxcrawl.documents.carriers import binary_carrier, is_markup
from gxcrawl.documents.charset import decode
from gxcrawl.intake.given import File, Given, RefusedError
from gxcrawl.intake.names import means
from gxcrawl.model import Narrative, ReadError, Report
from gxcrawl.pages.filenames import is_file
from gxcrawl.pages.model import Attachment, Marks, Page, Row
from gxcrawl.reader import read_report
from gxcrawl.registry.locality import Locality
from gxcrawl.show.jsonl import json_line
from gxcrawl.store.content import content_digest

HTML, TEXT, BINARY = "text/html", "text/plain", "application/octet-stream"
_HEAD = 65_536


def media_type(file: File) -> str:
    """Told from the bytes: names and programs that save pages lie."""
    if binary_carrier(file.data[:_HEAD]):
        return BINARY
    return HTML if is_markup(decode(file.data).text, file.name) else TEXT


def read_saved(file: File, given: Given, seen: datetime, here: Locality) -> Reading:
    """RefusedError: it is no report, or the report of another organ or year."""
    if not file.data.strip(b"\0 \t\r\n"):
        raise RefusedError(f"{file.name}: the file is empty; save the report once more")
    kind = media_type(file)
    reading = _unread(file, given) if kind == BINARY else _read(file, given, seen, kind)
    _hold_against(file, reading, given, here)
    return reading


def _read(file: File, given: Given, seen: datetime, kind: str) -> Reading:
    if kind == HTML and not is_file(given.url):
        page = Page(given.url, file.data, headers={"content-type": HTML})
        reading = read_article(Article(page, Row(given.url, ""), Marks(), seen))
        if not reading.reading:
            raise RefusedError(f"{file.name}: {_why_none(reading)}")
        return reading
    report = read_report(file.data, source=given.url, url=given.url, fetched_at=seen, content_type=kind)
    if report.error:
        raise RefusedError(f"{file.name}: {report.error.message}; add the file that holds the report itself")
    return _of_report(report, "html" if kind == HTML else "text")


def _why_none(reading: Reading) -> str:
    if reading.hop:
        return f"this is a frame around {reading.hop.url}; save that page and add it"
    if reading.failure:
        return f"this is no report but a page that refuses it ({reading.failure}); save the report itself"
    return f"this is no report ({reading.refused}); add the file that holds the report itself"


def _of_report(report: Report, carrier: str) -> Reading:
    cells = ((cell.id, cell.raw) for cell in report.cells.values())
    return Reading(
        reading=json_line(report),
        organ=report.organ,
        year=report.year,
        form=report.form,
        title=report.title,
        published=report.published,
        published_basis=report.narrative.published_basis,
        carrier=carrier,
        content_sha256=content_digest(report.form, cells, (section.text for section in report.sections)),
    )


def _unread(file: File, given: Given) -> Reading:
    """Kept as evidence; read when there is a reader for it."""
    report = Report(given.url, Narrative(), error=ReadError(UNREAD, "人工存入的文件，尚未读取文件内容"))
    return Reading(
        reading=json_line(report),
        title=file.name,
        carrier=binary_carrier(file.data[:_HEAD]),
        content_sha256=hashlib.sha256(file.data).hexdigest(),
        attachments=(Attachment(given.url, file.name),),
        error=UNREAD,
    )


def _hold_against(file: File, reading: Reading, given: Given, here: Locality) -> None:
    said = json.loads(reading.reading)
    names = said["organ_names"] or ([reading.organ] if reading.organ else [])
    if names and not means(given.organ, names, here):
        raise RefusedError(
            f"{file.name}: this is a report of {names[0]}, not of {given.organ}; correct --organ"
        )
    if reading.year and reading.year != given.year:
        raise RefusedError(
            f"{file.name}: this is the report of {reading.year}, not of {given.year}; correct --year"
        )
