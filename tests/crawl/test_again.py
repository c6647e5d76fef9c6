"""A portal crawled again and again: little is asked, nothing is stored twice, and what vanishes is proven."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gxcrawl.crawl.policy import policy
from gxcrawl.samples.portals import Request, Served, serve
from gxcrawl.samples.portals.model import Reply
from gxcrawl.samples.portals.pages import page_reply
from tests.crawl.driving import Field
from tests.crawl.tiny import ALWAYS, LAST_YEAR, LIST, Nb, Usual, tiny

FIRST, LATER = date(2026, 2, 1), date(2026, 3, 1)
OLD = LAST_YEAR - policy().recent_years - 1
NEVER = date(9000, 1, 1)
REPORTS = (
    Nb(1, "示例县人民政府", seeds=((ALWAYS, 1),)),
    Nb(2, "示例县财政局", seeds=((ALWAYS, 2), (LATER, 12))),  # changed
    Nb(3, "示例县教育局", seeds=((ALWAYS, 3),), until=LATER),  # withdrawn
    Nb(4, "示例县民政局", seeds=((LATER, 4),)),  # new
    Nb(5, "示例县人民政府", seeds=((LATER, 1),)),  # the first one, published once more
    Nb(6, "示例县水务局", OLD, seeds=((ALWAYS, 6),)),
    Nb(7, "示例县司法局", OLD, seeds=((ALWAYS, 7),), until=LATER),  # old and withdrawn
)
DOWN = "the portal is down"


class Portal:
    """One served portal, its database, and whether it is down."""

    def __init__(self, folder: Path) -> None:
        self.state: set[str] = set()
        self.replica = tiny("again", self._change, reports=REPORTS)
        self.folder = folder

    def _change(self, request: Request, usual: Usual) -> Reply:
        if DOWN in self.state and request.path != "/robots.txt":
            return page_reply("<h1>502</h1>", status=502)
        return usual()

    def crawl(self, served: Served, field: Field) -> list[str]:
        """What was asked."""
        served.forget()
        field.crawl()
        return [seen.target for seen in served.requests("again")]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    """Six crawls; what was asked and what the database said after each."""
    portal = Portal(tmp_path_factory.mktemp("again"))
    told: dict[str, object] = {}
    with serve([portal.replica], today=FIRST) as served:
        field = Field(portal.folder, served)

        def crawl(name: str) -> None:
            asked = portal.crawl(served, field)
            seen = {one.target: one for one in served.requests("again")}
            reports = field.rows(
                "SELECT reports.*, pages.key FROM reports JOIN pages ON pages.id = page ORDER BY key, version"
            )
            told[name] = (asked, reports, field.verdict("again"), seen)

        crawl("first")
        crawl("unchanged")
        served.today = LATER
        portal.state.add(DOWN)
        crawl("down")
        portal.state.clear()
        crawl("later")
        told["later: bodies"] = bodies(field)
        crawl("last")
        portal.state.add(DOWN)
        crawl("down again")
        told["field"] = field
        yield told


def bodies(field: Field) -> list[tuple[str, int]]:
    """Each archived body with the number of records that hold it; pages about errors are not remembered."""
    query = (
        "SELECT sha256, count(*) FROM responses WHERE revisit = 0 AND length > 0 AND status < 500 GROUP"
        " BY sha256"
    )
    return [(row[0], row[1]) for row in field.rows(query)]


def states(story: dict[str, object], name: str) -> dict[str, list[tuple[int, int, str]]]:
    """Page -> version, whether it is current, and status of each of its reports."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for row in story[name][1]:  # type: ignore[index]
        found.setdefault(row["key"], []).append((row["version"], row["current"], row["status"]))
    return found


def page(number: int) -> str:
    return f"{LIST}{number}.html"


def test_the_first_crawl_finds_what_is_there(story: dict[str, object]) -> None:
    assert states(story, "first") == {page(number): [(1, 1, "online")] for number in (1, 2, 3, 6, 7)}


def test_a_second_crawl_asks_each_list_once_and_recent_reports_on_condition(story: dict[str, object]) -> None:
    asked, _, verdict, seen = story["unchanged"]  # type: ignore[misc]
    assert sorted(asked) == sorted(["/robots.txt", LIST, page(1), page(2), page(3)])
    assert verdict == ("healthy", "")
    for number in (1, 2, 3):
        assert seen[page(number)].status == 304
        assert "if-none-match" in seen[page(number)].headers
    assert states(story, "unchanged") == states(story, "first")


def test_no_body_is_archived_twice(story: dict[str, object]) -> None:
    assert all(count == 1 for _, count in story["later: bodies"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["down", "down again"])
def test_a_portal_that_is_down_changes_nothing(story: dict[str, object], name: str) -> None:
    before = {"down": "unchanged", "down again": "last"}[name]
    assert story[name][2] == ("failed", "http-error")  # type: ignore[index]
    assert states(story, name) == states(story, before)


def test_a_changed_report_gets_a_second_version_and_keeps_the_first(story: dict[str, object]) -> None:
    assert states(story, "later")[page(2)] == [(1, 0, "online"), (2, 1, "online")]


def test_a_new_report_is_found(story: dict[str, object]) -> None:
    assert states(story, "later")[page(4)] == [(1, 1, "online")]


def test_a_report_under_a_new_address_is_known_to_be_the_same(story: dict[str, object]) -> None:
    rows = {row["key"]: row for row in story["later"][1]}  # type: ignore[index]
    assert rows[page(5)]["same_as"] == rows[page(1)]["id"]


@pytest.mark.parametrize("number", [3, 7])
def test_what_vanished_is_gone_when_two_healthy_runs_missed_it(story: dict[str, object], number: int) -> None:
    assert states(story, "later")[page(number)] == [(1, 1, "online")]
    assert states(story, "last")[page(number)] == [(1, 1, "gone")]


def test_what_is_still_there_stays(story: dict[str, object]) -> None:
    for number in (1, 4, 5, 6):
        assert states(story, "last")[page(number)] == [(1, 1, "online")]


def test_full_asks_every_page_without_conditions_and_stores_nothing_twice(story: dict[str, object]) -> None:
    field = story["field"]
    assert isinstance(field, Field)
    with serve([tiny("again", reports=REPORTS)], today=LATER) as served:
        other = Field(field.folder, served)
        assert other.crawl().returncode == 0
        before = len(other.rows("SELECT 1 FROM reports"))
        served.forget()
        assert other.crawl("--full").returncode == 0
        seen = {one.target: one for one in served.requests("again")}
        assert set(seen) == {"/robots.txt", LIST, *(page(number) for number in (1, 2, 4, 5, 6))}
        assert all(one.status != 304 for one in seen.values())
        assert len(other.rows("SELECT 1 FROM reports")) == before
        assert all(count == 1 for _, count in bodies(other))
