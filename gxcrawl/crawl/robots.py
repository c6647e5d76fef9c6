"""robots.txt by RFC 9309: what it forbids is not asked, and how slow it wants us we are."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser

from gxcrawl.crawl.failures import Refused
from gxcrawl.crawl.pace import slow_down
from gxcrawl.crawl.pages import page_of
from gxcrawl.pages.address import lane
from gxcrawl.pages.refusal import refusal

_FIRST = 1_000  # before everything that waits in the lane


class Robots:
    """Downloader middleware in place of Scrapy's, which takes a server error for a permission."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent: str = crawler.settings["USER_AGENT"]
        self._rules: dict[str, asyncio.Task[ProtegoRobotParser | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("robots"):
            return
        rules = await self._rules_for(request)
        if rules and not rules.allowed(request.url, self.agent):
            raise Refused("robots", f"robots.txt of {lane(request.url)} forbids {request.url}")

    async def _rules_for(self, request: Request) -> ProtegoRobotParser | None:
        """The rules of a lane, asked once; None allows everything."""
        name = lane(request.url)
        if name not in self._rules:
            asking = self._rules[name] = asyncio.ensure_future(self._ask(request))
            asking.add_done_callback(lambda done: self._forget_failure(name, done))
        return await asyncio.shield(self._rules[name])

    def _forget_failure(self, name: str, done: asyncio.Task[ProtegoRobotParser | None]) -> None:
        if done.cancelled() or done.exception():
            self._rules.pop(name, None)  # the next request of the lane asks again

    async def _ask(self, request: Request) -> ProtegoRobotParser | None:
        parts = urlsplit(request.url)
        url = f"{parts.scheme}://{parts.netloc}/robots.txt"
        question = Request(
            url,
            meta={"robots": True, "kind": "robots"},
            priority=_FIRST,
            callback=NO_CALLBACK,
            dont_filter=True,
        )
        try:
            answer = await self.crawler.engine.download_async(question)
        except Refused as error:
            if error.failure == "foreign":  # it redirects away: this host says nothing about robots
                return None
            raise
        return self._read(answer, url)

    def _read(self, answer: Response, url: str) -> ProtegoRobotParser | None:
        if answer.status >= 500:
            # Unreachable rules mean: nothing is allowed (RFC 9309, 2.3.1.4).
            blocked = refusal(page_of(answer))
            failure = blocked if blocked.startswith("blocked") else "http-error"
            raise Refused(failure, f"{url} answered {answer.status}, so we may not ask anything there now")
        if answer.status >= 400 or answer.body.lstrip()[:1] == b"<":  # an error page or the home page
            return None
        rules = ProtegoRobotParser.from_crawler(self.crawler, answer.body)
        if delay := rules.rp.crawl_delay(self.agent):
            slow_down(self.crawler, lane(url), float(delay))
        return rules
