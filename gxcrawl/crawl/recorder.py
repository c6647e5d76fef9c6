"""Every answer goes to the archive before anybody reads it; what lies there already is not asked again."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from gxcrawl.archive.heads import as_bytes
from gxcrawl.archive.model import Capture, Headers, Stored
from gxcrawl.bundle.model import Task
from gxcrawl.clock import now
from gxcrawl.crawl.failures import Refused
from gxcrawl.crawl.run import Run
from gxcrawl.pages.address import lane

_ARCHIVED = "archived"
NOT_MODIFIED = 304


class _Middleware:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> _Middleware:
        return cls(crawler)

    @property
    def run(self) -> Run:
        run: Run = self.crawler.spider.run  # type: ignore[union-attr]
        return run


class Replay(_Middleware):
    """Downloader middleware: what was archived before a crash, or is replayed, is answered from there."""

    def process_request(self, request: Request) -> Response | None:
        if self.run.source is not None:
            stored = self.run.source.read(request.method, request.url, request.body)
            if stored is None:
                raise Refused("not-archived", f"{request.method} {request.url} is not in the archive")
            return _answer(request, stored, [])
        task: Task | None = request.meta.get("task")
        if task is None or task.response is None or request.meta.get("redirect_urls"):
            return None
        return _answer(request, self.run.stored(task.response), [_ARCHIVED])


def _answer(request: Request, stored: Stored, flags: list[str]) -> Response:
    """An archived answer as if it had just come; one without news has the body that it had."""
    request.meta["fetched"] = stored.fetched.isoformat()
    headers = [(name, as_bytes(value)) for name, value in stored.headers]
    status = 200 if stored.status == NOT_MODIFIED and stored.body else stored.status
    kind = responsetypes.from_args(url=stored.url, body=stored.body)
    return kind(stored.url, status=status, headers=headers, body=stored.body, flags=flags)


class Recorder(_Middleware):
    """Downloader middleware behind decompression and before everything else that looks at an answer."""

    def process_response(self, request: Request, response: Response) -> Response:
        if _ARCHIVED in response.flags:
            return response
        replayed = request.meta.get("fetched") if self.run.source is not None else None
        fetched = datetime.fromisoformat(replayed) if replayed else now()
        request.meta["fetched"] = fetched.isoformat()
        task: Task | None = request.meta.get("task")
        capture = Capture(
            url=response.url,
            method=request.method,
            request_headers=_headers(request),
            request_body=request.body,
            status=response.status,
            reason="",
            headers=_headers(response),
            body=response.body,
            fetched=fetched,
            ip=str(response.ip_address or ""),
            kind=request.meta.get("kind", ""),
        )
        try:
            self.run.record(capture, task.key if task else f"robots:{lane(response.url)}", task)
        except (OSError, sqlite3.Error) as error:
            raise Refused("cannot-write", stop(self.crawler, self.run, error)) from error
        return response


def stop(crawler: Crawler, run: Run, error: Exception) -> str:
    """What cannot be kept must not be gone on with: the run stops, and goes on when there is room again."""
    if not run.trouble:
        run.trouble = f"the archive cannot be written: {error}; make room or give another --archive"
        engine = crawler.engine
        assert engine is not None  # noqa: S101
        asyncio.ensure_future(engine.close_spider_async(reason="cannot-write"))  # noqa: RUF006
    return run.trouble


def _headers(message: Request | Response) -> Headers:
    return tuple(
        (name.decode("utf-8", "surrogateescape"), value.decode("utf-8", "surrogateescape"))
        for name, values in message.headers.items()
        for value in values
    )
