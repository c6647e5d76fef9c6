"""Where a list ends and whether that is its true end: rule by rule, then against lists of any shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.crawl.walk import CAP, MOST_BARREN, ListPage, Turn, Walk, advance, judge
from gxcrawl.pages.model import Declared

LARGE = 20_000  # bytes of a whole page


def page(
    *keys: str,
    new: int | None = None,
    rows: int | None = None,
    pages: int | None = None,
    size: int = LARGE,
    gone: bool = False,
    more: bool = True,
    barren: bool = False,
) -> ListPage:
    return ListPage(keys, len(keys) if new is None else new, Declared(rows, pages), size, gone, more, barren)


def after(*pages: ListPage) -> Walk:
    walk = Walk()
    for one in pages:
        assert judge(walk, one) == Turn(), "the list should go on"
        walk = advance(walk, one)
    return walk


def counted_on(one: ListPage) -> ListPage:
    """A page that was asked for because its number comes next, not because anything named it."""
    return one._replace(was_named=False)


FIRST = page("a", "b")

ENDS = {
    "all declared rows": (after(page("a", "b", rows=3)), page("c", rows=3), Turn("declared-total", True)),
    "all declared pages": (
        after(page("a", pages=2)),
        page("b", pages=2, more=False),
        Turn("last-page", True),
    ),
    "all declared pages, but one more is named": (after(page("a", pages=2)), page("b", pages=2), Turn()),
    "all declared pages, but not all rows": (
        after(page("a", pages=2, rows=9)),
        page("b", pages=2, rows=9, more=False),
        Turn("last-page", True),
    ),
    "no further page": (after(FIRST), page("c", more=False), Turn("no-next", True)),
    "no further page, but rows declared": (
        after(page("a", "b", rows=9)),
        page("c", more=False, rows=9),
        Turn("no-next", False, "listing-incomplete"),
    ),
    "no further page, but pages declared": (
        after(page("a", "b", pages=3)),
        page("c", more=False),
        Turn("no-next", False, "listing-incomplete"),
    ),
    "the same page again": (
        after(FIRST, page("c")),
        page("c", new=0),
        Turn("first-row-repeated", True, "", False),
    ),
    "the first page in place of the second": (
        after(FIRST),
        page("a", "b", new=0),
        Turn("first-row-repeated", False, "listing-frozen", False),
    ),
    "the first page again, where one only counted on": (
        after(FIRST),
        counted_on(page("a", "b", new=0)),
        Turn("first-row-repeated", True, "", False),
    ),
    "the same page again, but more declared": (
        after(page("a", "b", rows=9)),
        page("a", "b", new=0, rows=9),
        Turn("first-row-repeated", False, "listing-frozen", False),
    ),
    "known rows in another order": (after(FIRST), page("b", "a", new=0), Turn("no-new-url", True, "", False)),
    "no rows": (after(FIRST), page(new=0), Turn("no-new-url", True, "", False)),
    "no rows, but more declared": (
        after(page("a", "b", pages=5)),
        page(new=0),
        Turn("no-new-url", False, "listing-incomplete", False),
    ),
    "a left-over": (after(FIRST), counted_on(page(size=200)), Turn("stub-page", True, "", False)),
    "a left-over in place of a page": (
        after(FIRST),
        page(size=200),
        Turn("stub-page", False, "listing-incomplete", False),
    ),
    "a left-over, but more declared": (
        after(page("a", "b", rows=9)),
        page(size=200),
        Turn("stub-page", False, "listing-incomplete", False),
    ),
    "not found": (after(FIRST), counted_on(page(gone=True)), Turn("http-404", True, "", False)),
    "a named page is not found": (
        after(FIRST),
        page(gone=True),
        Turn("http-404", False, "listing-incomplete", False),
    ),
    "not found, but more declared": (
        after(page("a", "b", pages=4)),
        page(gone=True),
        Turn("http-404", False, "listing-incomplete", False),
    ),
    "not found at all": (Walk(), page(gone=True), Turn("http-404", False, "listing-incomplete", False)),
    "nothing at all": (Walk(), page(size=100), Turn("no-new-url", False, "listing-incomplete", False)),
    "too long": (Walk(CAP - 1, 9_000, "x"), page("y"), Turn("cap", False, "listing-incomplete")),
    "about something else": (
        Walk(40, 400, "x", barren=MOST_BARREN - 1),
        page("y", barren=True),
        Turn("cap", False, "listing-incomplete"),
    ),
}


@pytest.mark.parametrize(("walk", "last", "turn"), ENDS.values(), ids=ENDS.keys())
def test_why_a_list_ends_and_whether_it_is_whole(walk: Walk, last: ListPage, turn: Turn) -> None:
    assert judge(walk, last) == turn


def test_a_list_that_only_a_script_can_follow_further_is_not_whole() -> None:
    last = page("a", "b", more=False)._replace(promises=True)
    assert judge(Walk(), last) == Turn("no-next", False, "listing-incomplete")
    assert judge(Walk(), last._replace(declared=Declared(2, None))) == Turn("declared-total", True)


def test_a_list_of_one_page_is_whole() -> None:
    assert judge(Walk(), page("a", more=False)) == Turn("no-next", True)
    assert judge(Walk(), page("a", rows=1)) == Turn("declared-total", True)
    assert judge(Walk(), page("a", pages=1, more=False)) == Turn("last-page", True)


def test_a_row_that_is_pinned_to_every_page_freezes_no_list() -> None:
    walk = after(page("top", "a"), page("top", "b", new=1), page("top", "c", new=1))
    assert judge(walk, page("top", "d", new=1, more=False)) == Turn("no-next", True)


def test_a_pinned_row_does_not_count_twice_towards_the_declared_total() -> None:
    """Four rows are declared and two pages print four, but one of them twice: the fourth is still to come."""
    walk = after(page("top", "a", rows=4), page("top", "b", new=1, rows=4))
    assert judge(walk, page("top", "c", new=1, rows=4, more=False)) == Turn("declared-total", True)


def test_rows_that_a_list_prints_twice_and_counts_twice_are_no_loss() -> None:
    walk = after(page("a", "b", rows=4))
    assert judge(walk, page("b", "c", new=1, rows=4, more=False)) == Turn("declared-total", True)


def test_the_largest_size_that_was_declared_holds() -> None:
    """A later page that declares less, or nothing, does not make a list end early."""
    walk = after(page("a", "b", rows=6), page("c", rows=3), page("d"))
    assert walk.declared.rows == 6
    assert judge(walk, page("e", rows=1, more=False)) == Turn("no-next", False, "listing-incomplete")


# --- lists of any shape ---


@dataclass(frozen=True)
class Server:
    """A list as a portal serves it: `shown` are the keys as printed, some of them twice."""

    shown: tuple[str, ...]
    per_page: int
    pinned: bool  # its first row stands on top of every page
    declares: str  # what it says about its size, truthfully
    always_next: bool  # there is a next page, also after the last one
    beyond: str  # what comes after the last page

    @property
    def parts(self) -> list[Sequence[str]]:
        rows = self.shown[1:] if self.pinned else self.shown
        cut = [rows[start : start + self.per_page] for start in range(0, len(rows), self.per_page)] or [()]
        return [(self.shown[0], *part) for part in cut] if self.pinned else cut

    def page(self, number: int, met: set[str]) -> ListPage:
        last = len(self.parts) - 1
        rows: Sequence[str] = self.parts[min(number, last)]
        gone = number > last and self.beyond == "404"
        size = 100 if number > last and self.beyond == "stub" else LARGE
        if number > last and self.beyond in ("404", "stub", "empty"):
            rows = ()
        if number > last and self.beyond == "first":
            rows = self.parts[0]
        keys = tuple(dict.fromkeys(rows))
        more = self.always_next or number < last
        return ListPage(keys, sum(key not in met for key in keys), self.declared, size, gone, more)

    @property
    def declared(self) -> Declared:
        sizes = {
            "rows": Declared(rows=len(set(self.shown))),
            "printed": Declared(rows=sum(len(dict.fromkeys(part)) for part in self.parts)),
            "pages": Declared(pages=len(self.parts)),
            "both": Declared(len(set(self.shown)), len(self.parts)),
        }
        return sizes.get(self.declares, Declared())


def walked(server: Server, most: int = 200) -> tuple[Turn, set[str]]:
    walk, met = Walk(), set[str]()
    for number in range(most):
        one = server.page(number, met)
        turn = judge(walk, one)
        if turn.counts:
            walk = advance(walk, one)
            met |= set(one.keys)
        if turn.stop:
            return turn, met
    raise AssertionError("the walk has no end")


@st.composite
def servers(draw: st.DrawFn) -> Server:
    count = draw(st.integers(1, 60))
    rows = [f"/{place}.html" for place in range(count)]
    for place in draw(st.sets(st.integers(0, count - 1), max_size=4)):  # some are printed twice in a row
        rows.insert(rows.index(f"/{place}.html"), f"/{place}.html")
    return Server(
        tuple(rows),
        draw(st.integers(2, 20)),
        draw(st.booleans()),
        draw(st.sampled_from(["", "rows", "printed", "pages", "both"])),
        draw(st.booleans()),
        draw(st.sampled_from(["404", "stub", "empty", "first", "last"])),
    )


def brings_news(server: Server) -> bool:
    """Each page has a row that those before it did not have."""
    met: set[str] = set()
    for part in server.parts:
        if met >= set(part):
            return False
        met |= set(part)
    return True


@given(servers().filter(brings_news))
def test_a_list_that_tells_the_truth_is_whole_and_all_of_its_rows_were_seen(server: Server) -> None:
    turn, met = walked(server)
    assert met == set(server.shown)
    # A pager that names more pages than there are: without a sure total it stays open whether that was all.
    printed_twice = server.declares == "printed" and len(server.parts) > 1
    broken_off = not server.declares and server.beyond in ("404", "stub")
    frozen = not server.declares and server.beyond in ("first", "last") and len(server.parts) == 1
    if not (server.always_next and (printed_twice or broken_off or frozen)):
        assert (turn.complete, turn.failure) == (True, "")


@given(servers().filter(lambda server: bool(server.declares)), st.data())
def test_a_list_that_breaks_off_is_never_taken_for_a_whole_one(server: Server, data: st.DataObject) -> None:
    """From some page on the server shows what comes beyond the end."""
    whole = server.parts
    kept = data.draw(st.integers(0, len(whole) - 1))
    walk, met = Walk(), set[str]()
    for number in range(200):
        one = server.page(number, met)
        if number >= kept:
            rows = () if server.beyond != "first" or not kept else tuple(dict.fromkeys(whole[0]))
            fresh = sum(key not in met for key in rows)
            one = one._replace(keys=rows, new=fresh, gone=server.beyond == "404", declared=Declared())
        turn = judge(walk, one)
        if turn.counts:
            walk = advance(walk, one)
            met |= set(one.keys)
        if turn.stop:
            break
    assert turn.complete == (met == set(server.shown) and kept > 0) or not turn.complete
    if turn.complete:
        assert met == set(server.shown)
    else:
        assert turn.failure
