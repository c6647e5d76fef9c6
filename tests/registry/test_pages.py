"""A page that names no organ keeps others waiting; what a person says of it settles that, also later on."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gxcrawl.cli import main
from gxcrawl.review import check
from gxcrawl.store import open_store, take_in
from gxcrawl.store.reparse import reparse
from tests.registry.filling import add, rows
from tests.store.made_bundles import Run, Said, make_bundle

LIST = "http://shili.example/list"
TREASURY, SCHOOLS = "990101:财政局", "990101:教育局"
PAGE, URL = "x", "http://x"
Command = Callable[..., Result]
Crawl = Callable[..., None]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "gxcrawl.db"


@pytest.fixture
def crawl(db: Path, tmp_path: Path) -> Crawl:
    """A run on a day, whose list shows last year's reports of two organs and the pages that are said."""

    def taken(day: str, **pages: Said) -> None:
        before = {
            organ: Said(f"{organ}2024年的报告", organ=f"示例县{organ}", year=2024)
            for organ in ("财政局", "教育局")
        }
        shown = before | pages
        with open_store(db) as store:
            take_in(
                store, make_bundle(tmp_path / "archive", Run(day, lists={LIST: list(shown)}, pages=shown))
            )

    return taken


@pytest.fixture
def organ(db: Path) -> Command:
    def command(*words: str) -> Result:
        return CliRunner().invoke(main, ["organ", *words, "--db", str(db)])

    return command


def nameless(text: str = "无名的报告", *, organ: str | None = None, year: int | None = 2025) -> Said:
    return Said(text, organ=organ, year=year)


def judged(db: Path, day: str) -> dict[str, str]:
    """Organ -> status of 2025, after a check on that day."""
    with open_store(db) as store:
        check(store, date.fromisoformat(day))
        return dict(rows(store.connection, "SELECT organ, status FROM duties WHERE year = 2025"))


def reports(db: Path) -> list[tuple[object, ...]]:
    """The versions of the page, with what is printed there and whose they are."""
    query = (
        "SELECT version, reports.organ, organ_key, reports.year FROM reports JOIN pages ON pages.id = page"
        " WHERE key = ? ORDER BY version"
    )
    with open_store(db) as store:
        return rows(store.connection, query, PAGE)


def test_a_nameless_report_keeps_all_waiting_until_a_person_says_whose_it_is(
    db: Path, crawl: Crawl, organ: Command
) -> None:
    crawl("2026-02-02", x=nameless())
    assert judged(db, "2026-02-02") == {TREASURY: "unknown", SCHOOLS: "unknown"}
    assert organ("unnamed", "--today", "2026-02-02").output == f"   2  2025  -           年度报告  {URL}\n"
    done = organ("assign", URL, "--organ", TREASURY, "--who", "张三")
    assert (done.exit_code, done.output.split(";")[0]) == (0, f"{URL} is a report of {TREASURY}")
    assert judged(db, "2026-02-02") == {TREASURY: "date_unknown", SCHOOLS: "missing"}
    assert organ("unnamed").output == ""
    assert reports(db) == [(1, None, TREASURY, 2025)]


def test_its_findings_are_the_organs_from_then_on(db: Path, crawl: Crawl, organ: Command) -> None:
    crawl("2026-02-02", x=nameless())
    organ("assign", URL, "--organ", TREASURY)
    query = "SELECT organ_key, year FROM findings WHERE origin = 'report' AND report = ?"
    with open_store(db) as store:
        report = rows(store.connection, "SELECT max(id) FROM reports")[0][0]
        assert rows(store.connection, query, report) == [(TREASURY, 2025)]


def test_a_word_is_put_right_and_taken_back(db: Path, crawl: Crawl, organ: Command) -> None:
    crawl("2026-02-02", x=nameless(year=None))
    organ("assign", URL, "--organ", TREASURY, "--year", "2025")
    organ("assign", URL, "--organ", SCHOOLS, "--year", "2025")
    assert judged(db, "2026-02-02") == {TREASURY: "missing", SCHOOLS: "date_unknown"}
    organ("ignore", URL, "--why", "表格模板")
    assert reports(db) == [(1, None, None, None)]
    assert judged(db, "2026-02-02") == {TREASURY: "missing", SCHOOLS: "missing"}
    assert organ("unnamed").output == ""
    with open_store(db) as store:
        assert rows(store.connection, "SELECT organ, year, why FROM page_organs") == [
            (None, None, "表格模板")
        ]


def test_a_later_version_that_names_nobody_is_that_organs_too(db: Path, crawl: Crawl, organ: Command) -> None:
    crawl("2026-02-02", x=nameless(year=None))
    organ("assign", URL, "--organ", TREASURY, "--year", "2025")
    crawl("2026-02-05", x=nameless("改过的报告", year=None))
    assert reports(db) == [(1, None, TREASURY, 2025), (2, None, TREASURY, 2025)]
    assert judged(db, "2026-02-05")[TREASURY] == "date_unknown"


def test_a_report_that_names_another_organ_is_left_as_it_is(db: Path, crawl: Crawl, organ: Command) -> None:
    crawl("2026-02-02", x=nameless())
    organ("assign", URL, "--organ", TREASURY)
    crawl("2026-02-05", x=nameless("署名的报告", organ="示例县教育局"))
    assert reports(db) == [(1, None, TREASURY, 2025), (2, "示例县教育局", SCHOOLS, 2025)]
    [told] = map(json.loads, organ("unnamed", "--json").output.splitlines())
    assert (told["url"], told["told"], told["organ"]) == (URL, TREASURY, SCHOOLS)
    refused = organ("assign", URL, "--organ", TREASURY)
    assert (refused.exit_code, "it names 示例县教育局 itself" in refused.output) == (1, True)
    assert organ("assign", URL, "--organ", SCHOOLS).exit_code == 0
    assert organ("unnamed").output == ""


def test_a_page_that_was_listed_and_not_had_is_the_organs_as_well(
    db: Path, crawl: Crawl, organ: Command
) -> None:
    crawl("2026-02-02", x=Said(status=0, failure="timeout", task="failed"))
    assert judged(db, "2026-02-02") == {TREASURY: "unknown", SCHOOLS: "unknown"}
    refused = organ("assign", URL, "--organ", TREASURY)
    assert refused.output == f"Error: {URL}: it does not say of which year it is; name the year with --year\n"
    organ("assign", URL, "--organ", TREASURY, "--year", "2025")
    assert judged(db, "2026-02-02") == {TREASURY: "unreadable", SCHOOLS: "missing"}
    organ("ignore", URL, "--why", "不是报告")
    assert judged(db, "2026-02-02") == {TREASURY: "missing", SCHOOLS: "missing"}


def test_a_page_on_the_portal_of_another_area_is_looked_for_there(
    db: Path, crawl: Crawl, organ: Command, tmp_path: Path
) -> None:
    crawl("2026-02-02", x=Said(status=0, failure="timeout", task="failed"))
    pages = {"k": Said("又一份", organ="示例县财政局", year=2024)}
    own = Run("2026-02-01", portal="own", lists={"http://own.example/list": ["k"]}, pages=pages)
    with open_store(db) as store:
        take_in(store, make_bundle(tmp_path / "archive", own))
    table = tmp_path / "organs.csv"
    table.write_text("key,name,code,portal\na,民政局,990102,own\n", encoding="utf-8")
    organ("import", str(table))
    assert judged(db, "2026-02-02")["a"] == "missing"
    organ("assign", URL, "--organ", "a", "--year", "2025")
    assert judged(db, "2026-02-02")["a"] == "unreadable"


def test_another_reading_of_the_same_bytes_keeps_the_word_or_gives_way_to_a_name(
    db: Path, crawl: Crawl, organ: Command
) -> None:
    crawl("2026-02-02", x=nameless(year=None))
    organ("assign", URL, "--organ", TREASURY, "--year", "2025")
    with open_store(db) as store:
        reparse(store, lambda *_: ("<p>无名的报告</p>".encode(), {}))
    assert reports(db) == [(1, None, TREASURY, 2025)]
    page = "<h1>示例县教育局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>公开工作。</p>"
    with open_store(db) as store:
        reparse(store, lambda *_: (page.encode(), {}))
    assert reports(db) == [(1, "示例县教育局", SCHOOLS, 2023)]


def test_the_word_follows_the_organ_under_another_key(db: Path, crawl: Crawl, organ: Command) -> None:
    crawl("2026-02-02", x=nameless())
    organ("assign", URL, "--organ", TREASURY)
    assert organ("merge", TREASURY, SCHOOLS).exit_code == 0
    assert reports(db) == [(1, None, SCHOOLS, 2025)]
    with open_store(db) as store:
        assert rows(store.connection, "SELECT organ FROM page_organs") == [(SCHOOLS,)]


def test_the_same_report_at_two_addresses_counts_once(db: Path, crawl: Crawl, organ: Command) -> None:
    crawl("2026-01-05", x=nameless("一份"), y=nameless("一份", organ="示例县财政局"))
    organ("assign", URL, "--organ", TREASURY)
    with open_store(db) as store:
        copies = rows(store.connection, "SELECT url FROM reports WHERE same_as IS NOT NULL")
    assert copies == [(URL,)]


def test_nothing_is_said_of_a_page_that_speaks_for_itself(db: Path, crawl: Crawl, organ: Command) -> None:
    crawl("2026-02-02", x=nameless(), y=nameless(organ="示例县财政局"))
    for words, told in (
        (("assign", "http://nowhere", "--organ", TREASURY), "no crawl has met it; `gxcrawl organ unnamed`"),
        (("assign", URL, "--organ", "nobody"), "there is no organ nobody"),
        (("assign", URL, "--organ", TREASURY, "--year", "2024"), "it says itself that it is of 2025"),
        (("assign", "http://y", "--organ", SCHOOLS), f"`gxcrawl organ merge {TREASURY} {SCHOOLS}`"),
        (("ignore", "http://y", "--why", "x"), "it names 示例县财政局 itself"),
    ):
        done = organ(*words)
        assert (done.exit_code, told in done.output) == (1, True), done.output
    assert organ("ignore", URL, "--why", " ").exit_code == 2
    with open_store(db) as store:
        assert store.db["page_organs"].count == 0


def test_a_hostile_title_steers_no_terminal(db: Path, crawl: Crawl, organ: Command) -> None:
    crawl("2026-02-02", x=nameless())
    with open_store(db) as store, store.writing() as connection:
        connection.execute("UPDATE reports SET title = ? WHERE organ IS NULL", ("\x1b[2J年报\n假的一行",))
    assert "\x1b" not in organ("unnamed").output
    assert len(organ("unnamed").output.splitlines()) == 1


def test_an_organ_leaves_the_registry_and_its_reports_stay(db: Path, crawl: Crawl, organ: Command) -> None:
    crawl("2026-02-02")
    organ("confirm", TREASURY)
    assert organ("remove", TREASURY).output == (
        f"{TREASURY} is a candidate again: 1 versions of reports and 0 alerts are about it\n"
    )
    with open_store(db) as store:
        query = (
            "SELECT organs.status, organ_names.kind FROM organs JOIN organ_names ON organ = key WHERE key = ?"
        )
        assert rows(store.connection, query, TREASURY) == [("candidate", "met")]
    assert organ("remove", TREASURY).exit_code == 1
    assert organ("remove", "nobody").output.startswith("Error: there is no organ nobody")


def test_an_organ_without_reports_is_gone_with_all_that_hung_on_it(
    db: Path, crawl: Crawl, organ: Command, tmp_path: Path
) -> None:
    crawl("2026-01-05", x=nameless())
    table = tmp_path / "organs.csv"
    table.write_text("key,name,code,superior\na,民政局,990101,\nb,养老院,990101,a\n", encoding="utf-8")
    organ("import", str(table))
    organ("event", TREASURY, "split", "2020-01-01", "--other", "a")
    judged(db, "2026-01-05")
    assert organ("remove", "a").output == "a is gone\n"
    with open_store(db) as store:
        assert rows(store.connection, "SELECT superior FROM organs WHERE key = 'b'") == [(None,)]
        assert rows(store.connection, "SELECT other FROM organ_events") == [(None,)]
        assert rows(store.connection, "PRAGMA foreign_key_check") == []
    assert "a" not in judged(db, "2026-01-05")


def test_what_people_were_told_of_an_organ_is_closed_not_lost(
    db: Path, crawl: Crawl, organ: Command, tmp_path: Path
) -> None:
    table = tmp_path / "organs.csv"
    table.write_text("key,name,code,portal\na,民政局,990101,shili\n", encoding="utf-8")
    crawl("2026-02-02")
    organ("import", str(table))
    with open_store(db) as store, store.writing() as connection:
        facts = {"kind": "P-MISSING", "subject": "a 2025", "organ": "a", "year": 2025, "area": "990101"}
        add(connection, "alerts", stream="organ", severity="error", state="open", **facts)
    assert organ("remove", "a").output.startswith(
        "a is a candidate again: 0 versions of reports and 1 alerts"
    )
    assert "a" not in judged(db, "2026-02-02")
    with open_store(db) as store:
        assert rows(store.connection, "SELECT state FROM alerts WHERE organ = 'a'") == [("closed",)]


def test_two_rows_of_one_organ_become_one(db: Path, crawl: Crawl, organ: Command) -> None:
    crawl("2026-02-02")
    organ("confirm", TREASURY, SCHOOLS)
    organ("event", TREASURY, "renamed", "2020-01-01")
    lines = organ("merge", TREASURY, SCHOOLS).output.splitlines()
    assert lines[0] == f"{TREASURY} is {SCHOOLS}"
    assert lines[1] == (
        f"{TREASURY} was registered and is no more; now {SCHOOLS} has its 1 versions of reports, 1 events,"
        " and its names: 示例县财政局"
    )
    assert "an import would register it again" in lines[2]
    assert "both have reports of 2024" in lines[3]
    assert "--remove" in lines[3]
    with open_store(db) as store:
        assert rows(store.connection, "SELECT DISTINCT organ_key FROM reports") == [(SCHOOLS,)]
        assert rows(store.connection, "SELECT organ FROM organ_events") == [(SCHOOLS,)]


def test_an_organ_that_went_into_another_is_no_second_name_of_it(crawl: Crawl, organ: Command) -> None:
    crawl("2026-02-02")
    organ("event", TREASURY, "merged", "2024-03-01", "--other", SCHOOLS)
    refused = organ("merge", TREASURY, SCHOOLS)
    assert refused.output == (
        f"Error: {TREASURY} merged on 2024-03-01: it was an organ of its own, so leave it as it is\n"
    )
