"""Datasette alone, without our pages, tells what everything is and answers the questions that people have."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from datasette.plugins import pm

from gxcrawl.site.metadata.build import NAME, metadata, queries, render
from gxcrawl.store import open_store
from tests.site.conftest import ROOT, Get, asking

FILE = ROOT / "datasette-metadata.json"
IDENTITIES = ("T3-BAL", "T3-COL", "T3-ROW", "T4-SUM")
REFUSED = (
    "state_secret",
    "other_law",
    "stability",
    "third_party",
    "internal_affairs",
    "process_info",
    "enforcement_file",
    "query_matter",
)
ENDED = ("upheld", "corrected", "other")
NAMES = [query.name for query in queries()]

Row = dict[str, Any]


@pytest.fixture(autouse=True)
def _without_our_pages() -> Iterator[None]:
    plugin = pm.unregister(name="gxcrawl")
    yield
    pm.register(plugin, name="gxcrawl")


@pytest.fixture
def plain(demo: Path) -> Get:
    return _plain(demo)


def _plain(folder: Path) -> Get:
    return asking(folder / "gxcrawl.db", metadata=json.loads(FILE.read_text(encoding="utf-8")))


@pytest.fixture
def database(demo: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(demo / "gxcrawl.db")) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def answered(get: Get, query: str, **values: object) -> list[Row]:
    """The rows of a saved query. Its columns have names in both languages; here the English ones count."""
    answer = get(f"/{NAME}/{query}.json?{urlencode({'_shape': 'array', **values})}")
    assert answer.status == 200, answer.text
    return [
        {name.rpartition(" ")[2]: value for name, value in row.items()} for row in json.loads(answer.text)
    ]


def test_the_file_says_what_the_tables_and_queries_are_today() -> None:
    assert FILE.read_text(encoding="utf-8") == render()


def test_every_table_view_and_column_is_described_and_nothing_else(tmp_path: Path) -> None:
    with open_store(tmp_path / "new.db") as store:
        there = {
            name: {row[1] for row in store.connection.execute(f'PRAGMA table_info("{name}")')}
            for name in (*store.db.table_names(), *store.db.view_names())
            if not name.startswith("section_search_")  # what FTS keeps for itself, hidden by Datasette
        }
    told = metadata()["databases"][NAME]["tables"]
    assert set(told) == set(there)
    for name, table in told.items():
        assert table["title"].endswith(f" {name}")
        assert table["description"]
        if not name.startswith(("_", "sqlite_")):
            assert set(table["columns"]) == there[name]
        named = [
            *table.get("facets", ()),
            *(table[k] for k in ("sort", "sort_desc", "label_column") if k in table),
        ]
        assert set(named) <= there[name]


def test_numbers_say_in_what_they_are_counted() -> None:
    columns = metadata()["databases"][NAME]["tables"]["figures_2021"]["columns"]
    assert "单位：件。" in columns["t3_received_total"]
    assert "单位：万元。" in columns["t2_fees_amount"]


def test_no_filter_of_a_reader_is_computed_by_datasette() -> None:
    """Where a column has units, Datasette computes 9**9**9 for minutes."""
    assert '"units"' not in FILE.read_text(encoding="utf-8")


def test_the_database_page_offers_the_queries_and_hides_what_only_programs_use(plain: Get) -> None:
    page = plain(f"/{NAME}").text
    for query in queries():
        assert query.title in page
    shown = {
        table["name"] for table in json.loads(plain(f"/{NAME}.json").text)["tables"] if not table["hidden"]
    }
    assert {"reports", "duties", "findings", "alerts", "figures_2021"} <= shown
    assert not {"readings", "sentences", "section_search_data", "_sqlite_migrations", "stale_organs"} & shown


def test_a_table_page_says_what_it_holds_and_offers_facets(plain: Get) -> None:
    page = plain(f"/{NAME}/duties").text
    assert "报告义务 duties" in page
    assert "每个机关每一年度应否发布" in page
    assert "逾期天数，或到最近一次正常抓取时已逾期天数" in page
    facets = json.loads(plain(f"/{NAME}/duties.json").text)["facet_results"]
    assert {"year", "status"} <= set(facets)


@pytest.mark.parametrize("name", NAMES)
def test_every_query_answers_with_nothing_filled_in_and_with_nonsense(plain: Get, name: str) -> None:
    page = plain(f"/{NAME}/{name}")
    assert page.status == 200
    assert "message-error" not in page.text
    params = next(query.params for query in queries() if query.name == name)
    for nonsense in ("'\"%_*", "x" * 300, "-1", "99999999999999999999", "龘"):
        answered(plain, name, **dict.fromkeys(params, nonsense))


def test_who_has_not_published(plain: Get, database: sqlite3.Connection) -> None:
    for status, name in (("missing", "not_published"), ("unknown", "nobody_can_tell")):
        query = (
            "SELECT organ, code, duties.year FROM duties JOIN organs ON key = organ WHERE duties.status = ?"
        )
        there = [tuple(row) for row in database.execute(query, (status,))]
        newest = max(year for (year,) in database.execute("SELECT year FROM duties"))
        assert {row["organ_key"] for row in answered(plain, name)} == {k for k, _, y in there if y == newest}
        for code, year in {(code, year) for _, code, year in there}:
            found = answered(plain, name, year=year, area=code)
            assert {row["organ_key"] for row in found} == {k for k, c, y in there if (c, y) == (code, year)}
            assert all(row["reason"] for row in found)


def test_late_reports_and_their_share_in_each_area(plain: Get, database: sqlite3.Connection) -> None:
    duties = database.execute(
        "SELECT code, duties.status, days, report FROM duties JOIN organs ON key = organ WHERE year = 2022"
    ).fetchall()
    late = answered(plain, "late", year=2022)
    assert late
    assert [row["days"] for row in late] == sorted(
        (d["days"] for d in duties if d["status"] == "late"), reverse=True
    )
    assert {row["report"] for row in late} == {d["report"] for d in duties if d["status"] == "late"}
    counts = Counter((duty["code"], duty["status"]) for duty in duties)
    areas = answered(plain, "late_by_area", year=2022)
    assert {row["code"] for row in areas} == {code for code, _ in counts}
    for row in areas:
        parts = ("on_time", "late", "missing", "withdrawn", "not_due")
        assert [row[part] for part in parts] == [counts[row["code"], part] for part in parts]
        assert row["owed"] == sum(row[part] for part in parts) + row["cannot_tell"]
        dated = row["on_time"] + row["late"]
        assert row["late_share"] == (round(100 * row["late"] / dated, 1) if dated else None)


def _numbers(database: sqlite3.Connection, year: int) -> Iterator[tuple[int, sqlite3.Row]]:
    """Reports that count, with their numbers."""
    query = (
        "SELECT id FROM reports WHERE year = ? AND current = 1 AND same_as IS NULL AND organ_key IS NOT NULL"
    )
    for (report,) in database.execute(query, (year,)).fetchall():
        for table in ("SELECT * FROM figures_2019", "SELECT * FROM figures_2021"):
            yield from (
                (report, row) for row in database.execute(f"{table} WHERE report = ?", (report,)).fetchall()
            )


def test_refusals_as_a_share_of_what_was_handled(plain: Get, database: sqlite3.Connection) -> None:
    wanted = {}
    for report, row in _numbers(database, 2023):
        refused = [row[f"t3_refused_{reason}_total"] for reason in REFUSED]
        if None not in refused and (row["t3_handled_total"] or 0) >= 8:
            wanted[report] = sum(refused), row["t3_handled_total"]
    found = answered(plain, "refusal_shares", year=2023, n=8)
    assert wanted
    assert {row["report"]: (row["refused"], row["handled"]) for row in found} == wanted
    shares = [row["refused"] / row["handled"] for row in found]
    assert shares == sorted(shares, reverse=True)
    assert len(answered(plain, "refusal_shares", year=2023)) <= len(found)


def test_corrections_of_cases_that_ended(plain: Get, database: sqlite3.Connection) -> None:
    wanted = {}
    for report, row in _numbers(database, 2021):
        for way, kinds in (("review", ("review",)), ("lawsuit", ("suit_direct", "suit_after_review"))):
            cases = [row[f"t4_{kind}_{outcome}"] for kind in kinds for outcome in ENDED]
            if None not in cases and sum(cases) >= 1:
                wanted[report, way] = sum(cases), sum(row[f"t4_{kind}_corrected"] for kind in kinds)
    found = answered(plain, "corrections", year=2021, n=1)
    assert wanted
    assert {
        (row["report"], row["way"].rpartition(" ")[2]): (row["ended"], row["corrected"]) for row in found
    } == wanted


@pytest.mark.parametrize(
    ("name", "checks"),
    [("failed_identities", IDENTITIES), ("carried_over_breaks", ("Y-CARRY",)), ("changed", ("P-CHANGED",))],
)
def test_findings_of_a_year(
    plain: Get, database: sqlite3.Connection, name: str, checks: tuple[str, ...]
) -> None:
    rows = database.execute(
        "SELECT findings.* FROM findings JOIN reports ON reports.id = findings.report WHERE current = 1"
        " AND reports.organ_key IS NOT NULL"
    ).fetchall()
    some = False
    for year in range(2019, 2026):
        wanted = {
            row["id"]
            for row in rows
            if row["check"] in checks and row["result"] == "fail" and row["year"] == year
        }
        assert {row["finding"] for row in answered(plain, name, year=year)} == wanted
        some = some or bool(wanted)
    assert some


def test_a_finding_that_a_person_dismissed_is_not_told_again(own_demo: Path) -> None:
    first = answered(_plain(own_demo), "failed_identities", year=2024)
    with closing(sqlite3.connect(own_demo / "gxcrawl.db")) as connection, connection:
        connection.execute(
            'INSERT INTO decisions (mark, "check", decision, comment, who, at)'
            " SELECT mark, \"check\", 'dismissed', '核实无误', '甲', '2026-05-01' FROM findings WHERE id = ?",
            (first[0]["finding"],),
        )
    assert answered(_plain(own_demo), "failed_identities", year=2024) == first[1:]


def test_reports_that_print_zero_for_everything(plain: Get, database: sqlite3.Connection) -> None:
    zero = ("t3_received_total", "t3_carried_in_total", "t3_handled_total", "t3_carried_out_total")
    wanted = {
        report
        for year in range(2019, 2026)
        for report, row in _numbers(database, year)
        if all(row[name] == 0 for name in zero)
    }
    found = [row["report"] for year in range(2019, 2026) for row in answered(plain, "all_zero", year=year)]
    assert wanted
    assert sorted(found) == sorted(wanted)


def test_words_of_two_characters_are_found(plain: Get, database: sqlite3.Connection) -> None:
    for word in ("依申请", "平台"):
        query = (
            "SELECT count(*) FROM sections JOIN reports ON reports.id = report"
            " WHERE current = 1 AND instr(text, ?)"
        )
        wanted = database.execute(query, (word,)).fetchone()[0]
        found = answered(plain, "sections_with", word=word)
        assert wanted
        assert len(found) == min(wanted, 1000)
        assert all(word in row["text"] for row in found)


def test_an_area_is_all_that_lies_in_it(plain: Get) -> None:
    everywhere = answered(plain, "late_by_area")
    for asked in ("99", "990000", "9913", "991300", "991301"):
        digits = {"990000": "99", "991300": "9913"}.get(asked, asked)
        inside = [row for row in everywhere if row["code"].startswith(digits)]
        assert answered(plain, "late_by_area", area=asked) == inside
        assert inside


def test_tables_can_be_taken_away_whole(plain: Get, database: sqlite3.Connection) -> None:
    count = database.execute("SELECT count(*) FROM findings").fetchone()[0]
    assert count > 1000
    rows = list(csv.DictReader(plain(f"/{NAME}/findings.csv?_stream=1").text.splitlines()))
    assert len(rows) == count
    first = json.loads(plain(f"/{NAME}/reports.json?_shape=objects&_size=3").text)["rows"]
    assert len(first) == 3
    assert first[0]["id"] == database.execute("SELECT max(id) FROM reports").fetchone()[0]
