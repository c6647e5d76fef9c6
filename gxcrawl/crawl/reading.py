"""From the archived bytes of an article to what is kept of it. Pure, and done in another process."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from gxcrawl.documents.carriers import binary_carrier
from gxcrawl.model import Narrative, ReadError, Report
from gxcrawl.pages.attachments import pictures_of
from gxcrawl.pages.detail import read_detail
from gxcrawl.pages.filenames import is_file, safe_name
from gxcrawl.pages.model import Ask, Attachment, Detail, Marks, Page, Row
from gxcrawl.pages.refusal import refusal, refused_file
from gxcrawl.pages.shell import hop
from gxcrawl.pages.titles import UNRELATED, judge, title_facts
from gxcrawl.reader import read_report
from gxcrawl.show.jsonl import json_line
from gxcrawl.store.content import content_digest

UNREAD = "carrier-not-read"


class Article(NamedTuple):
    """What a worker gets."""

    page: Page
    row: Row
    marks: Marks
    fetched: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """What a worker gives back. Exactly one of failure, hop, reading and refused is set."""

    failure: str = ""  # no page of an article: soft-404, blocked:…
    hop: Ask | None = None  # a shell around another page
    refused: str = ""  # an article, but no report: why
    reading: str = ""  # the report, as `gxcrawl parse --jsonl` prints it
    organ: str | None = None
    year: int | None = None
    form: str | None = None
    title: str = ""
    published: date | None = None
    published_basis: str = ""
    days: Mapping[str, date] | None = None
    source: str = ""
    site_code: str = ""
    carrier: str = "html"
    content_sha256: str = ""
    attachments: tuple[Attachment, ...] = ()
    error: str = ""
    bare: bool = False  # neither title nor body


def read_article(article: Article) -> Reading:
    page = article.page
    if not _is_markup(page) or is_file(page.url):
        return _file(article)
    report = read_report(
        page.body,
        source=page.url,
        url=page.url,
        fetched_at=article.fetched,
        content_type=page.headers.get("content-type"),
    )
    # Where the tables of a report are, no other words on the page make it a refusal.
    if report.form is None and (failure := refusal(page)):
        return Reading(failure=failure)
    detail = read_detail(page, article.marks)
    if report.error and not detail.has_body and not detail.attachments and (ask := hop(page)):
        return Reading(hop=ask)
    return _article(article, report, detail)


def _is_markup(page: Page) -> bool:
    kind = page.headers.get("content-type", "").lower()
    head = page.body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") or "html" in kind or "xml" in kind or (not kind and b"<" in head)


def _file(article: Article) -> Reading:
    """A row that led straight to a file: kept as evidence, read when there is a reader for it."""
    page, row = article.page, article.row
    if failure := refused_file(page, row.title):
        return Reading(failure=failure)
    facts = title_facts(row.title)
    digest = hashlib.sha256(page.body).hexdigest()
    return Reading(
        reading=json_line(_unread(page.url, "页面直接给出文件，尚未读取文件内容")),
        organ=row.organ or facts.organ or None,
        year=facts.year,
        title=row.title,
        published=row.day,
        published_basis="list" if row.day else "",
        carrier=binary_carrier(page.body[:65_536]) or "file",
        content_sha256=digest,
        attachments=(Attachment(page.url, safe_name(row.title)),),
        error=UNREAD,
    )


def _article(article: Article, report: Report, detail: Detail) -> Reading:
    page, row = article.page, article.row
    title = report.title or detail.title or row.title
    if report.error and _is_bare(article, detail):
        return Reading(refused="neither title nor body", title=title, site_code=detail.site_code, bare=True)
    if report.error and not _is_report(row, detail):
        return Reading(refused=report.error.code, title=title, site_code=detail.site_code)
    if report.form is None and not detail.attachments:
        detail = replace(detail, attachments=pictures_of(page, article.marks))
    error = _why_unread(report, detail)
    if error == UNREAD:
        report = _unread(page.url, "正文只有附件或图片，尚未读取附件内容") if report.error else report
    facts = title_facts(row.title or title)
    published, basis = _published(report, detail, row)
    return Reading(
        reading=json_line(report),
        organ=report.organ or row.organ or detail.organ or facts.organ or None,
        year=report.year or facts.year,
        form=report.form,
        title=title,
        published=published,
        published_basis=basis,
        days=detail.days,
        source=detail.source,
        site_code=detail.site_code,
        content_sha256=_content(report, detail),
        attachments=detail.attachments,
        error=error,
    )


def _is_bare(article: Article, detail: Detail) -> bool:
    """Nothing of a report is there: no text, no file, no picture, and no title but that of the site."""
    if detail.has_body or detail.attachments or pictures_of(article.page, article.marks):
        return False
    promised = judge(article.row.title) == "wanted"
    return not detail.title or (promised and judge(detail.title) != "wanted")


def _is_report(row: Row, detail: Detail) -> bool:
    """A page that could not be read is a report all the same when the list or the page calls it one.

    What the page calls 文章详情 or after its site says nothing against it; another kind of report does.
    """
    judgements = {judge(title) for title in (row.title, detail.title) if title} - {UNRELATED}
    return "wanted" in judgements and not any(one.startswith("decoy") for one in judgements)


def _why_unread(report: Report, detail: Detail) -> str:
    """Empty for a report whose numbers were read, or that has none and no file which could hold them."""
    if report.form is None and detail.attachments:
        return UNREAD
    return report.error.code if report.error else ""


def _unread(source: str, why: str) -> Report:
    return Report(source, Narrative(), error=ReadError(UNREAD, why))


def _published(report: Report, detail: Detail, row: Row) -> tuple[date | None, str]:
    """The date that the publisher printed, wherever; the list's when the page has none."""
    basis = report.narrative.published_basis
    if report.published and not (basis == "url" and row.day):  # an address is not printed for people
        return report.published, basis
    for basis, day in (*detail.days.items(), *((("list", row.day),) if row.day else ())):
        if not basis.startswith("url"):
            return day, basis
    return None, ""


def _content(report: Report, detail: Detail) -> str:
    """Equal for the same report wherever and whenever it is published: no dates, no addresses, no page."""
    sections = [section.text for section in report.sections]
    if not sections and not report.cells:
        sections = [detail.title, *(attachment.url for attachment in detail.attachments)]
    return content_digest(report.form, ((cell.id, cell.raw) for cell in report.cells.values()), sections)
