"""Alerts: found by what one looks for, the worst first, each with why, since when and on what it rests."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from gxcrawl.alerts.model import SEVERITIES, STATES
from gxcrawl.alerts.people import acknowledge, dismiss
from gxcrawl.alerts.rules import advice, rules
from gxcrawl.checks.catalogue import load_checks
from gxcrawl.clock import now
from gxcrawl.site.alerts.words import kinds, words
from gxcrawl.store import open_store
from tests.site.conftest import Get, asking

ROW = re.compile(r"<tr>\s*<td><span class=\"severity severity-(\w+)\">.*?/alert/(\d+)\".*?</tr>", re.S)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def rows(database: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query, values).fetchall()


def listed(page: str) -> list[tuple[str, int]]:
    """Severity and number of each alert on a page."""
    return [(severity, int(number)) for severity, number in ROW.findall(page)]


def whole_list(get: Get, query: str = "") -> list[tuple[str, int]]:
    found, number = list[tuple[str, int]](), 1
    while page := listed(get(f"/alerts?{query}&page={number}").text):
        found += page
        number += 1
    return found


@pytest.fixture
def database(demo: Path) -> Path:
    return demo / "gxcrawl.db"


def one_of_kind(database: Path, kind: str) -> int:
    number: int = rows(database, "SELECT min(id) FROM alerts WHERE kind = ?", kind)[0][0]
    return number


def test_what_is_not_over_comes_the_worst_first_on_pages_of_fifty(get: Get, database: Path) -> None:
    first = listed(get("/alerts").text)
    assert len(first) == 50
    found = whole_list(get)
    severities = [SEVERITIES.index(severity) for severity, _ in found]  # type: ignore[arg-type]
    assert severities == sorted(severities)
    there = "SELECT id FROM alerts WHERE stream = 'organ' AND state IN ('open', 'acknowledged', 'held')"
    assert sorted(number for _, number in found) == [number for (number,) in rows(database, there)]


def test_every_state_is_counted_and_leads_to_its_alerts(get: Get, database: Path) -> None:
    page = get("/alerts").text
    for state in STATES:
        [(count,)] = rows(database, "SELECT count(*) FROM alerts WHERE stream = 'organ' AND state = ?", state)
        assert re.search(rf'href="/alerts\?state={state}[^"]*"[^>]*>\w+ {count}</a>', page), state
        assert len(whole_list(get, f"state={state}")) == count


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("kind=T3-COL", "kind = 'T3-COL'"),
        ("severity=error", "severity = 'error'"),
        ("severity=warn", "severity IN ('error', 'warn')"),
        ("area=990303", "area = '990303'"),
        ("area=990300", "area LIKE '9903%'"),
        ("year=2025", "year = 2025"),
        ("year=2019", "year = 2019"),
        ("name=%E8%B4%A2%E6%94%BF", "organ IN (SELECT key FROM organs WHERE name LIKE '%财政%')"),
        ("area=990303&kind=P-LATE&year=2025", "area = '990303' AND kind = 'P-LATE' AND year = 2025"),
    ],
)
def test_a_filter_leaves_what_was_asked_for(get: Get, database: Path, query: str, condition: str) -> None:
    found = {number for _, number in whole_list(get, f"state=all&{query}")}
    there = rows(database, f"SELECT id FROM alerts WHERE stream = 'organ' AND {condition}")  # noqa: S608
    assert found == {number for (number,) in there}


def test_alerts_to_the_operator_are_a_list_of_their_own(get: Get, database: Path) -> None:
    found = {number for _, number in whole_list(get, "stream=crawler")}
    assert found == {number for (number,) in rows(database, "SELECT id FROM alerts WHERE stream = 'crawler'")}
    assert found


def test_an_area_has_its_feed(get: Get) -> None:
    assert 'href="/area/990303/feed.atom"' in get("/alerts?area=990303").text
    assert "feed.atom" not in get("/alerts").text


def test_an_alert_leads_from_its_sentence_to_the_marked_cell(get: Get, database: Path) -> None:
    number = one_of_kind(database, "T3-COL")
    page = unescape(get(f"/alert/{number}").text)
    [(message, organ, year)] = rows(database, "SELECT message, organ, year FROM alerts WHERE id = ?", number)
    assert message in page
    assert load_checks()["T3-COL"].meaning in page
    findings = rows(
        database,
        'SELECT id, report FROM findings WHERE organ_key = ? AND year = ? AND "check" = ?',
        *(organ, year, "T3-COL"),
    )
    assert findings
    for finding, report in findings:
        assert f'href="/finding/{finding}"' in page
        assert f'href="/finding/{finding}/archived"' in page
        assert f'href="/report/{report}"' in page
    code, _, name = organ.partition(":")
    assert re.search(rf'href="/organ/{code}[^"]+/{year}"', page), name
    assert "原文“" in page  # a cell, as it is printed
    assert "摘要相符" in page  # the archived answer is what it was


def test_who_is_missing_is_shown_with_the_lists_that_were_read(get: Get, database: Path) -> None:
    page = get(f"/alert/{one_of_kind(database, 'P-MISSING-LOCAL')}").text
    assert "读到末尾" in page
    assert "摘要相符" in page
    assert "/archived" not in page  # there is no report of which a page could be shown


def test_an_alert_to_the_operator_says_what_failed_and_what_to_do(get: Get, database: Path) -> None:
    query = "SELECT alerts.id, class FROM alerts JOIN runs ON runs.id = json_extract(evidence, '$.run')"
    for number, failure in rows(database, f"{query} WHERE alerts.kind = 'portal-unhealthy'"):
        page = unescape(get(f"/alert/{number}").text)
        assert failure in page
        assert advice()[failure] in page
        assert page.count("<h4>抓取 ") == 2


def test_the_history_tells_who_did_what_and_why(own_demo: Path) -> None:
    database = own_demo / "gxcrawl.db"
    number = one_of_kind(database, "T4-SUM")
    with open_store(database) as store, store.writing() as connection:
        acknowledge(connection, number, "张三", now())
        dismiss(connection, number, "统计口径不同", "李四", now())
    page = asking(database)(f"/alert/{number}").text
    assert "已排除" in page
    history = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page, re.S)
    assert [("李四" in row, "张三" in row, "统计口径不同" in row) for row in history] == [
        (True, False, True),
        (False, True, False),
        (False, False, False),
    ]


def test_one_alert_of_every_kind_has_its_page(get: Get, database: Path) -> None:
    for number, kind in rows(database, "SELECT min(id), kind FROM alerts GROUP BY kind"):
        answer = get(f"/alert/{number}")
        assert answer.status == 200
        assert kinds()[kind].title in answer.text


def test_every_kind_state_and_event_has_words() -> None:
    assert set(words().own) == set(rules().own)
    assert set(words().meanings) == set(STATES)
    assert set(words().floors) == set(SEVERITIES)
    known = "opened changed held resumed acknowledged dismissed closed reopened"
    assert set(words().events) == set(known.split())


@pytest.mark.parametrize("path", ["/alert/99999", "/alert/abc", "/alert/%EF%BC%91", "/alert/" + "9" * 400])
def test_an_alert_that_is_not_there_is_said_in_a_sentence(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status == 404
    assert re.search('<p class="lead">.*[一-龥].*。</p>', answer.text)


@pytest.mark.parametrize(
    "query",
    [
        *("state=over", "stream=both", "kind=%3Cscript%3E", "severity=bad", "year=99", "page=0", "page=1e9"),
        *("area=110000", "area=%27--", "year=%D9%A2%D9%A0%D9%A2%D9%A5"),
    ],
)
def test_what_nobody_can_choose_is_refused(get: Get, query: str) -> None:
    answer = get(f"/alerts?{query}")
    assert answer.status in (400, 404)
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "query", ["name=%00", "name=%25", "name=%3Cscript%3E", "name=%27%20OR%201", "page=999"]
)
def test_a_search_without_result_says_so(get: Get, query: str) -> None:
    answer = get(f"/alerts?{query}")
    assert answer.status == 200
    assert "<script>" not in answer.text


def test_nothing_from_outside_runs_on_these_pages(own_demo: Path) -> None:
    database = own_demo / "gxcrawl.db"
    number = one_of_kind(database, "T3-COL")
    with closing(sqlite3.connect(database)) as connection, connection:
        for change in (
            "UPDATE organs SET name = :evil WHERE key = (SELECT organ FROM alerts WHERE id = :id)",
            "UPDATE alerts SET message = :evil WHERE id = :id",
            "UPDATE alert_events SET message = :evil, who = :evil, note = :evil WHERE alert = :id",
            "UPDATE reports SET title = :evil, url = 'javascript:alert(1)'",
            "UPDATE findings SET message = :evil, printed = :evil",
        ):
            connection.execute(change, {"evil": HOSTILE, "id": number})
    get = asking(database)
    for path in ("/alerts", f"/alert/{number}"):
        page = get(path).text
        assert "alert(1)" in page
        assert "<script" not in page
        assert "<img" not in page
        assert not re.search(r'href="javascript:', page)
