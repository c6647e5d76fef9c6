"""The unknown start: of many portals only the host and a column's code are known, and columns move.

Three stages, each only when the one before led nowhere: the addresses that the family's templates give, the
family's own directory of columns, links from the home page. One list is searched for at a time, because what
leads to one (the name of a template) mostly leads to the others. All of it together stays within LIMIT
requests.
"""

from __future__ import annotations

import json
import sqlite3
from urllib.parse import urlsplit

from gxcrawl.bundle.bundle import Bundle
from gxcrawl.bundle.model import Task
from gxcrawl.crawl.run import Run
from gxcrawl.pages.address import allowed
from gxcrawl.pages.discover import leads
from gxcrawl.pages.model import Ask, Page
from gxcrawl.portals.model import Column

from .base import Family
from .lists import Lists

LIMIT = 30  # requests of one run that only look for lists
SURE = 3  # score of a link that is followed as a list of reports
MOST_LISTS = 12  # that one run takes from the home page
DEPTH = 2  # pages between the home page and the list


class Search:
    def __init__(self, run: Run, family: Family, lists: Lists) -> None:
        self.run = run
        self.family = family
        self.lists = lists

    @property
    def bundle(self) -> Bundle:
        return self.run.bundle

    def begin(self) -> None:
        """The lists of the entry, each with the first way to it queued."""
        for number, column in enumerate(self.run.portal.columns):
            ways = list(self.family.ways(self.run.portal, column))
            if not column.url:  # all of them are guesses
                ways = [way._replace(state={**way.state, "_search": True}) for way in ways]
            self.lists.open(
                column.url or (ways[0].url if ways else ""),
                ways,
                column=number,
                kind="list",
                scope=column.scope,
                year=column.year,
                found_by="entry",
            )
        if not self.run.portal.columns:
            self._discover()
        self.go_on()

    def no_list(self, task: Task, why: str) -> None:
        """A way led to no list (why: listing-empty, layout-changed, not-found)."""
        listing = self._listing(task.listing)
        if listing["status"] == "ended":
            return
        known_address = self._column(listing).url and not task.ask.state.get("_search")
        empty = why in ("listing-empty", "layout-changed")
        if empty and known_address and not json.loads(listing["ways"]):
            self.lists.end(listing["id"], f"failed:{why}", failure=why)
        elif listing["found_by"] == "child":
            self.lists.end(listing["id"], f"failed:{why}", failure="listing-empty")
        else:
            self.bundle.update("listings", listing["id"], status="search")
        self.go_on()

    def answered(self, task: Task, page: Page) -> None:
        """An answer of the family's directory: more ways, or none."""
        listing = self._listing(task.listing)
        found = self.family.found(page, task.ask, self.run.portal, self._column(listing))
        ways = [Ask(*way) for way in json.loads(listing["ways"])] + list(found)
        self.bundle.update("listings", listing["id"], ways=json.dumps(ways))

    def discovered(self, task: Task, page: Page) -> None:
        """A page between home and the lists: its links to lists are followed, else those to platforms."""
        found = [lead for lead in leads(page) if allowed(lead.url, self.run.portal.hosts)]
        columns = [lead for lead in found if lead.kind == "column" and lead.score >= SURE]
        for lead in columns[:MOST_LISTS]:
            if self._may_ask() and not self._is_listed(lead.url):
                ways = [Ask(lead.url, state={"_search": True})]
                self.lists.open(lead.url, ways, kind="list", scope=lead.text, found_by="discovery")
        depth = task.ask.state.get("depth", 0)
        if not columns and isinstance(depth, int) and depth < DEPTH:
            for lead in [lead for lead in found if lead.kind == "platform"][:4]:
                self._discover(lead.url, depth + 1)

    def go_on(self) -> None:
        """Take the next step for the one list that is searched for, unless a step is still under way."""
        while not self._under_way():
            listing = self.bundle.one("SELECT * FROM listings WHERE status = 'search' ORDER BY id LIMIT 1")
            if listing is None or self._step(listing):
                return

    def close(self) -> None:
        """The queue is empty: what was not found by now is not found."""
        found = self.bundle.one(
            "SELECT count(*) FROM listings WHERE found_by = 'discovery' AND status = 'ended' AND failure = ''"
        )[0]
        lost = self.bundle.all("SELECT * FROM listings WHERE status != 'ended'")
        for listing in lost:
            if found < len(lost):  # some of the lists are still missing, and nobody knows which
                self.lists.end(listing["id"], "failed:listing-not-found", failure="listing-not-found")
            else:
                moved = "moved" if self._column(listing).url and listing["found_by"] == "entry" else ""
                self.lists.end(listing["id"], "replaced", complete=not moved, failure=moved)

    # --- the stages ------------------------------------------------------------------------------

    def _step(self, listing: sqlite3.Row) -> bool:
        """Whether something was queued for this list; if not, its search is over."""
        ways = self._by_experience([Ask(*way) for way in json.loads(listing["ways"])])
        while ways and self._may_ask():
            way, ways = ways[0], ways[1:]
            self.bundle.update("listings", listing["id"], ways=json.dumps(ways))
            ask = way._replace(state={**way.state, "_search": True})
            if self.bundle.add(Task(0, "listing", ask, listing["id"])):
                return True
        if not listing["asked_directory"]:
            self.bundle.update("listings", listing["id"], asked_directory=1)
            asks = self.family.directory(self.run.portal, self._column(listing))
            added = [
                self.bundle.add(Task(0, "directory", ask, listing["id"])) for ask in asks if self._may_ask()
            ]
            return any(added) or self._step(self._listing(listing["id"]))
        self.bundle.update("listings", listing["id"], status="lost")
        self._discover()
        return False

    def _by_experience(self, ways: list[Ask]) -> list[Ask]:
        """First those that end like the address of a list that was found."""
        rows = self.bundle.all(
            "SELECT url FROM frontier WHERE kind = 'listing' AND status = 'done' AND \"column\" IN"
            " (SELECT id FROM listings WHERE pages > 0) AND json_extract(state, '$._search')"
        )
        good = {_template(row["url"]) for row in rows}
        return sorted(ways, key=lambda way: _template(way.url) not in good)

    def _discover(self, url: str = "", depth: int = 0) -> None:
        if self._may_ask():
            ask = Ask(url or self.run.portal.home, state={"depth": depth})
            self.bundle.add(Task(0, "discovery", ask))

    def _under_way(self) -> bool:
        query = (
            "SELECT 1 FROM frontier WHERE status IN ('queued', 'fetched') AND"
            " (kind = 'directory' OR (kind = 'listing' AND json_extract(state, '$._search')))"
        )
        return self.bundle.one(query) is not None

    def _may_ask(self) -> bool:
        query = (
            "SELECT count(*) FROM frontier WHERE kind IN ('directory', 'discovery')"
            " OR json_extract(state, '$._search')"
        )
        return int(self.bundle.one(query)[0]) < LIMIT

    def _listing(self, number: int | None) -> sqlite3.Row:
        row: sqlite3.Row = self.bundle.one("SELECT * FROM listings WHERE id = ?", number)
        return row

    def _column(self, listing: sqlite3.Row) -> Column:
        number = listing["column"]
        return Column(url=listing["url"]) if number is None else self.run.portal.columns[number]

    def _is_listed(self, url: str) -> bool:
        return self.bundle.one("SELECT 1 FROM listings WHERE url = ?", url) is not None


def _template(url: str) -> str:
    """The last part of an address: the name of the template that a list was made with."""
    return urlsplit(url).path.rpartition("/")[2]
