"""Bytes in, a checked report out: the whole way through the rooms of the library."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from gxcrawl.checks import check_report
from gxcrawl.documents import UnreadableError, read_document, reread_document
from gxcrawl.model import Document, Narrative, ReadError, Report, Tables
from gxcrawl.report import read_narrative
from gxcrawl.tables import read_tables

ENOUGH = 0.95  # share of a form's cells that a page must give before nobody reads it again


def read_report(
    data: bytes | str,
    *,
    source: str = "",
    url: str | None = None,
    fetched_at: datetime | None = None,
    content_type: str | None = None,
) -> Report:
    """Read one report from the bytes (or the text) of its page or file, and check it.

    source is only a name for messages; url and fetched_at help to find the date of publication (a page that
    says 3天前 means three days before it was fetched). Nothing is raised for a bad input: `report.error`
    says why it is no readable report.
    """
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    try:
        document = read_document(data, source=source, content_type=content_type)
    except UnreadableError as error:
        return Report(source, Narrative(), error=ReadError(error.code, error.message))
    tables = read_tables(document)
    if document.carrier == "html" and _looks_damaged(tables):
        document, tables = _read_again(data, content_type, document, tables)
    narrative = read_narrative(document, tables, fetched_at=fetched_at, url=url)
    if isinstance(narrative, ReadError):
        return Report(source, Narrative(), problems=document.problems, error=narrative)
    report = Report(
        source,
        narrative,
        form=tables.form,
        cells=tables.cells,
        problems=(*document.problems, *tables.problems),
        labels=tables.labels,
    )
    checked = check_report(report)
    return Report(
        source,
        narrative,
        form=tables.form,
        cells=tables.cells,
        problems=report.problems,
        findings=checked.findings,
        passed=checked.passed,
        not_assessable=checked.not_assessable,
        labels=tables.labels,
    )


def _looks_damaged(tables: Tables) -> bool:
    """A form was begun and much of it is not there: the markup may be broken."""
    return tables.form is not None and tables.share < ENOUGH


def _read_again(
    data: bytes, content_type: str | None, document: Document, tables: Tables
) -> tuple[Document, Tables]:
    """The reading of whichever parser finds most of the form."""
    parsers: tuple[Literal["lxml", "html5lib"], ...] = ("lxml", "html5lib")
    for parser in parsers:
        other = reread_document(data, parser=parser, content_type=content_type)
        found = read_tables(other)
        if found.form is not None and found.share > tables.share:
            document, tables = other, found
        if not _looks_damaged(tables):
            break
    return document, tables
