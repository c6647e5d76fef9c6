"""The archived answers of a crawl in which it looked for reports: what “未发布” rests on, as it came."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from html import escape
from typing import NamedTuple
from urllib.parse import unquote

from datasette import Request, Response

from gxcrawl.evidence.cleaning import safe_html
from gxcrawl.evidence.outline import find_cells
from gxcrawl.evidence.records import Archive
from gxcrawl.evidence.telling import moment, word
from gxcrawl.exports.text import is_web_address
from gxcrawl.site import asked
from gxcrawl.site.answers import WrongError, page
from gxcrawl.site.evidence import from_archive
from gxcrawl.site.report.archived import LONGEST, framed
from gxcrawl.site.site import Site, slowly

MOST = 200  # answers that are listed
PRINTED = 300_000  # characters of a source that are shown

_RUN = """
SELECT portals.name, started, verdict,
  (SELECT count(*) FROM responses WHERE run = runs.id AND kind = 'listing')
FROM runs JOIN portals ON portals.id = runs.portal WHERE runs.id = ? AND runs.portal = ?
"""
_ANSWERS = f"""
SELECT id, number, url, status, fetched FROM responses WHERE run = ? AND kind = 'listing'
ORDER BY number LIMIT {MOST}
"""
_ANSWER = """
SELECT id FROM responses WHERE run = ? AND kind = 'listing' AND number = ?
  AND run IN (SELECT id FROM runs WHERE portal = ?)
"""
_HEAD = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>存档的列表</title></head>
<body>
"""


class Answer(NamedTuple):
    id: int
    number: int  # in its run
    url: str
    status: int
    fetched: str


class Looked(NamedTuple):
    portal: str
    started: str
    verdict: str
    all_answers: int
    answers: list[Answer]


async def lists(site: Site, request: Request) -> Response:
    portal, run = unquote(request.url_vars["id"]), unquote(request.url_vars["run"])
    found = await site.ask(lambda connection: _looked(connection, portal, run))
    if found is None:
        raise WrongError("没有这次抓取。")
    shown = asked.number(request, "answer", range(1, 10**8), 0)
    chosen = next((one for one in found.answers if shown in (0, one.number)), None)
    if shown and chosen is None:
        raise WrongError(f"这次抓取列出的存档中没有第 {shown} 个。")
    record = await from_archive(site, lambda archive: archive.record(chosen.id)) if chosen else None
    context = {
        "found": found,
        "portal": portal,
        "run": run,
        "chosen": chosen,
        "record": record,
        "word": word,
        "moment": moment,
        "is_web": is_web_address,
    }
    return await page(site, request, "lists", context)


async def list_source(site: Site, request: Request) -> Response:
    about = unquote(request.url_vars["run"]), int(request.url_vars["number"]), unquote(request.url_vars["id"])
    return framed(await from_archive(site, lambda archive: "".join(_source(archive, *about)), slowly))


def _looked(connection: sqlite3.Connection, portal: str, run: str) -> Looked | None:
    row = connection.execute(_RUN, (run, portal)).fetchone()
    if row is None:
        return None
    name, started, verdict, all_answers = row
    answers = [Answer(*answer) for answer in connection.execute(_ANSWERS, (run,))]
    return Looked(name, started, verdict, all_answers, answers)


def _source(archive: Archive, run: str, number: int, portal: str) -> Iterator[str]:
    row = archive.connection.execute(_ANSWER, (run, number, portal)).fetchone()
    if row is None:
        raise WrongError("这次抓取没有这个列表页。")
    record = archive.record(row[0])
    body = archive.body(record) if record else None
    yield _HEAD
    if record is None or body is None:
        yield "<p>存档记录不在或已损坏，无法显示原文。</p>"
    elif len(body) > LONGEST:
        yield f"<p>这一页有 {len(body):,} 字节，太大，不在这里显示。</p>"
    else:
        yield from _shown(body, record.content_type)
    yield "\n</body>\n</html>\n"


def _shown(body: bytes, content_type: str) -> Iterator[str]:
    """A page as harmless HTML, with its source: out of that a program draws some lists."""
    parts = find_cells(body, content_type, ()).parts if "html" in content_type else ()
    pages = [part.page for part in parts if part.page is not None]
    for one in pages:
        yield safe_html(one, {})
        yield f"<details><summary>网页源代码</summary>{_printed(one.text)}</details>"
    if not pages:
        yield _printed(_plain(body))


def _plain(body: bytes) -> str:
    try:
        return json.dumps(json.loads(body), ensure_ascii=False, indent=1)
    except ValueError:
        return body.decode("utf-8", errors="replace")


def _printed(text: str) -> str:
    return f"<pre>{escape(text[:PRINTED])}</pre>"
