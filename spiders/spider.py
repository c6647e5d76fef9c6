"""The one spider. It asks what the frontier holds, lane by lane, and hands every answer to its reader."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from gxcrawl.bundle.model import Task
from gxcrawl.crawl.articles import Articles
from gxcrawl.crawl.failures import PASSING, failure_of
from gxcrawl.crawl.open import close_run, open_run
from gxcrawl.crawl.pace import LONGEST_PAUSE, back_off, retry_after
from gxcrawl.crawl.pages import page_of
from gxcrawl.crawl.readers import is_full
from gxcrawl.crawl.recorder import stop
from gxcrawl.crawl.run import Run
from gxcrawl.pages.address import lane
from gxcrawl.pages.model import Page
from gxcrawl.pages.refusal import refusal
from gxcrawl.portals.model import Portal
from gxcrawl.store import StoreError

from .base import Family
from .lists import Lists
from .search import Search
from .unlisted import ask_for_unlisted

TRIES = 3  # for one address in one run
PATIENCE = 5  # so many refusals of a lane in a row, and we leave it alone for this run


class PortalSpider(Spider):
    """Bound to a portal and its family by gxcrawl.crawl.loader."""

    portal: ClassVar[Portal]
    family: ClassVar[Family]

    def __init__(self, run: Run, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.run = run
        self.lists = Lists(run, self.family)
        self.search = Search(run, self.family, self.lists)
        self.articles = Articles(run, self.family.marks)
        self.lanes = sorted(
            {lane(f"{scheme}://{host}/") for host in self.portal.hosts for scheme in ("http", "https")}
        )
        self.asking: set[str] = set()  # lanes with a request on its way
        self.working: set[int] = set()  # tasks asked or being read
        self.paused: dict[str, float] = {}  # lane: until
        self.refusals: dict[str, int] = {}  # lane: blocked answers in a row
        self.news = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PortalSpider:
        run = kwargs.pop("run", None) or open_run(cls.portal, crawler.settings)
        return super().from_crawler(crawler, *args, run=run, **kwargs)

    async def start(self) -> AsyncIterator[Any]:
        with self.run.bundle.transaction():
            if not self.run.bundle.one("SELECT 1 FROM listings"):
                self.search.begin()
        while True:
            self.news.clear()
            for request in self._due():
                yield request
            wait = self._wait()
            if wait is None:
                if self._more():
                    continue
                return
            try:
                await asyncio.wait_for(self.news.wait(), wait)
            except TimeoutError:
                continue

    async def closed(self, reason: str) -> None:
        if reason == "finished":
            with self.run.bundle.transaction():
                self.search.close()
            try:
                await close_run(self.run, self.crawler.settings)
            except (OSError, sqlite3.Error, StoreError) as error:
                self.run.trouble = (
                    f"the run is whole but not in the database: {error}; crawl again to store it"
                )
                self.run.lock.close()
        else:
            self.run.leave()

    # --- what is asked ---------------------------------------------------------------------------

    def _due(self) -> list[Request]:
        """For each lane that is free, the request whose turn it is."""
        if is_full():
            return []
        now, requests = time.time(), []
        for name in self.lanes:
            if name in self.asking or self.paused.get(name, 0) > now:
                continue
            task = self.run.bundle.next_in(name, now, self.working)
            if task is None:
                continue
            if self.run.counts.requests >= self.portal.budget and task.response is None:
                self.run.spend_budget()
                continue
            self.asking.add(name)
            self.working.add(task.id)
            requests.append(self._request(task))
        return requests

    def _request(self, task: Task) -> Request:
        headers = dict(task.ask.headers) | self.run.conditions(task)
        return Request(
            self.run.address(task),
            method=task.ask.method,
            body=task.ask.body,
            headers=headers,
            callback=self.answered,
            errback=self.failed,
            meta={"task": task, "kind": task.kind, "download_timeout": self.portal.timeout},
            dont_filter=True,
        )

    def _wait(self) -> float | None:
        """Seconds until something may be due; None when all is done."""
        if is_full():
            return 0.1
        if self.working:
            return 1.0
        earliest = self.run.bundle.earliest()
        if earliest is None:
            return None
        earliest = max(earliest, min(self.paused.values(), default=0.0))
        return min(max(earliest - time.time(), 0.01), 5.0)

    def _more(self) -> bool:
        """What is asked when all lists are read."""
        with self.run.bundle.transaction():
            return ask_for_unlisted(self.run)

    # --- what came back --------------------------------------------------------------------------

    async def answered(self, response: Response) -> None:
        task: Task = response.meta["task"]
        self.asking.discard(task.lane)
        self.news.set()
        try:
            await self._take(task, response)
        except (OSError, sqlite3.Error) as error:
            stop(self.crawler, self.run, error)
        except Exception:
            self.logger.exception("%s: %s could not be taken in", self.name, response.url)
            self._give_up(task, "error")
        finally:
            self.working.discard(task.id)
            self.news.set()

    def failed(self, failure: Failure) -> None:
        if self.run.trouble:
            return  # the task is as it was, for the run that goes on
        task: Task = failure.request.meta["task"]  # type: ignore[attr-defined]
        name, words = failure_of(failure.value or RuntimeError("no reason is known"))
        if name == "foreign" and task.kind == "listing":  # only a redirect leads a list away
            name = "moved"
        self.asking.discard(task.lane)
        self._try_again(task, name, words)
        self.working.discard(task.id)
        self.news.set()

    async def _take(self, task: Task, response: Response) -> None:
        page = page_of(response)
        if response.status in (429, 503) and self._obey(task, response):
            return
        if response.status >= 500 and not (name := refusal(page)).startswith("blocked"):
            self._try_again(task, "http-error", f"{response.url} answered {response.status}")
            return
        name = "" if response.status in (304, 404, 410) else self._refused(task, page)
        if name:
            self._give_up(task, name)
        elif task.kind in ("listing", "directory", "discovery"):
            self._take_list(task, page)
        else:
            await self.articles.take(task, page, response.status, _fetched(response))

    def _take_list(self, task: Task, page: Page) -> None:
        with self.run.bundle.transaction():
            self.run.bundle.settle(task.id, "done")
            if task.kind == "directory":
                self.search.answered(task, page)
            elif task.kind == "discovery":
                self.search.discovered(task, page)
            elif why := self.lists.read(task, page):
                self.search.no_list(task, why)
            self.search.go_on()

    def _refused(self, task: Task, page: Page) -> str:
        """The class of an answer that is no page, counted for its lane."""
        name = (
            refusal(page) if task.kind in ("listing", "directory", "discovery") or page.status >= 400 else ""
        )
        if not name.startswith("blocked"):
            self.refusals[task.lane] = 0
            return "" if name == "not-found" else name
        self.refusals[task.lane] = self.refusals.get(task.lane, 0) + 1
        if self.refusals[task.lane] >= PATIENCE:
            self.run.leave_lane(task.lane, name)
        return name

    def _obey(self, task: Task, response: Response) -> bool:
        """Retry-After holds for the whole lane. False: there is none, or it is longer than a run lasts."""
        header = (response.headers.get("Retry-After") or b"").decode("latin-1")
        seconds = retry_after(header) if header else None
        if seconds is None or seconds > LONGEST_PAUSE or task.attempts + 1 >= TRIES:
            return False
        until = time.time() + seconds
        self.paused[task.lane] = until
        self.run.bundle.again(task.id, until, f"{response.status}, Retry-After {seconds:.0f} s")
        return True

    def _try_again(self, task: Task, name: str, words: str) -> None:
        if name in PASSING and task.attempts + 1 < TRIES:
            later = time.time() + back_off(task.attempts, self.portal.delay)
            self.run.bundle.again(task.id, later, f"{name}: {words}")
        else:
            self._give_up(task, name, words)

    def _give_up(self, task: Task, name: str, words: str = "") -> None:
        with self.run.bundle.transaction():
            reason = f"{name}: {words}" if words else name
            self.run.bundle.settle(task.id, "failed", reason)
            self.run.counts.problems += 1
            if task.kind == "listing":
                self._list_lost(task, name)
            self.search.go_on()

    def _list_lost(self, task: Task, name: str) -> None:
        """A guessed address may fail in many ways; for all others a failure is the list's own."""
        started = self.run.bundle.one("SELECT pages FROM listings WHERE id = ?", task.listing)["pages"]
        guess = not started and task.ask.state.get("_search") and name in ("http-error", "soft-404", "robots")
        if guess or (not started and name == "soft-404"):
            self.search.no_list(task, "not-found")
        else:
            self.lists.failed(task, name)


def _fetched(response: Response) -> datetime:
    return datetime.fromisoformat(response.meta["fetched"])
