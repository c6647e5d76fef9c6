"""The first page says what is watched, what is new, and how much time is left."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

import gxcrawl.site.site
from gxcrawl import clock
from gxcrawl.duties.words import status_words
from gxcrawl.store import open_store
from tests.site.conftest import Get, asking


def counted(demo: Path, query: str) -> int:
    with closing(sqlite3.connect(demo / "gxcrawl.db")) as connection:
        number: int = connection.execute(query).fetchone()[0]
        return number


def test_the_counts_are_those_of_the_database(get: Get, demo: Path) -> None:
    page = get("/").text
    organs = counted(demo, "SELECT count(DISTINCT organ) FROM duties")
    assert f"{organs} 个机关" in page
    for status in ("on_time", "missing", "late", "unknown"):
        count = counted(demo, f"SELECT count(*) FROM duties WHERE year = 2025 AND status = '{status}'")  # noqa: S608
        assert f"{status_words()[status].word} {count}</a>" in page


def test_the_season_counts_down_to_each_due_day(get: Get) -> None:
    clock.pretend(date(2026, 1, 21))
    assert "还有 10 天" in get("/").text
    clock.pretend(date(2026, 1, 31))
    assert "今天到期" in get("/").text
    clock.pretend(date(2026, 2, 1))
    assert "已过 1 天" in get("/").text


def test_the_news_of_yesterday_are_told_and_those_of_last_week_are_not(get: Get, demo: Path) -> None:
    opened = counted(
        demo,
        "SELECT count(*) FROM alert_events JOIN alerts ON alerts.id = alert WHERE stream = 'organ'"
        " AND what IN ('opened', 'reopened', 'closed') AND at >= '2026-04-29T16:00:00'",
    )
    assert opened > 12
    assert f"昨天以来共 {opened} 条" in get("/").text
    clock.pretend(date(2026, 5, 9))
    assert "没有新的告警" in get("/").text


def test_each_number_of_alerts_leads_to_as_many(get: Get) -> None:
    links = re.findall(r'href="(/alerts\?severity=[^"]+)">\S+ (\d+)</a>', get("/").text)
    assert len(links) == 3
    for address, count in links:
        assert f"<caption>{count} 条告警" in get(address).text


def test_a_portal_that_was_never_seen_whole_is_counted_apart(get: Get) -> None:
    told = re.search(r"(\d+) 个门户中 (\d+) 个最近一次抓取正常.*?(\d+) 个从未正常抓取", get("/").text, re.S)
    assert told is not None
    assert [int(number) for number in told.groups()] == [13, 11, 2]


def test_an_empty_database_has_a_first_page_too(tmp_path: Path) -> None:
    open_store(tmp_path / "new.db").close()
    answer = asking(tmp_path / "new.db")("/")
    assert answer.status == 200
    assert "先运行 <code>gxcrawl check</code>" in answer.text


def test_a_database_of_somebody_else_is_left_to_datasette(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY)")
    get = asking(tmp_path / "other.db")
    assert "things" in get("/").text
    assert get("/matrix").status == 404
    assert get("/other/things.json?_shape=array").text == "[]"
    assert "gxcrawl" not in get("/other/things").text
    long = get("/other.json?sql=select+length(hex(zeroblob(400000)))+as+n&_shape=array")
    assert long.text == '[{"n": 800000}]', "what strangers may ask is bounded for our databases only"
    words = get("/other.json?sql=select+escape_fts('公开')+as+q&_shape=array")
    assert json.loads(words.text) == [{"q": '"公开"'}]


def test_nothing_on_a_page_may_come_from_elsewhere_or_run_from_within(get: Get) -> None:
    for path in ("/", "/matrix", "/matrix?area=no"):
        answer = get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<script(?![^>]* src=)", answer.text)
        assert not re.search(r"<style|\sstyle=|\son\w+=", answer.text)
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", answer.text)


def test_a_question_that_takes_too_long_ends_in_a_sentence(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gxcrawl.site.site, "STEPS", 1)
    answer = asking(demo / "gxcrawl.db", settings={"sql_time_limit_ms": 0})("/matrix")
    assert answer.status == 503
    assert "时间限制" in answer.text


def test_what_was_dismissed_meanwhile_is_no_news(own_demo: Path) -> None:
    get = asking(own_demo / "gxcrawl.db")
    before = re.search(r"昨天以来共 (\d+) 条", get("/").text)
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        (number,) = connection.execute(
            "SELECT max(id) FROM alerts WHERE stream = 'organ' AND state = 'open'"
            " AND opened_at >= '2026-04-30'"
        ).fetchone()
        connection.execute("UPDATE alerts SET state = 'dismissed' WHERE id = ?", (number,))
    page = get("/").text
    after = re.search(r"昨天以来共 (\d+) 条", page)
    assert before is not None
    assert after is not None
    assert int(after[1]) < int(before[1])
    assert f'href="/alert/{number}"' not in page


def test_a_new_version_and_a_copy_are_no_new_reports(get: Get, demo: Path) -> None:
    came = counted(
        demo,
        "SELECT count(*) FROM reports WHERE first_seen >= '2026-04-29T16:00:00' AND version = 1"
        " AND same_as IS NULL",
    )
    page = get("/").text
    shown = page[page.index("新见到的报告") :].split("</ul>")[0].count("<li>")
    assert shown == min(came, 12)
    assert counted(demo, "SELECT count(*) FROM reports WHERE first_seen >= '2026-04-29T16:00:00'") > came


def test_nobody_is_given_a_deadline_that_is_exempt(own_demo: Path) -> None:
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        connection.execute("UPDATE duties SET status = 'exempt', due = '2026-12-31' WHERE year = 2025")
    assert "2026-12-31" not in asking(own_demo / "gxcrawl.db")("/").text
