"""Many crawls in one process: one crawler for each portal, never two at once on the same host."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from gxcrawl.bundle.bundle import BundleError
from gxcrawl.crawl.loader import spider_class
from gxcrawl.crawl.open import BusyError, open_run
from gxcrawl.crawl.run import Counts, Run
from gxcrawl.pages.address import lane
from gxcrawl.portals.model import Portal
from gxcrawl.store import StoreError

AT_ONCE = 64  # portals
log = logging.getLogger(__name__)


class Crawled(NamedTuple):
    """One portal of a crawl. No run: it could not even begin, and the reason says why."""

    portal: Portal
    run: Run | None
    reason: str = ""


def project_settings(**changes: object) -> Settings:
    """gxcrawl.settings, wherever we are started; scrapy.cfg is only for the command scrapy."""
    settings = Settings()
    settings.setmodule("gxcrawl.settings", priority="project")
    settings.setdict({name: value for name, value in changes.items() if value is not None}, "cmdline")
    return settings


class Runner:
    """Crawls portals and tells about each as soon as it is done."""

    def __init__(self, settings: Settings, tell: Callable[[Crawled], None]) -> None:
        self.settings = settings
        self.tell = tell
        self.process = AsyncCrawlerProcess(settings)
        self.waiting: deque[deque[Portal]] = deque()
        self.open: dict[str, Crawled] = {}
        self.done = 0
        self.done_counts = Counts()

    def crawl(self, portals: Sequence[Portal]) -> None:
        """Returns when all of them are done, or when the user stopped it."""
        self.waiting.extend(deque(group) for group in by_host(portals))
        while self.waiting and len(self.open) < AT_ONCE:
            self._next(self.waiting.popleft())
        if self.open:
            self.process.start()

    def _next(self, group: deque[Portal]) -> None:
        """The next portal of a group; when it is empty, that of the next group."""
        while group or self.waiting:
            group = group or self.waiting.popleft()
            portal = group.popleft()
            try:
                run = open_run(portal, self.settings)
            except (BusyError, BundleError, StoreError, OSError, sqlite3.Error) as error:
                self.tell(Crawled(portal, None, str(error)))
                continue
            self._start(Crawled(portal, run), group)
            return

    def _start(self, crawled: Crawled, group: deque[Portal]) -> None:
        self.open[crawled.portal.id] = crawled
        crawler = Crawler(spider_class(crawled.portal), self.settings)
        task = self.process.crawl(crawler, run=crawled.run)

        def done(finished: asyncio.Task[None]) -> None:
            del self.open[crawled.portal.id]
            self.done += 1
            if crawled.run:
                self.done_counts.add(crawled.run.counts)
            error = None if finished.cancelled() else finished.exception()
            reason = f"{type(error).__name__}: {error}" if error else ""
            self.tell(crawled._replace(reason=reason or (crawled.run.trouble if crawled.run else "")))
            self._next(group)

        task.add_done_callback(done)


def by_host(portals: Sequence[Portal]) -> list[list[Portal]]:
    """Portals that share a host, in groups that are crawled one after the other."""
    groups: list[tuple[set[str], list[Portal]]] = []
    for portal in portals:
        lanes = {lane(f"{scheme}://{host}/") for host in portal.hosts for scheme in ("http", "https")}
        shared = [group for group in groups if group[0] & lanes]
        members = [one for _, group in shared for one in group]
        for group in shared:
            groups.remove(group)
            lanes |= group[0]
        groups.append((lanes, [*members, portal]))
    return [group for _, group in groups]
