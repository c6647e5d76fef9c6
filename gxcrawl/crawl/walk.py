"""The stop rules of a list read page by page: what was seen so far and one more page in, a turn out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gxcrawl.pages.model import Declared

STUB = 600  # bytes; deep pages that are shorter and list nothing are left-overs
MOST_BARREN = 30  # pages in a row without anything like a report: the list is about something else
CAP = 500  # pages of one list; no list of reports is that long


NOTHING = Declared()


@dataclass(frozen=True, slots=True)
class Walk:
    """What is known of a list before its next page is judged."""

    pages: int = 0
    rows: int = 0  # as printed
    first_row: str = ""  # of the page before
    declared: Declared = NOTHING
    barren: int = 0  # pages without a report since the last one that had one
    repeated: int = 0  # rows that a page before had, too: those pinned to every page


class ListPage(NamedTuple):
    """One page of a list, as far as the rules look at it."""

    keys: tuple[str, ...]  # its rows, each once
    new: int  # rows that no page before had
    declared: Declared
    size: int  # bytes
    gone: bool  # 404, 410
    has_next: bool
    barren: bool = False  # no row of it looks like a report
    promises: bool = False  # it shows that more follows, in a way that only a script can go
    was_named: bool = True  # by the page before; else we only counted on


class Turn(NamedTuple):
    stop: str = ""  # the reason; "" goes on
    complete: bool = False
    failure: str = ""
    counts: bool = True  # the page adds to the list


def advance(walk: Walk, page: ListPage) -> Walk:
    """The walk with a page that counts added to it. The largest size a list ever declared holds."""
    return Walk(
        pages=walk.pages + 1,
        rows=walk.rows + len(page.keys),
        first_row=page.keys[0] if page.keys else walk.first_row,
        declared=Declared(
            _larger(walk.declared.rows, page.declared.rows), _larger(walk.declared.pages, page.declared.pages)
        ),
        barren=walk.barren + 1 if page.barren else 0,
        repeated=walk.repeated + len(page.keys) - page.new,
    )


def judge(walk: Walk, page: ListPage) -> Turn:
    """Whether the list ends with this page, why, and whether that is its true end."""
    return _nothing_new(walk, page) or _after(advance(walk, page), page)


def _nothing_new(walk: Walk, page: ListPage) -> Turn | None:
    """The page adds nothing, so the list ended with the page before it."""
    if page.gone or (not page.keys and page.size < STUB and walk.pages):
        reason = "http-404" if page.gone else "stub-page"
        end = _end(reason, walk, counts=False)
        # Without a number that says so, a page that was named and is not there is no end of a list.
        lost = page.was_named and walk.declared == NOTHING
        return end._replace(complete=False, failure="listing-incomplete") if lost else end
    if page.new:  # a first row that stands on every page is only pinned there
        return None
    if page.keys and walk.pages and page.keys[0] == walk.first_row:
        end = _end("first-row-repeated", walk, counts=False, broken="listing-frozen")
        # The second page is the first one again, and nothing says that there is no more.
        frozen = walk.pages == 1 and page.was_named and walk.declared == NOTHING
        return end._replace(complete=False, failure="listing-frozen") if frozen else end
    return _end("no-new-url", walk, counts=False)


def _after(walk: Walk, page: ListPage) -> Turn:
    """The page is a part of the list: maybe its last one."""
    if _is_all(walk, page):
        return Turn("declared-total", complete=True)
    if _met(walk.pages, walk.declared.pages) and not page.has_next:
        return _end("last-page", walk)
    if not page.has_next:
        return _end("no-next", walk, promised=page.promises)
    if walk.pages >= CAP or walk.barren >= MOST_BARREN:
        return Turn("cap", failure="listing-incomplete")
    return Turn()


def _end(
    reason: str,
    walk: Walk,
    *,
    counts: bool = True,
    broken: str = "listing-incomplete",
    promised: bool = False,
) -> Turn:
    """The end of a list, unless the list itself declared or promised to be longer."""
    whole = _met(walk.rows - walk.repeated, walk.declared.rows) or _met(walk.pages, walk.declared.pages)
    complete = walk.pages > 0 and (whole or (walk.declared == NOTHING and not promised))
    return Turn(reason, complete, "" if complete else broken, counts)


def _met(count: int, declared: int | None) -> bool:
    return declared is not None and count >= declared


def _is_all(walk: Walk, page: ListPage) -> bool:
    """As many rows as declared. What a list prints twice it may count twice, but then nothing comes after."""
    if not page.has_next:
        return _met(walk.rows, walk.declared.rows)
    return walk.rows - walk.repeated == walk.declared.rows  # more: the number was that of something else


def _larger(one: int | None, two: int | None) -> int | None:
    return max((number for number in (one, two) if number is not None), default=None)
