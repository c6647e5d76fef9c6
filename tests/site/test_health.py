"""Health: whoever runs the crawl sees which portal is in trouble, since when, and what to do."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gxcrawl.alerts.rules import advice
from gxcrawl.health.judge import rules
from gxcrawl.health.words import class_in_chinese, stop_in_chinese
from gxcrawl.site.health.asking import WEEKS
from gxcrawl.site.health.wording import reason_in_chinese, week_words
from tests.site.conftest import Get, asking

Statement = tuple[str, tuple[str, ...]]
DAY = "2026-04-30T01:00:00+00:00"


def rows(folder: Path, query: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(folder / "gxcrawl.db")) as connection:
        return connection.execute(query).fetchall()


def change(folder: Path, *statements: Statement) -> Get:
    with closing(sqlite3.connect(folder / "gxcrawl.db")) as connection, connection:
        for statement, values in statements:
            connection.execute(statement, values)
    return asking(folder / "gxcrawl.db")


def run(portal: str, started: str, verdict: str, failure: str = "") -> Statement:
    """One more run."""
    values = f"{portal}{started}", portal, verdict, failure, started, started
    return (
        "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, '[]', 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, '', '', '')",
        values,
    )


def portal(key: str) -> tuple[Statement, Statement]:
    values = "VALUES (?, ?, '991301', 'trs', '[]', '{}', 0, ?)"
    return (f"INSERT INTO portals {values}", (key, f"<i>{key}", DAY)), run(key, DAY, "healthy")


def test_every_portal_is_there_with_its_reports_and_the_troubled_ones_come_first(
    get: Get, demo: Path
) -> None:
    page = get("/health").text
    order = re.findall(r'<a href="/health/([^"]+)">', page)
    latest = dict(rows(demo, "SELECT portal, verdict FROM runs ORDER BY started"))
    assert sorted(order) == sorted(latest)
    troubled = [latest[portal] != "healthy" for portal in order]
    assert troubled == sorted(troubled, reverse=True)
    assert troubled.count(True) == 2
    for portal, count in rows(demo, "SELECT portal, count(*) FROM reports WHERE current = 1 GROUP BY 1"):
        around = page[page.index(f"/health/{portal}") :]
        assert f"{count}" in re.split(r"</li>\s*<li>\s*<h3>|</tr>", around)[0]


def test_a_troubled_portal_says_what_is_wrong_and_what_to_do(get: Get, demo: Path) -> None:
    page = get("/health").text
    for (failure,) in rows(demo, "SELECT DISTINCT class FROM runs WHERE verdict <> 'healthy'"):
        assert class_in_chinese(failure) in page
        assert advice()[failure] in page
    assert "从来没有" in page


def test_the_page_of_a_portal_tells_its_runs_and_lists_in_chinese(get: Get, demo: Path) -> None:
    page = get("/health/fault-page-404").text
    query = "SELECT url, rows, stop_reason FROM listings WHERE run = ("
    query += "SELECT id FROM runs WHERE portal = 'fault-page-404' ORDER BY started DESC LIMIT 1)"
    lists = rows(demo, query)
    assert len(lists) == 2
    for url, count, stop in lists:
        assert url in page
        assert f'<td class="number">{count}' in page
        assert stop_in_chinese(stop) in page
    assert len(re.findall(r'<th scope="row"><a href="[^"]+">\d{4}-\d\d-\d\d</a></th>', page)) == 2
    assert "2 个列表中有 1 个读到一半失败：列表没有读到末尾，或比应有的短" in page
    assert "lists could not" not in page


def test_every_reason_of_a_verdict_has_chinese_words() -> None:
    for rule in rules():
        reason = rule.text.format(value=0.5 if "%" in rule.text else 2, leading="tls", lists=3, rows=40)
        assert reason_in_chinese(reason) != reason
        assert not re.search(r"[a-z]{2}", reason_in_chinese(reason))
    assert reason_in_chinese("something new") == "something new"


def test_the_last_weeks_are_a_strip_of_letters(own_demo: Path) -> None:
    """It is Friday, 1 May 2026; the demo's own runs are of that week."""
    get = change(
        own_demo,
        run("jeecms", "2026-03-10T01:00:00+00:00", "healthy"),
        run("jeecms", "2026-03-24T01:00:00+00:00", "failed", "dns"),
        run("jeecms", "2026-03-25T01:00:00+00:00", "healthy"),
        run("jeecms", "2026-03-31T01:00:00+00:00", "failed", "dns"),
        run("jeecms", "2026-04-02T01:00:00+00:00", "blocked", "blocked:403"),
        run("jeecms", "2026-04-07T01:00:00+00:00", "by-hand"),
    )
    page = get("/health/jeecms").text
    strip = re.findall(r'class="week week-([a-z-]+)" title="([^：]+)：', page)
    likes = [like for like, _ in strip]
    assert likes == ["healthy", "none", "mixed", "blocked", "none", "none", "none", "healthy"]
    assert [week for _, week in strip][2:4] == ["3月23日起一周，抓取2次", "3月30日起一周，抓取2次"]
    assert len(likes) == WEEKS
    assert len({word.letter for word in week_words().values()}) == len(week_words())


def test_days_since_the_last_good_run_are_counted(own_demo: Path) -> None:
    get = change(
        own_demo,
        ("DELETE FROM listings WHERE run LIKE 'trs-table-%'", ()),
        ("UPDATE runs SET started = '2026-04-20T16:30:00+00:00' WHERE id LIKE 'trs-table-202605%'", ()),
        run("trs-table", "2026-04-30T01:00:00+00:00", "failed", "timeout"),
    )
    page = get("/health/trs-table").text
    assert "2026-04-30（1 天前）" in page
    assert "2026-04-21（10 天前）" in page, "it was the next day in China"
    assert advice()["timeout"] in page
    assert "没有读到列表" in page


def test_what_somebody_put_in_by_hand_is_no_trouble(own_demo: Path) -> None:
    get = change(own_demo, ("UPDATE runs SET verdict = 'by-hand' WHERE portal = 'gkmlpt'", ()))
    page = get("/health").text
    assert "只有人工存入 1 个" in page
    assert "报告都是人工存入的" in get("/health/gkmlpt").text
    assert page.index("/health/gkmlpt") > page.index('id="by-hand"')


def test_many_portals_are_turned_over_in_pages(own_demo: Path) -> None:
    get = change(own_demo, *(statement for number in range(140) for statement in portal(f"p{number}")))
    first, second = (get(f"/health?page={page}").text for page in (1, 2))
    shown = [set(re.findall(r'href="/health/([^"?]+)"', page)) for page in (first, second)]
    assert len(shown[0]) == 100
    assert len(shown[1]) == 53
    assert not shown[0] & shown[1]
    assert "<i>" not in first
    assert "没有第 9 页" in get("/health?page=9").text


@pytest.mark.parametrize("path", ["/health/nobody", "/health/%3Cscript%3E", "/health/%00", "/health?page=x"])
def test_what_is_not_there_is_refused_in_one_sentence(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status in (400, 404)
    assert "没有这一页" in answer.text
    assert "<script" not in answer.text


def test_an_address_that_is_no_web_address_is_no_link(own_demo: Path) -> None:
    get = change(own_demo, ("UPDATE listings SET url = 'javascript:alert(1)' WHERE run LIKE 'jpaas-%'", ()))
    page = get("/health/jpaas").text
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page
