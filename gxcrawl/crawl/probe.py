"""A few polite requests outside of a run: nothing is archived, nothing stored."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http.request import NO_CALLBACK

from gxcrawl.crawl.failures import failure_of
from gxcrawl.crawl.guard import GuardedResolver
from gxcrawl.crawl.pages import page_of
from gxcrawl.crawl.runner import project_settings
from gxcrawl.pages.model import Ask, Page
from gxcrawl.pages.refusal import refusal
from gxcrawl.portals.model import Portal

T = TypeVar("T")
MOST = 30  # requests of one probe


class ProbeError(Exception):
    """No page. The text begins with the class of the failure."""


Get = Callable[[Ask], Awaitable[Page]]


class ProbeSpider(Spider):
    """Runs one piece of work that fetches pages as it goes."""

    name = "probe"

    def __init__(self, portal: Portal, work: Callable[[Get], Awaitable[object]], **arguments: Any) -> None:
        super().__init__(**arguments)
        self.portal = portal
        self.work = work
        self.asked = 0
        self.result: object = None
        self.error: Exception | None = None

    async def start(self) -> AsyncIterator[Any]:
        try:
            self.result = await self.work(self.get)
        except Exception as error:  # told by probe(), where the caller can see it
            self.error = error
        nothing: tuple[Request, ...] = ()
        for request in nothing:  # Scrapy wants a generator
            yield request

    async def get(self, ask: Ask) -> Page:
        self.asked += 1
        if self.asked > MOST:
            raise ProbeError(f"budget: {MOST} requests led nowhere")
        request = Request(
            ask.url,
            method=ask.method,
            body=ask.body,
            headers=dict(ask.headers),
            callback=NO_CALLBACK,
            meta={"download_timeout": self.portal.timeout},
            dont_filter=True,
        )
        try:
            page = page_of(await self.crawler.engine.download_async(request))
        except Exception as error:
            name, words = failure_of(error)
            raise ProbeError(f"{name}: {words}") from error
        if refused := refusal(page):
            raise ProbeError(f"{refused}: {page.url} answered {page.status}")
        return page


def probe(portal: Portal, work: Callable[[Get], Awaitable[T]]) -> T:
    """The result of a piece of work that may fetch pages of one portal. Once in a process, and no more."""
    GuardedResolver.allow(portal.hosts)
    settings = project_settings(DOWNLOAD_DELAY=portal.delay)
    settings.set(
        "DOWNLOADER_MIDDLEWARES",
        {"gxcrawl.crawl.guard.Guard": 10, "gxcrawl.crawl.robots.Robots": 100}
        | {"gxcrawl.crawl.cookies.Cookies": 700}
        | {"scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None}
        | {"scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None},
    )
    process = AsyncCrawlerProcess(settings)
    crawler = Crawler(ProbeSpider, settings)
    process.crawl(crawler, portal=portal, work=work)
    process.start()
    spider = crawler.spider
    assert isinstance(spider, ProbeSpider)  # noqa: S101
    if spider.error is not None:
        raise spider.error
    return spider.result  # type: ignore[return-value]
