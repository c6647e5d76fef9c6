"""Search: words of two characters are found, whoever searches may filter, and nothing typed breaks it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gxcrawl.site.search import asking as rooms
from gxcrawl.site.search.asking import PAGE, Wanted, search_of
from gxcrawl.site.search.marking import marked, pieces_of
from gxcrawl.store.search import INDEX, spaced
from tests.site.conftest import Get, asking

WORDS = ("依申请", "平台", "街道", "投诉", "复议")
COMMON = (
    Wanted("公开"),
    Wanted("公开", year=2023),
    Wanted("政务 公开", kind="town"),
    Wanted("公开", section=5),
)
HOSTILE = [
    '"',
    "'; --",
    "\x00公开",
    "公开 AND",
    "NEAR(公 开)",
    "text:公开",
    "-公开",
    "公*",
    "(",
    "🀄",
    "𠮷",
    "　",
    "^公",
]

typed = st.one_of(
    st.text(st.characters(), max_size=30),
    st.text("公开信息申请\"'*()^:-+ 　，。<>&\0AND\ud800\U00020bb7é", max_size=40),
    st.text("公开 ", min_size=300, max_size=400),
)


@pytest.fixture
def database(demo: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(demo / "gxcrawl.db")) as connection:
        yield connection


def sections_with(connection: sqlite3.Connection, *words: str, where: str = "1 = 1") -> set[tuple[int, str]]:
    """Reports and headings, found by reading every text."""
    tables = "sections JOIN reports ON reports.id = report LEFT JOIN organs ON key = organ_key"
    query = (
        f"SELECT reports.id, heading, text FROM {tables} WHERE current = 1 AND same_as IS NULL AND {where}"  # noqa: S608
    )
    rows = connection.execute(query)
    return {(report, heading) for report, heading, text in rows if all(word in text for word in words)}


def all_pages(connection: sqlite3.Connection, wanted: Wanted) -> list[tuple[int, str]]:
    found, page = [], 1
    while hits := search_of(connection, wanted._replace(page=page)).hits:
        assert len(hits) <= PAGE
        found += [(hit.report, hit.heading) for hit in hits]
        page += 1
    return found


@pytest.mark.parametrize("word", WORDS)
def test_every_section_with_a_word_is_found_once_and_the_word_is_marked(
    get: Get, database: sqlite3.Connection, word: str
) -> None:
    there = sections_with(database, word)
    found = all_pages(database, Wanted(word))
    assert len(found) == len(set(found))
    assert set(found) == there
    page = get(f"/search?{urlencode({'q': word})}").text
    assert f"找到 {len(there)} 处" in page
    assert len(re.findall(r'<li>\s*<h2><a href="/report/\d+">', page)) == min(len(there), PAGE)
    assert len(re.findall(f"<mark>{word}</mark>", page)) >= min(len(there), PAGE)


def test_several_words_stand_in_the_same_section(database: sqlite3.Connection) -> None:
    assert set(all_pages(database, Wanted("依申请 投诉"))) == sections_with(database, "依申请", "投诉")


def test_filters_leave_what_was_asked_for(get: Get, database: sqlite3.Connection) -> None:
    for wanted, where in (
        (Wanted("公开", year=2022), "reports.year = 2022"),
        (Wanted("公开", area="991300"), "organs.code LIKE '9913%'"),
        (Wanted("公开", kind="subdistrict"), "organs.kind = 'subdistrict'"),
        (Wanted("公开", section=5), "sections.number = 5"),
        (
            Wanted("公开", 2023, "991301", "department", 1),
            "year = 2023 AND code = '991301' AND kind = 'department' AND number = 1",
        ),
    ):
        there = sections_with(database, "公开", where=where)
        assert there
        assert set(all_pages(database, wanted)) == there
    page = get("/search?q=公开&year=2022&section=5").text
    assert "全部地区、2022年度、全部机关的报告“五、存在的主要问题及改进情况”部分中" in page


@pytest.mark.parametrize("wanted", COMMON)
def test_a_word_in_nearly_all_sections_is_found_as_well_by_looking_through_the_reports(
    database: sqlite3.Connection, wanted: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_index = all_pages(database, wanted)
    monkeypatch.setattr(rooms, "RARE", 10)
    assert all_pages(database, wanted) == by_index
    assert search_of(database, wanted).looked is None


def test_who_searches_is_told_when_not_all_reports_were_looked_through(
    get: Get, database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "RARE", 10)
    monkeypatch.setattr(rooms, "REPORTS", 40)
    assert "只查了符合条件的最新 40 份报告" in get("/search?q=公开").text
    newest = {
        report
        for (report,) in database.execute("SELECT id FROM reports ORDER BY year DESC, id DESC LIMIT 40")
    }
    assert {report for report, _ in all_pages(database, Wanted("公开"))} <= newest


def test_more_than_anybody_reads_is_counted_no_further(
    get: Get, monkeypatch: pytest.MonkeyPatch, database: sqlite3.Connection
) -> None:
    monkeypatch.setattr(rooms, "MOST", 30)
    found = search_of(database, Wanted("公开", page=2))
    assert (found.total, found.more, len(found.hits)) == (30, True, 10)
    assert "找到 30 处以上" in get("/search?q=公开").text


def test_an_earlier_version_is_not_found(own_demo: Path) -> None:
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection:
        old, new = connection.execute(
            "SELECT old.id, new.id FROM reports AS old JOIN reports AS new USING (page)"
            " WHERE old.current = 0 AND new.current = 1"
        ).fetchone()
        _add_section(connection, old, "旧版里的鼍鼍字样")
        assert search_of(connection, Wanted("鼍鼍")).hits == []
        _add_section(connection, new, "新版里的鼍鼍字样")
        assert [hit.report for hit in search_of(connection, Wanted("鼍鼍")).hits] == [new]


def _add_section(connection: sqlite3.Connection, report: int, text: str) -> None:
    query = "INSERT INTO sections (report, number, heading, text) VALUES (?, 6, ?, ?)"
    section = connection.execute(query, (report, "六、<b>其他</b>", text)).lastrowid
    connection.execute(INDEX, (section, spaced(text)))


def test_nothing_that_a_report_says_runs_in_the_page(own_demo: Path) -> None:
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        report = connection.execute("SELECT max(id) FROM reports WHERE current = 1").fetchone()[0]
        connection.execute(
            "UPDATE reports SET title = '<img src=x onerror=alert(1)>' WHERE id = ?", (report,)
        )
        _add_section(connection, report, "前<script>alert(1)</script>鼍</mark>鼍后")
    page = asking(own_demo / "gxcrawl.db")("/search?q=鼍").text
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>其他" not in page
    assert page.count("<mark>鼍</mark>") == 2


@pytest.mark.parametrize(
    "query", [*HOSTILE, "a" * 10_000, "公 " * 5_000, "<script>alert(1)</script>", "%00%22"]
)
def test_nothing_that_somebody_types_is_an_error_or_runs(get: Get, query: str) -> None:
    answer = get(f"/search?{urlencode({'q': query})}")
    assert answer.status == 200
    assert "<script" not in answer.text
    assert "检索报告正文" in answer.text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed)
def test_whatever_is_typed_gives_an_answer(database: sqlite3.Connection, query: str) -> None:
    found = search_of(database, Wanted(query))
    assert len(found.hits) <= found.total <= 1000
    assert all(any(part.hit for part in hit.parts) for hit in found.hits)


@settings(max_examples=150, deadline=None)
@given(st.text("公开信息，。 \n申请ab<", max_size=300), typed)
def test_what_is_shown_stands_in_the_text_and_what_is_marked_in_the_query(text: str, query: str) -> None:
    pieces = pieces_of(query)
    parts = marked(text, pieces)
    signs = "".join(pieces).lower()
    for shown in "".join(part.text for part in parts).split("…"):
        assert shown in text
    for part in parts:
        if part.hit:
            assert all(sign in signs for sign in part.text.lower() if sign.isalnum())


def test_words_that_overlap_are_both_marked() -> None:
    parts = marked("推进政府信息公开工作", ["政府信息", "信息公开"])
    assert [part.text for part in parts if part.hit] == ["政府信息公开"]


def test_the_empty_page_explains_and_gives_examples_that_lead_on(get: Get) -> None:
    page = get("/search").text
    assert "可以查两个字的词" in page
    for link in re.findall(r'<a class="mark" href="([^"]+)"', page):
        assert get(unescape(link)).status == 200


@pytest.mark.parametrize(
    "query", ["year=abc", "area=110000", "kind=bank", "section=7", "section=0", "page=99999"]
)
def test_what_nobody_can_choose_is_refused_in_one_sentence(get: Get, query: str) -> None:
    answer = get(f"/search?q=公开&{query}")
    assert answer.status in (400, 404)
    assert "没有这一页" in answer.text
