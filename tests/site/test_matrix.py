"""The matrix: who reported when, found in a few clicks and taken away as a spreadsheet."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest

from gxcrawl.duties.words import status_words
from tests.site.conftest import Get
from tests.site.world import change, rows


@pytest.fixture
def missing(demo: Path) -> tuple[str, str, str, str]:
    """Key, name, code of an organ without its report of 2025, and why."""
    with closing(sqlite3.connect(demo / "gxcrawl.db")) as connection:
        found: tuple[str, str, str, str] = connection.execute(
            "SELECT organ, name, code, reason FROM duties JOIN organs ON key = organ"
            " WHERE year = 2025 AND duties.status = 'missing' LIMIT 1"
        ).fetchone()
        return found


def test_every_duty_of_an_area_is_a_lettered_cell(
    get: Get, missing: tuple[str, str, str, str], demo: Path
) -> None:
    code = missing[2]
    page = get(f"/matrix?area={code}").text
    with closing(sqlite3.connect(demo / "gxcrawl.db")) as connection:
        query = (
            "SELECT duties.status, count(*) FROM duties JOIN organs ON key = organ WHERE code = ? GROUP BY 1"
        )
        for status, count in connection.execute(query, (code,)):
            cells = re.findall(rf'<td class="status-{status}">.*?</td>', page)
            assert len(cells) == count
            assert all(f">{status_words()[status].letter}<" in cell for cell in cells)


def test_what_cannot_be_judged_leads_to_the_reasons_and_not_to_a_report(own_demo: Path) -> None:
    query = """SELECT organ, year, report, code FROM duties JOIN organs ON key = organ
      WHERE duties.status = 'on_time' AND report IS NOT NULL LIMIT 1"""
    [(organ, year, report, code)] = rows(own_demo, query)
    get = change(
        own_demo, ("UPDATE duties SET status = 'unknown' WHERE organ = ? AND year = ?", (organ, year))
    )
    page = get(f"/matrix?area={code}").text
    assert f'href="/organ/{quote(organ, safe="")}/{year}"' in page
    assert f'href="/report/{report}"' not in page


def test_a_filter_shows_only_who_did_not_publish(get: Get, missing: tuple[str, str, str, str]) -> None:
    page = get("/matrix?year=2025&status=missing").text
    rows = re.findall(r'<th scope="row">.*?</th>', page)
    assert any(missing[1] in row for row in rows)
    told = re.search(r"(\d+) 个机关；每格一个年度", page)
    assert told is not None
    assert len(rows) == int(told[1])


def test_the_spreadsheet_holds_the_area_and_nothing_else(
    get: Get, missing: tuple[str, str, str, str]
) -> None:
    answer = get(f"/matrix.xlsx?area={missing[2]}")
    assert answer.status == 200
    book = openpyxl.load_workbook(BytesIO(answer.body))
    assert [name for name in book.sheetnames if missing[2] in name]
    assert {row[2] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)} == {missing[2]}


@pytest.mark.parametrize(
    "query", ["area=110000", "kind=bank", "status=%3Cscript%3E", "year=abc", "year=99", "page=0", "page=1e9"]
)
def test_what_nobody_can_choose_is_refused_in_one_sentence(get: Get, query: str) -> None:
    answer = get(f"/matrix?{query}")
    assert answer.status in (400, 404)
    assert "没有这一页" in answer.text
    assert "<script>" not in answer.text
