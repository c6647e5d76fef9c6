"""League tables: the numbers of the database, with their uncertainty, and in words who is left out."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from gxcrawl.site.rankings.catalogue import rankings
from gxcrawl.site.rankings.shares import share
from tests.site.conftest import Get, asking

NASTY = "=HYPERLINK(\"http://x\")</script><script>alert('1')</script>"
PANEL = "SELECT organ_key, {} FROM applications_panel WHERE year = 2025"
REPORTS = (
    "SELECT organ_key, {} FROM reports JOIN figures_2021 ON report = reports.id"
    " WHERE year = 2025 AND current = 1 AND same_as IS NULL AND organ_key IS NOT NULL"
)
SHARES = {
    "refused": PANEL.format(
        "t3_refused_state_secret_total + t3_refused_other_law_total + t3_refused_stability_total"
        " + t3_refused_third_party_total + t3_refused_internal_affairs_total + t3_refused_process_info_total"
        " + t3_refused_enforcement_file_total + t3_refused_query_matter_total, t3_handled_total"
    ),
    "not-held": PANEL.format("t3_unavailable_not_held_total, t3_handled_total"),
    "carried-out": PANEL.format("t3_carried_out_total, t3_received_total + t3_carried_in_total"),
    "review-corrected": REPORTS.format("t4_review_corrected, t4_review_total"),
    "suits-corrected": REPORTS.format(
        "t4_suit_direct_corrected + t4_suit_after_review_corrected,"
        " t4_suit_direct_total + t4_suit_after_review_total"
    ),
}


@pytest.fixture
def rows(demo: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(demo / "gxcrawl.db")) as connection:
        yield connection


def sheet(get: Get, query: str) -> list[dict[str, str]]:
    answer = get(f"/rankings.csv?{query}")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(StringIO(answer.body.decode("utf-8-sig"))))


def told(page: str) -> str:
    return " ".join(html.fromstring(page).xpath("string(//main)").split())


# From Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I, method 3.
@pytest.mark.parametrize(
    ("top", "bottom", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_the_literature(top: int, bottom: int, low: float, high: float) -> None:
    found = share(top, bottom)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    mirrored = share(bottom - top, bottom)
    assert (mirrored.low, mirrored.high) == pytest.approx((1 - found.high, 1 - found.low))


@pytest.mark.parametrize("by", SHARES)
def test_shares_are_those_of_plain_sql(get: Get, rows: sqlite3.Connection, by: str) -> None:
    all_rows = rows.execute(SHARES[by]).fetchall()
    known = {key: (part, whole) for key, part, whole in all_rows if None not in (part, whole)}
    enough = {key: both for key, both in known.items() if both[1] >= 5}
    ranked = {key: (part, whole) for key, (part, whole) in enough.items() if part <= whole}
    shown = sheet(get, f"by={by}&year=2025&least=5")
    assert {row["机关代号"]: (int(row["分子"]), int(row["分母"])) for row in shown} == ranked
    assert len(ranked) > 5
    parts = [float(row["占比"]) for row in shown]
    assert parts == sorted(parts, reverse=True)
    assert all(float(row["区间下限"]) <= float(row["占比"]) <= float(row["区间上限"]) for row in shown)
    page = told(get(f"/rankings?by={by}&year=2025&least=5").text)
    assert f"有 {len(all_rows)} 个机关的报告带有可比的表" in page
    assert f"其中 {len(ranked)} 个排入；{len(known) - len(enough)} 个的" in page
    assert f"不足 5 件，不排；{len(all_rows) - len(known)} 个有空白或未读到的格" in page
    assert rankings()[by].about in page


def test_numbers_that_contradict_themselves_or_come_twice_are_told(own_demo: Path) -> None:
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        connection.row_factory = sqlite3.Row
        first, second = connection.execute(
            "SELECT reports.id AS id, organ_key FROM reports JOIN figures_2021 ON report = reports.id"
            " WHERE year = 2025 AND current = 1 AND same_as IS NULL AND organ_key IS NOT NULL"
            " AND t3_unavailable_not_held_total < t3_handled_total AND t3_handled_total >= 20 LIMIT 2"
        ).fetchall()
        odd, older = first["id"], min(first["id"], second["id"])
        connection.execute(
            "UPDATE figures_2021 SET t3_unavailable_not_held_total = t3_handled_total + 1 WHERE report = ?",
            (odd,),
        )
        get = asking(own_demo / "gxcrawl.db")
        connection.commit()
        assert "1 个的分子大于分母" in get("/rankings?by=not-held&year=2025").text
        assert str(odd) not in {row["报告编号"] for row in sheet(get, "by=not-held&year=2025")}
        connection.execute(
            "UPDATE reports SET organ_key = ? WHERE id IN (?, ?)", (first["organ_key"], odd, second["id"])
        )
        connection.commit()
        reports = {row["报告编号"] for row in sheet(get, "by=refused&year=2025&least=1")}
        assert str(older) not in reports


def test_equal_shares_share_a_place(get: Get) -> None:
    shown = sheet(get, "by=refused&year=2025&least=1")
    for number, row in enumerate(shown):
        first = next(index for index, one in enumerate(shown) if one["占比"] == row["占比"])
        assert int(row["名次"]) == first + 1 <= number + 1


def test_an_area_and_a_kind_are_ranked_by_themselves(get: Get, rows: sqlite3.Connection) -> None:
    code, kind = "991301", "subdistrict"
    shown = sheet(get, f"by=not-held&year=2025&least=1&area={code}&kind={kind}")
    known = rows.execute(
        "SELECT count(*) FROM applications_panel WHERE year = 2025 AND code = ? AND kind = ?"
        " AND t3_handled_total > 0 AND t3_unavailable_not_held_total <= t3_handled_total",
        (code, kind),
    ).fetchone()
    assert len(shown) == known[0] > 1
    assert {row["区划代码"] for row in shown} == {code}


def test_the_latest_come_first_and_local_days_are_no_breach_of_the_law(
    get: Get, rows: sqlite3.Connection
) -> None:
    shown = sheet(get, "by=late&year=2025")
    known = rows.execute(
        "SELECT organ, days, statutory FROM duties WHERE year = 2025 AND status IN ('late', 'missing')"
    ).fetchall()
    assert {(row["机关代号"], int(row["天数或个数"]), row["期限为法定"] == "是") for row in shown} == {
        (key, days, bool(statutory)) for key, days, statutory in known
    }
    days = [int(row["天数或个数"]) for row in shown]
    assert days == sorted(days, reverse=True)
    page = get("/rankings?by=late&year=2025").text
    assert page.count("<small>非法定</small>") == sum(not statutory for *_, statutory in known)


def failed(rows: sqlite3.Connection) -> dict[int, int]:
    query = (
        "SELECT report, count(*) FROM findings JOIN reports ON reports.id = report"
        " WHERE result = 'fail' AND \"check\" IN ('T3-BAL', 'T3-COL', 'T3-ROW', 'T4-SUM')"
        " AND reports.year = 2025 AND current = 1 AND same_as IS NULL AND reports.organ_key IS NOT NULL"
        " GROUP BY 1"
    )
    return dict(rows.execute(query).fetchall())


def test_failed_identities_are_counted_and_mark_the_shares_that_rest_on_them(
    get: Get, rows: sqlite3.Connection
) -> None:
    known = failed(rows)
    shown = sheet(get, "by=failed&year=2025")
    assert {int(row["报告编号"]): int(row["天数或个数"]) for row in shown} == known
    marked = {
        int(row["报告编号"]): int(row["报告中不成立的等式"]) for row in sheet(get, "by=refused&year=2025")
    }
    assert marked == {report: known.get(report, 0) for report in marked}
    page = html.fromstring(get("/rankings?by=refused&year=2025").text)
    for row in page.xpath("//table[@class='league']/tbody/tr"):
        report = int(row.xpath(".//a[starts-with(@href, '/report/')]/@href")[0].rpartition("/")[2])
        assert ("等式不成立" in row.text_content()) == (report in known)
    assert "照排，并在“备注”中标出" in page.text_content()


def test_a_dismissed_failure_marks_nobody(own_demo: Path) -> None:
    get = asking(own_demo / "gxcrawl.db")
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        report, count = next(iter(failed(connection).items()))
        assert str(report) in {row["报告编号"] for row in sheet(get, "by=failed&year=2025")}
        connection.execute(
            'INSERT INTO decisions (mark, "check", organ_key, year, decision, comment, who, at)'
            " SELECT mark, \"check\", organ_key, year, 'dismissed', '', 'x', '2026-04-30T00:00:00+00:00'"
            " FROM findings WHERE report = ?",
            (report,),
        )
    assert count
    assert str(report) not in {row["报告编号"] for row in sheet(get, "by=failed&year=2025")}


def test_without_a_year_the_newest_with_data_is_shown(own_demo: Path) -> None:
    get = asking(own_demo / "gxcrawl.db")
    assert "<h1>全部地区2025年度排名" in get("/rankings").text
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        connection.execute("UPDATE reports SET form = NULL WHERE year = 2025")
    assert "<h1>全部地区2024年度排名" in get("/rankings").text


def test_the_strip_shows_each_day_of_publication_and_each_due_day(get: Get, rows: sqlite3.Connection) -> None:
    page = html.fromstring(get("/rankings?area=991301&year=2025").text)
    (figure,) = page.xpath("//figure[@class='chart']")
    chart = json.loads(figure.get("data-chart"))
    known = rows.execute(
        "SELECT name, published, due FROM duties JOIN organs ON key = organ WHERE code = '991301'"
        " AND year = 2025 AND published IS NOT NULL"
    ).fetchall()
    drawn = {(name, day) for group in chart["dots"] for day, _, name in group["at"]}
    assert drawn == {(name, day) for name, day, _ in known}
    assert {due["day"] for due in chart["due"]} == {due for *_, due in known}
    cells = [[cell.text_content() for cell in row] for row in figure.xpath(".//tbody/tr")]
    assert sorted((name, day, due) for name, _, day, due, _ in cells) == sorted(known)


def test_names_from_the_crawl_run_nowhere(own_demo: Path) -> None:
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        connection.execute("UPDATE organs SET name = ?", (NASTY,))
    get = asking(own_demo / "gxcrawl.db")
    page = html.fromstring(get("/rankings?year=2025&least=1").text)
    assert all(script.get("src") and not script.text for script in page.xpath("//script"))
    assert not page.xpath("//@style | //@*[starts-with(name(), 'on')] | //style")
    (chart,) = [json.loads(figure.get("data-chart")) for figure in page.xpath("//figure[@data-chart]")]
    assert chart["dots"][0]["at"][0][2] == NASTY
    assert {row["机关"] for row in sheet(get, "year=2025&least=1")} == {"'" + NASTY}


def test_the_next_page_goes_on_with_the_same_question(get: Get) -> None:
    page = html.fromstring(get("/rankings?year=2025&least=1&by=not-held").text)
    (more,) = page.xpath("//a[@rel='next']/@href")
    assert re.search(r"by=not-held.*least=1.*page=2", unquote(more))
    first, second = page, html.fromstring(get(more).text)
    places = [
        [int(cell.text_content()) for cell in one.xpath("//table[@class='league']/tbody/tr/td[1]")]
        for one in (first, second)
    ]
    assert len(places[0]) == 50
    whole = [int(row["名次"]) for row in sheet(get, "by=not-held&year=2025&least=1")]
    assert [*places[0], *places[1]] == whole[: len(places[0]) + len(places[1])]


@pytest.mark.parametrize(
    "query",
    ["by=worst", "area=110000", "kind=bank", "year=abc", "year=99", "least=0", "least=-1", "least=1e9",
     "page=0", "by=%3Cscript%3E", "area=%27%20OR%201=1--"],
)  # fmt: skip
def test_what_nobody_can_choose_is_refused_in_one_sentence(get: Get, query: str) -> None:
    for path in ("rankings", "rankings.csv"):
        answer = get(f"/{path}?{query}")
        assert answer.status in (400, 404)
        assert "没有这一页" in answer.text
        assert "<script>" not in answer.text


def test_a_year_without_any_report_is_no_fault(get: Get) -> None:
    for by in rankings():
        answer = get(f"/rankings?by={by}&year=2190")
        assert answer.status == 200
        assert "没有可排的机关" in answer.text


def test_a_report_without_tables_has_no_count_of_failed_identities(get: Get, demo: Path) -> None:
    rows = list(csv.reader(StringIO(get("/rankings.csv?by=late&year=2018").text.removeprefix("\ufeff"))))
    with closing(sqlite3.connect(demo / "gxcrawl.db")) as connection:
        bare = {str(number) for (number,) in connection.execute("SELECT id FROM reports WHERE form IS NULL")}
    found = [row[-1] for row in rows[1:] if row[-2] in bare]
    assert found
    assert set(found) == {""}
