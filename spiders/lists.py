"""The walk through the lists of a portal: rows to ask for, the next page, and why and where a list ended."""

from __future__ import annotations

import json
import re
import sqlite3

from gxcrawl.bundle.model import Task
from gxcrawl.crawl.run import Run
from gxcrawl.crawl.walk import NOTHING, ListPage, Turn, Walk, advance, judge
from gxcrawl.pages.address import allowed
from gxcrawl.pages.links import links_of
from gxcrawl.pages.metas import site_code
from gxcrawl.pages.model import Ask, Child, Declared, Page, Row
from gxcrawl.pages.more import promises_more
from gxcrawl.pages.shell import hop
from gxcrawl.pages.titles import judge as judge_title

from .base import Family
from .entries import Entries

GONE = (404, 410)
MOST_HOPS = 5  # from a first page without rows to the one that has them
MOST_CHILDREN = 400  # lists of one run that other lists name
UNSURE = 5  # a score that says nothing about the software
MANY_LINKS = 20


class Lists:
    """All lists of one run. Its state is the bundle's."""

    def __init__(self, run: Run, family: Family) -> None:
        self.run = run
        self.bundle = run.bundle
        self.family = family
        self.entries = Entries(run, family)

    def read(self, task: Task, page: Page) -> str:
        """Take in one page of a list. The answer is why this way leads to no list; empty when it does."""
        listing = self.bundle.one("SELECT * FROM listings WHERE id = ?", task.listing)
        if listing["status"] == "ended":
            return ""
        if self._is_foreign(page):
            self.end(listing["id"], "failed:hijacked", failure="hijacked")
            return ""
        rows = self.entries.of(task, page)
        walk = _walk(listing)
        if not walk.pages and page.status in GONE:
            return "not-found"
        if not walk.pages and not rows:
            return "" if self._through_shell(task, page, listing) else self._why_empty(page)
        if task.ask.state.get("_search") and not walk.pages and not _is_of_reports(rows):
            return "listing-empty"  # a guess that led to some other list
        return self._turn(task, page, listing, walk, rows)

    def end(self, listing: int, reason: str, *, complete: bool = False, failure: str = "") -> None:
        self.bundle.update(
            "listings", listing, status="ended", stop_reason=reason, complete=int(complete), failure=failure
        )

    def failed(self, task: Task, failure: str) -> None:
        """A page of a list could not be had, for good."""
        listing = task.listing or 0
        reason = str(task.ask.state.get("_instead") or f"failed:{failure}")
        if self._ask_otherwise(task, None, reason):
            return
        begun = self.bundle.one("SELECT pages FROM listings WHERE id = ?", listing)["pages"]
        partly = begun and not failure.startswith("blocked")
        self.end(listing, reason, failure="listing-incomplete" if partly else failure)

    def open(self, url: str, ways: list[Ask], **facts: object) -> int:
        """A new list, with the first of the ways to it queued."""
        first, rest = ways[:1], ways[1:]
        listing = self.bundle.insert(
            "listings",
            {"url": url, "status": "open" if first else "search", "ways": json.dumps(rest), **facts},
        )
        for ask in first:
            self.bundle.add(Task(0, "listing", ask, listing))
        return listing

    # --- one page --------------------------------------------------------------------------------

    def _turn(self, task: Task, page: Page, listing: sqlite3.Row, walk: Walk, rows: list[Row]) -> str:
        following = self.family.next(page, task.ask)
        keys = tuple(self.entries.key(row.url) for row in rows)
        facts = ListPage(
            keys=keys,
            new=self.entries.count_new(listing["id"], keys),
            declared=self.family.declared(page, task.ask),
            size=len(page.body),
            gone=page.status in GONE,
            has_next=following is not None,
            was_named=not self.family.counts_on and not _is_first(task.ask.url),
            barren=all(judge_title(row.title).startswith("decoy") for row in rows),
            promises=following is None and promises_more(page, walk.pages + 1),
        )
        turn = judge(walk, facts)
        instead = task.ask.state.get("_instead")
        if instead and not turn.counts:
            turn = turn._replace(stop=str(instead))
        in_doubt = not turn.counts and (turn.failure or walk.declared == NOTHING)
        if in_doubt and self._ask_otherwise(task, None if facts.gone else page, turn.stop):
            return ""
        if turn.counts:
            organ = listing["scope"] if "organ" in self._kinds_above(listing) else ""
            self.entries.keep(task, page, listing, rows, organ)
            self._note(listing["id"], advance(walk, facts))
        if not walk.pages:
            self._found(task, listing)
            self._open_children(task, page, listing)
        self._go_on(task, listing["id"], turn, following)
        return ""

    def _found(self, task: Task, listing: sqlite3.Row) -> None:
        searched = task.ask.state.get("_search") and not _hops(task)
        url = task.ask.url if searched else listing["url"]
        self.bundle.update("listings", listing["id"], status="open", url=url)

    def _why_empty(self, page: Page) -> str:
        """The software of the entry without rows, or some other one with links enough?"""
        links = links_of(page.tree, page.url) if page.tree is not None else ()
        other = self.family.detect(page).score <= UNSURE and sum(1 for _ in links) >= MANY_LINKS
        return "layout-changed" if other else "listing-empty"

    def _go_on(self, task: Task, listing: int, turn: Turn, following: Ask | None) -> None:
        if not turn.stop and following is not None:
            plain = {name: value for name, value in following.state.items() if name != "_instead"}
            if self.bundle.add(Task(0, "listing", following._replace(state=plain), listing, task.id)):
                return
            turn = Turn("no-new-url", failure="listing-incomplete")  # the pager runs in a circle
        failure = turn.failure or self._no_report(listing)
        if not failure and self.entries.left_out(listing):
            failure = "listing-incomplete"
        self.end(listing, turn.stop, complete=turn.complete and not failure, failure=failure)

    def _no_report(self, listing: int) -> str:
        """A column that the entry calls one of annual reports, and that has none, is not believed."""
        row = self.bundle.one("SELECT * FROM listings WHERE id = ?", listing)
        children = self.bundle.one("SELECT 1 FROM listings WHERE parent = ?", listing)
        doubtful = row["found_by"] == "entry" and row["rows"] == row["decoys"] and not children
        return "listing-empty" if doubtful else ""

    def _ask_otherwise(self, task: Task, page: Page | None, reason: str) -> bool:
        """In another form. When that adds nothing either, the list ended for the first reason."""
        other = self.family.otherwise(page, task.ask)
        if other is None:
            return False
        other = other._replace(state={**other.state, "_instead": reason})
        return self.bundle.add(Task(0, "listing", other, task.listing, task.id))

    def _through_shell(self, task: Task, page: Page, listing: sqlite3.Row) -> bool:
        """A first page without rows may name where they are: its data, its frame, its sub-lists."""
        hops = _hops(task)
        inner = self.family.next(page, task.ask) or self.family.otherwise(page, task.ask) or hop(page)
        if inner and hops < MOST_HOPS and allowed(inner.url, self.run.portal.hosts):
            if not hops and task.ask.state.get("_search"):
                self.bundle.update("listings", listing["id"], url=task.ask.url)
            through = inner._replace(state={**inner.state, "_hops": hops + 1, **_search(task)})
            if self.bundle.add(Task(0, "listing", through, listing["id"], task.id)):
                return True
        return self._open_children(task, page, listing)

    def _open_children(self, task: Task, page: Page, listing: sqlite3.Row) -> bool:
        """Lists below this one, no kind twice: an organ's column may have years, but no year has years.

        A page of nothing but them is a whole list without rows.
        """
        above = self._kinds_above(listing)
        children = [
            child
            for child in self.family.children(page, task.ask)
            if child.kind not in above and self._is_new_list(child)
        ]
        room = MOST_CHILDREN - self.bundle.one("SELECT count(*) FROM listings WHERE found_by = 'child'")[0]
        for child in children[: max(room, 0)]:
            self.open(
                child.url,
                [Ask(child.url)],
                parent=listing["id"],
                kind=child.kind,
                scope=listing["scope"] if "organ" in above or child.kind == "year" else child.title,
                year=child.year,
                found_by="child",
            )
        again = self.bundle.one("SELECT pages FROM listings WHERE id = ?", listing["id"])
        if len(children) > room:
            self.end(listing["id"], "cap", failure="listing-incomplete")
        elif children and not again["pages"]:
            self.end(listing["id"], "children", complete=True)
        return bool(children)

    def _kinds_above(self, listing: sqlite3.Row) -> set[str]:
        kinds = set()
        while listing["parent"] is not None:
            kinds.add(str(listing["kind"]))
            listing = self.bundle.one("SELECT * FROM listings WHERE id = ?", listing["parent"])
        return kinds

    def _is_new_list(self, child: Child) -> bool:
        if not allowed(child.url, self.run.portal.hosts):
            return False
        return self.bundle.one("SELECT 1 FROM listings WHERE url = ?", child.url) is None

    # --- the list as a whole ---------------------------------------------------------------------

    def _note(self, listing: int, walk: Walk) -> None:
        counts = self.bundle.one(
            "SELECT count(*), sum(judgement = 'wanted'), sum(judgement LIKE 'decoy%') FROM listed"
            " WHERE listing = ?",
            listing,
        )
        self.bundle.update(
            "listings",
            listing,
            pages=walk.pages,
            rows=counts[0],
            printed=walk.rows,
            wanted=counts[1] or 0,
            decoys=counts[2] or 0,
            declared_rows=walk.declared.rows,
            declared_pages=walk.declared.pages,
            last_first=walk.first_row,
            barren=walk.barren,
        )

    def _is_foreign(self, page: Page) -> bool:
        wanted = self.run.portal.site_code
        found = site_code(page) if wanted else ""
        return bool(wanted and found and found != wanted)


def _walk(listing: sqlite3.Row) -> Walk:
    declared = Declared(listing["declared_rows"], listing["declared_pages"])
    printed = listing["printed"]
    seen = (listing["pages"], printed, listing["last_first"], declared)
    return Walk(*seen, listing["barren"], printed - listing["rows"])


def _is_first(url: str) -> bool:
    """A link to page 1 is another name of the page where one begins."""
    return re.findall(r"\d+", url)[-1:] == ["1"]


def _hops(task: Task) -> int:
    """Pages between the one that was asked for and this one, none of which had rows."""
    hops = task.ask.state.get("_hops", 0)
    return hops if isinstance(hops, int) else 0


def _search(task: Task) -> dict[str, bool]:
    return {"_search": True} if task.ask.state.get("_search") else {}


def _is_of_reports(rows: list[Row]) -> bool:
    """A home page that answers for every unknown address may show some reports among its news."""
    judged = [judge_title(row.title) for row in rows]
    unrelated = sum(one.startswith("decoy") for one in judged)
    return "wanted" in judged and 3 * unrelated <= 2 * len(rows)
