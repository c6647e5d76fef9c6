"""Every answer goes to the archive before anybody reads it; what lies there already is not asked again."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from gxcrawl.archive.model import Capture, Headers
from gxcrawl.bundle.model import Task
from gxcrawl.crawl.run import Run
from gxcrawl.pages.address import lane

_ARCHIVED = "archived"


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
    """Downloader middleware: a task that was archived before a crash is answered from there."""

    def process_request(self, request: Request) -> Response | None:
        task: Task | None = request.meta.get("task")
        if task is None or task.response is None or request.meta.get("redirect_urls"):
            return None
        stored = self.run.stored(task.response)
        request.meta["fetched"] = stored.fetched.isoformat()
        headers = [(name, value) for name, value in stored.headers]
        kind = responsetypes.from_args(url=stored.url, body=stored.body)
        return kind(stored.url, status=stored.status, headers=headers, body=stored.body, flags=[_ARCHIVED])


class Recorder(_Middleware):
    """Downloader middleware behind decompression and before everything else that looks at an answer."""

    def process_response(self, request: Request, response: Response) -> Response:
        if _ARCHIVED in response.flags:
            return response
        fetched = datetime.now(UTC)
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
        self.run.record(capture, task.key if task else f"robots:{lane(response.url)}", task)
        return response


def _headers(message: Request | Response) -> Headers:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    )
