"""Whoever reads “未发布” can look at the archived lists in which the report is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from gxcrawl.evidence.page import policy
from tests.site.conftest import Get
from tests.site.markup import assert_nothing_runs, one, said, tree
from tests.site.world import change

LISTS = "//a[starts-with(., '存档的列表')]/@href"


@pytest.fixture
def rows(demo: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(demo / "gxcrawl.db")) as connection:
        yield connection


def run_of(rows: sqlite3.Connection, portal: str) -> str:
    query = "SELECT id FROM runs WHERE portal = ? ORDER BY started DESC LIMIT 1"
    [found] = rows.execute(query, (portal,)).fetchone()
    return str(found)


def test_from_each_accusation_the_lists_are_one_click_away(get: Get, rows: sqlite3.Connection) -> None:
    query = "SELECT organ, year FROM duties WHERE status = 'missing' AND year = 2025 LIMIT 1"
    organ, year = rows.execute(query).fetchone()
    about = (organ, year)
    [finding] = rows.execute("SELECT id FROM findings WHERE organ_key = ? AND year = ?", about).fetchone()
    [alert] = rows.execute("SELECT id FROM alerts WHERE organ = ? AND year = ?", about).fetchone()
    for path in (f"/organ/{quote(organ, safe='')}/{year}", f"/finding/{finding}", f"/alert/{alert}"):
        [address] = tree(get(path).text).xpath(LISTS)
        assert get(address).status == 200


def test_every_page_of_the_lists_is_there_as_it_came(get: Get, rows: sqlite3.Connection) -> None:
    run = run_of(rows, "trs-table")
    query = "SELECT number FROM responses WHERE run = ? AND kind = 'listing' ORDER BY number"
    numbers = [number for (number,) in rows.execute(query, (run,))]
    page = tree(get(f"/health/trs-table/{run}").text)
    assert len(page.xpath("//ol/li/a")) == len(numbers) > 1
    titles = {said(tree(get(f"/health/trs-table/{run}/{number}").text)) for number in numbers}
    report = "SELECT title FROM reports WHERE portal = 'trs-table' AND current = 1 AND status = 'online'"
    listed = "".join(titles)
    assert all(title in listed for (title,) in rows.execute(report))


def test_a_chosen_page_is_shown_with_its_record(get: Get, rows: sqlite3.Connection) -> None:
    run = run_of(rows, "jpaas")
    page = tree(get(f"/health/jpaas/{run}?answer=3").text)
    assert one(page, "//iframe/@src") == f"/health/jpaas/{run}/3"
    assert one(page, "//iframe").get("sandbox") == ""
    [digest] = rows.execute("SELECT sha256 FROM responses WHERE run = ? AND number = 3", (run,)).fetchone()
    assert digest in said(page)
    assert "摘要相符" in said(page)


def test_a_list_that_is_no_page_is_shown_as_text(get: Get, rows: sqlite3.Connection) -> None:
    run = run_of(rows, "gkmlpt")
    assert "年度报告" in said(one(tree(get(f"/health/gkmlpt/{run}/3").text), "//pre"))


def test_nothing_in_the_frame_can_run_or_load(get: Get, rows: sqlite3.Connection) -> None:
    for portal, number in rows.execute("SELECT DISTINCT runs.portal, 2 FROM runs").fetchall():
        framed = get(f"/health/{portal}/{run_of(rows, portal)}/{number}")
        if framed.status == 404:
            continue
        assert framed.headers["content-security-policy"] == f"{policy()}; frame-ancestors 'self'; sandbox"
        assert_nothing_runs(framed.text)


def test_an_archive_that_says_something_else_is_no_evidence(own_demo: Path, rows: sqlite3.Connection) -> None:
    run = run_of(rows, "trs-table")
    get = change(own_demo, ("UPDATE responses SET sha256 = ? WHERE run = ?", ("0" * 64, run)))
    assert "摘要不符" in get(f"/health/trs-table/{run}").text
    assert "已损坏" in get(f"/health/trs-table/{run}/2").text


def test_what_is_not_there_is_not_found(get: Get, rows: sqlite3.Connection) -> None:
    run = run_of(rows, "jpaas")
    for path in (
        "jpaas/nothing",
        f"trs-table/{run}",
        f"trs-table/{run}/2",
        f"jpaas/{run}/1",
        "jpaas/%00'--/1",
    ):
        assert get(f"/health/{path}").status == 404
    assert get(f"/health/jpaas/{run}?answer=x").status == 400
