"""Answers that every replica gives: pages, files, redirections, robots.txt, 404."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import unquote

from .files import TYPES, docx, pdf, png
from .markup import Head, document, file_name, foot, metas
from .model import Published, Reply, Request
from .shelf import Entry, Site

HTML = "text/html; charset=utf-8"


def page_reply(
    text: str,
    *,
    status: int = 200,
    encoding: str = "utf-8",
    content_type: str = HTML,
    tagged: bool = True,
    modified: date | None = None,
) -> Reply:
    """A page; `encoding` gb18030 with the usual `content_type` is a page that lies about its charset."""
    body = text.encode(encoding, "xmlcharrefreplace" if encoding != "utf-8" else "strict")
    return data_reply(body, content_type, status=status, tagged=tagged, modified=modified)


def data_reply(
    body: bytes, content_type: str, *, status: int = 200, tagged: bool = True, modified: date | None = None
) -> Reply:
    headers = [("Content-Type", content_type)]
    if tagged and status == 200:
        headers.append(("ETag", f'"{hashlib.sha256(body).hexdigest()[:20]}"'))
    if modified and status == 200:
        moment = datetime(modified.year, modified.month, modified.day, 9, 30, tzinfo=UTC)
        headers.append(("Last-Modified", format_datetime(moment, usegmt=True)))
    return Reply(body, status, tuple(headers))


def json_reply(text: str) -> Reply:
    return page_reply(text, content_type="application/json;charset=UTF-8", tagged=False)


def moved(location: str, status: int = 301) -> Reply:
    return Reply(b"", status, (("Location", location), ("Content-Type", HTML)))


def not_found(*, soft: bool = False) -> Reply:
    """An honest 404, or a page that says so with 200."""
    words = "您访问的页面不存在" if soft else "404 Not Found"
    text = f"<html><head><title>{words}</title></head><body><h1>{words}</h1></body></html>"
    return page_reply(text, status=200 if soft else 404, tagged=False)


def decoy_page(site: Site, entry: Entry) -> Reply:
    """What stands behind a decoy: words, no report. Asking for it is wasted politeness, not an error."""
    head = metas(site, Head(article=entry.title, day=entry.day, source=site.name))
    words = f"<h1>{escape(entry.title)}</h1><div>本页内容为{escape(entry.title)}，不涉及统计数据。</div>"
    return page_reply(document(head, entry.title, words + foot(site)))


def common_reply(site: Site, request: Request, decoy_rows: Iterable[Entry] = ()) -> Reply:
    """Whatever a replica does not answer itself: robots.txt, the viewer, images, decoys, else 404."""
    path = unquote(request.path)
    if path == "/robots.txt":
        return data_reply(b"User-agent: *\nDisallow: /admin/\n", "text/plain")
    if path == "/pdfjs/web/viewer.html":
        return page_reply("<html><head><title>PDF.js viewer</title></head><body></body></html>")
    if path == "/favicon.ico":
        return data_reply(png(), TYPES["png"])
    for entry in decoy_rows:
        if unquote(entry.path.partition("?")[0]) == path:
            return decoy_page(site, entry)
    return not_found()


def file_reply(report: Published, today: date, name: str) -> Reply | None:
    """A file of an article by its (still quoted) name; None when the article has no such file."""
    version = report.at(today)
    name = unquote(name)
    if version is None:
        return None
    if report.carrier == "tables-as-images" and name in {"t2.png", "t3.png", "t4.png"}:
        return data_reply(png(100 + 20 * int(name[1])), TYPES["png"])
    if report.carrier in {"html", "tables-as-images"} or name != file_name(report):
        return None
    ending = name.rpartition(".")[2]
    made = docx if ending == "docx" else pdf
    return data_reply(made(version.body.decode()), TYPES[ending])
