"""The rows of a list: which of them are reports, which are asked for, and why the others are not."""

from __future__ import annotations

import sqlite3

from gxcrawl.bundle.model import Task
from gxcrawl.crawl.policy import is_due, policy
from gxcrawl.crawl.run import Run
from gxcrawl.pages.address import allowed, key
from gxcrawl.pages.model import Page, Row
from gxcrawl.pages.titles import judge, title_facts

from .base import Family

MOST_UNCLEAR = 150  # rows of one list that are asked only to see what they are
TOO_MANY = "unclear title; too many of them in this list"


class Entries:
    def __init__(self, run: Run, family: Family) -> None:
        self.run = run
        self.bundle = run.bundle
        self.family = family

    def of(self, task: Task, page: Page) -> list[Row]:
        """The rows of a page, each address once."""
        if page.status >= 300:
            return []
        lists = [row["url"] for row in self.bundle.all("SELECT url FROM listings")]
        own = {key(url) for url in (page.url, task.ask.url, *lists)}  # an empty href leads back to the list
        rows = {self.key(row.url): row for row in reversed(self.family.rows(page, task.ask))}
        return [row for name, row in reversed(rows.items()) if name not in own]

    def key(self, url: str) -> str:
        """Keys know no hosts: a page of somebody else never stands for one of ours with the same path."""
        return key(url) if allowed(url, self.run.portal.hosts) else url

    def count_new(self, listing: int, keys: tuple[str, ...]) -> int:
        query = "SELECT 1 FROM listed WHERE listing = ? AND key = ?"
        return sum(self.bundle.one(query, listing, one) is None for one in keys)

    def keep(self, task: Task, page: Page, listing: sqlite3.Row, rows: list[Row], organ: str) -> None:
        """Note what the list shows, and queue the pages behind it. `organ`: whose own list it is."""
        unclear = self.bundle.one(
            "SELECT count(*) FROM listed WHERE listing = ? AND judgement = 'unclear'", listing["id"]
        )[0]
        for position, row in enumerate(rows, listing["rows"]):
            judgement = judge(row.title)
            unclear += judgement == "unclear"
            self._note(listing["id"], row, position, judgement)
            named = row if row.organ or not organ else row._replace(organ=organ)
            reason = judgement if judgement.startswith("decoy") else ""
            if judgement == "unclear" and unclear > MOST_UNCLEAR:
                reason = TOO_MANY
            self._ask_for(task, page, named, reason)

    def left_out(self, listing: int) -> bool:
        """Whether there are rows that nobody looked at, though there may be reports among them."""
        query = 'SELECT 1 FROM frontier WHERE "column" = ? AND reason = ?'
        return self.bundle.one(query, listing, TOO_MANY) is not None

    def _note(self, listing: int, row: Row, position: int, judgement: str) -> None:
        day = row.day.isoformat() if row.day else None
        self.bundle.connection.execute(
            "INSERT INTO listed VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (listing, self.key(row.url), row.url, row.title, day, position, judgement),
        )

    def _ask_for(self, task: Task, page: Page, row: Row, reason: str) -> None:
        ask = self.family.detail(row, page)
        year = title_facts(row.title).year
        age = self.run.today.year - year if year else 0
        foreign = not allowed(ask.url, self.run.portal.hosts)
        priority = max(0, min(age, 99))  # the latest years first
        detail = Task(0, "detail", ask, task.listing, task.id, row, priority, foreign=foreign)
        reason = reason or self._why_not(detail, year)
        self.bundle.add(detail, status="skipped" if reason else "queued", reason=reason)

    def _why_not(self, detail: Task, year: int | None) -> str:
        options = self.run.options
        if detail.foreign:
            return "foreign: not on a host of the entry"
        if year and options.since and year < options.since:
            return f"before {options.since}"
        known = None if options.full else self.bundle.known(detail.key)
        return "" if known is None or is_due(known, self.run.today, policy()) else "known, not due yet"
