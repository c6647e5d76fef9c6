"""The page of an organ: its years side by side, what is wrong with them, and how to follow it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import feedparser
import pytest
from lxml import html

from tests.site.conftest import Get, asking

GRADES = ["error", "warn", "info"]
NASTY = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"


@pytest.fixture
def rows(demo: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(demo / "gxcrawl.db")) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def address(key: str) -> str:
    return f"/organ/{quote(key, safe='')}"


def table_of(page: str) -> dict[str, dict[str, str]]:
    """Row -> year -> what stands there."""
    (table,) = html.fromstring(page).xpath("//table[@class='years']")
    years = [head.xpath("string(./a)") for head in table.xpath("./thead/tr/th")[1:]]
    return {
        row.xpath("string(./th)"): dict(
            zip(years, [" ".join(cell.text_content().split()) for cell in row.xpath("./td")], strict=True)
        )
        for row in table.xpath("./tbody/tr")
    }


def test_every_number_is_the_one_of_the_database(get: Get, rows: sqlite3.Connection) -> None:
    columns = {
        "本年新收申请": "t3_received_total",
        "上年结转": "t3_carried_in_total",
        "办理总计": "t3_handled_total",
        "结转下年度": "t3_carried_out_total",
    }
    keys = rows.execute(
        "SELECT organ_key FROM applications_panel GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 4"
    ).fetchall()
    compared = 0
    for (key,) in keys:
        table = table_of(get(address(key)).text)
        for row in rows.execute("SELECT * FROM applications_panel WHERE organ_key = ?", (key,)):
            for label, column in columns.items():
                shown, value = table[label][str(row["year"])], row[column]
                assert (
                    (shown.split(" ")[0] == str(value)) if value is not None else not re.match(r"\d", shown)
                )
                compared += 1
    assert compared > 60


def test_sums_are_made_only_of_cells_that_were_all_read(get: Get, rows: sqlite3.Connection) -> None:
    query = (
        "SELECT figures_2021.*, organ_key, year FROM reports JOIN figures_2021 ON report = id"
        " WHERE current = 1 AND same_as IS NULL AND organ_key IS NOT NULL AND year = 2025 LIMIT 40"
    )
    outcomes = set()
    for row in rows.execute(query).fetchall():
        parts = [row[name] for name in row.keys() if re.fullmatch(r"t3_refused_\w+_total", name)]  # noqa: SIM118
        assert len(parts) == 8
        shown = table_of(get(address(row["organ_key"])).text)["其中不予公开"][str(row["year"])]
        assert not shown.isdigit() if None in parts else shown == str(sum(parts))
        outcomes.add(shown.isdigit())
    assert outcomes == {True, False}


def test_a_blank_is_called_so_and_is_never_a_zero(get: Get, rows: sqlite3.Connection) -> None:
    key, year, state = rows.execute(
        "SELECT organ_key, year, state FROM reports JOIN cells ON cells.report = reports.id"
        " WHERE cells.id = 't3.carried_in.total' AND state IN ('blank', 'placeholder')"
        " AND organ_key IS NOT NULL AND current = 1 AND same_as IS NULL LIMIT 1"
    ).fetchone()
    shown = table_of(get(address(key)).text)["上年结转"][str(year)]
    assert shown.startswith({"blank": "空", "placeholder": "空（占位符）"}[state])
    assert "0" not in shown


def test_what_is_not_carried_over_is_marked_with_its_sentence(get: Get, rows: sqlite3.Connection) -> None:
    number, key, year, message = rows.execute(
        "SELECT id, organ_key, year, message FROM findings WHERE \"check\" = 'Y-CARRY' AND result = 'fail'"
        " AND severity = 'error' LIMIT 1"
    ).fetchone()
    page = get(address(key)).text
    table = table_of(page)
    assert "≠ 上年" in table["上年结转"][str(year)]
    assert "≠ 下年" in table["结转下年度"][str(year - 1)]
    (link,) = html.fromstring(page).xpath(f"//li[@id='carry-{year}']//a[@href='/finding/{number}']")
    assert link.text_content() == message


def test_another_column_that_is_not_carried_over_leaves_the_total_unmarked(
    get: Get, rows: sqlite3.Connection
) -> None:
    query = """SELECT id, organ_key, year FROM findings
      WHERE "check" = 'Y-CARRY' AND result = 'fail' AND NOT EXISTS (
        SELECT 1 FROM findings AS total JOIN cell_sets ON cell_sets.id = total.cells
        WHERE total.report = findings.report AND total."check" = 'Y-CARRY'
          AND cell_sets.cells LIKE '%"t3.carried_in.total"%'
      ) LIMIT 1"""
    number, key, year = rows.execute(query).fetchone()
    page = get(address(key)).text
    table = table_of(page)
    assert table["上年结转"][str(year)] == table["结转下年度"][str(year - 1)]
    assert table["上年结转"][str(year)].isdigit()
    assert html.fromstring(page).xpath(f"//li[@id='carry-{year}']//a[@href='/finding/{number}']")


def test_the_year_in_which_the_form_changed_is_marked(get: Get, rows: sqlite3.Connection) -> None:
    key, first = rows.execute(
        "SELECT organ_key, min(year) FILTER (WHERE form = '2021') FROM applications_panel GROUP BY 1"
        " HAVING count(DISTINCT form) = 2 LIMIT 1"
    ).fetchone()
    page = html.fromstring(get(address(key)).text)
    assert [head.xpath("string(./a)") for head in page.xpath("//th[contains(., '换表')]")] == [str(first)]
    (chart,) = [
        json.loads(figure.get("data-chart"))
        for figure in page.xpath("//figure[@data-chart]")
        if '"lines"' in figure.get("data-chart")
    ]
    assert [one["year"] for one in chart["breaks"]] == [str(first)]


def test_certain_findings_stand_apart_and_the_gravest_come_first(get: Get, rows: sqlite3.Connection) -> None:
    key, count = rows.execute(
        "SELECT findings.organ_key, count(*) FROM findings LEFT JOIN reports ON reports.id = report"
        " WHERE (report IS NULL OR (current = 1 AND same_as IS NULL)) AND findings.organ_key IS NOT NULL"
        " GROUP BY 1 HAVING count(DISTINCT result) = 2 ORDER BY 2 DESC LIMIT 1"
    ).fetchone()
    page = html.fromstring(get(address(key)).text)
    (section,) = page.xpath("//section[@aria-labelledby='findings']")
    results = dict(rows.execute("SELECT id, result FROM findings WHERE organ_key = ?", (key,)))
    told = 0
    for heading in section.xpath(".//h3"):
        links = heading.xpath("following-sibling::ul[1]//a/@href")
        ids = [int(link.rpartition("/")[2]) for link in links]
        assert {results[number] for number in ids} == {{"确定": "fail", "存疑": "uncertain"}[heading.text]}
        marks = heading.xpath("following-sibling::ul[1]//span[contains(@class, 'severity-')]/@class")
        grades = [GRADES.index(mark.rpartition("-")[2]) for mark in marks]
        assert grades == sorted(grades)
        told += len(ids)
    assert told == count


def test_what_somebody_dismissed_is_no_accusation_any_more(own_demo: Path) -> None:
    get = asking(own_demo / "gxcrawl.db")
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        number, key, year = connection.execute(
            "SELECT id, organ_key, year FROM findings WHERE \"check\" = 'Y-CARRY' AND result = 'fail' LIMIT 1"
        ).fetchone()
        assert "≠" in get(address(key)).text
        connection.execute(
            'INSERT INTO decisions (mark, "check", organ_key, year, decision, comment, who, at)'
            " SELECT mark, \"check\", organ_key, year, 'dismissed', '', 'x', '2026-04-30T00:00:00+00:00'"
            " FROM findings WHERE organ_key = ? AND \"check\" = 'Y-CARRY'",
            (key,),
        )
    page = get(address(key)).text
    assert "≠" not in page
    dismissed = html.fromstring(page).xpath("//h3[.='经人工排除']/following-sibling::ul[1]//a/@href")
    assert f"/finding/{number}" in dismissed
    assert year


def test_all_versions_are_there_with_the_day_they_were_seen_first(get: Get, rows: sqlite3.Connection) -> None:
    (key,) = rows.execute("SELECT organ_key FROM reports WHERE current = 0 LIMIT 1").fetchone()
    page = html.fromstring(get(address(key)).text)
    listed = page.xpath("//section[@aria-labelledby='versions']//th[@scope='row']/a/@href")
    known = rows.execute("SELECT id FROM reports WHERE organ_key = ?", (key,)).fetchall()
    assert sorted(listed) == sorted(f"/report/{number}" for (number,) in known)
    assert page.xpath("//td[contains(., '旧版')]")


def test_open_alerts_are_told_and_can_be_followed(get: Get, rows: sqlite3.Connection) -> None:
    key, number, message, code = rows.execute(
        "SELECT organ, alerts.id, message, code FROM alerts JOIN organs ON organs.key = organ"
        " WHERE stream = 'organ' AND state = 'open' LIMIT 1"
    ).fetchone()
    page = html.fromstring(get(address(key)).text)
    (link,) = page.xpath(f"//a[@href='/alert/{number}']")
    assert link.text_content() == message
    for path in (f"{address(key)}/feed.atom", f"/area/{code}/feed.atom"):
        assert page.xpath(f"//a[@href='{path}']")
        answer = get(path)
        assert answer.headers["content-type"] == "application/atom+xml"
        feed = feedparser.parse(answer.body)
        assert not feed.bozo
        assert message in {entry.content[0].value for entry in feed.entries}


def test_who_it_is_comes_from_the_registry(own_demo: Path) -> None:
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        key, other = (key for (key,) in connection.execute("SELECT key FROM organs ORDER BY key LIMIT 2"))
        connection.execute(
            "UPDATE organs SET status = 'registered', superior = ?, source = '名录.csv' WHERE key = ?",
            (other, key),
        )
        connection.execute(
            "INSERT INTO organ_names VALUES ('990303', '旧名局', ?, '旧名局', 'alias')", (key,)
        )
        connection.execute(
            "INSERT INTO organ_events (organ, kind, day, other, source)"
            " VALUES (?, 'merged', '2024-03-01', ?, '三定方案')",
            (other, key),
        )
    get = asking(own_demo / "gxcrawl.db")
    page = get(address(key)).text
    assert "名称未经确认：" not in page
    assert "旧名局" in page
    assert "名录.csv" in page
    assert html.fromstring(page).xpath(f"//dd/a[@href='{address(other)}']")
    assert "2024-03-01" in page
    assert "并入其他机关" in page
    assert "名称未经确认：" in get(address(other)).text


@pytest.mark.parametrize("key", ["990101:甲/乙局", "a b?c#d%2Fe", "..", "x/2025", "x/feed.atom"])
def test_any_key_can_be_linked_to(own_demo: Path, key: str) -> None:
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        connection.execute(
            "INSERT INTO organs (key, name, kind, level, code, core, scope, status, source, first_seen)"
            " VALUES (?, '甲乙局', 'department', 'county', '990303', 'x', '', 'registered', '', '2026')",
            (key,),
        )
    answer = asking(own_demo / "gxcrawl.db")(address(key) if key != ".." else "/organ/%2E%2E")
    assert answer.status == 200
    assert "<h1>甲乙局</h1>" in answer.text
    assert "没有见到过它的报告" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/organ/x", "/organ/%00", "/organ/%ff%fe", f"/organ/{quote(NASTY, safe='')}", "/organ/x/feed.atom",
     "/area/110000/feed.atom", "/area/%3Cscript%3E/feed.atom"],
)  # fmt: skip
def test_who_is_not_known_is_said_in_one_sentence(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status == 404
    assert "没有这一页" in answer.text
    assert "<script>alert" not in answer.text


def test_a_name_from_the_crawl_cannot_break_out_of_the_page_or_its_charts(own_demo: Path) -> None:
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        (key,) = connection.execute(
            "SELECT organ_key FROM applications_panel WHERE t3_received_total > 0 LIMIT 1"
        ).fetchone()
        connection.execute("UPDATE organs SET name = ? WHERE key = ?", (NASTY, key))
        connection.execute("UPDATE reports SET title = ?1 WHERE organ_key = ?2", (NASTY, key))
        connection.execute("UPDATE findings SET message = ?1 WHERE organ_key = ?2", (NASTY, key))
    page = html.fromstring(asking(own_demo / "gxcrawl.db")(address(key)).text)
    assert {script.get("src") for script in page.xpath("//script")} == {
        "/-/static-plugins/gxcrawl/echarts.min.js",
        "/-/static-plugins/gxcrawl/charts.js",
    }
    assert not page.xpath("//main//img")
    assert not page.xpath("//@style | //@*[starts-with(name(), 'on')] | //style")
    assert page.xpath("string(//h1)") == NASTY
    for figure in page.xpath("//figure[@data-chart]"):
        assert NASTY in figure.xpath("string(./figcaption)")
        json.loads(figure.get("data-chart"))
