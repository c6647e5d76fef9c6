"""The check over a real database: what it says, what it touches again, and what survives."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from gxcrawl.review import check
from gxcrawl.store import Store
from tests.store.made_bundles import Run, Said

LIST = "http://shili.example/list"
CULPRITS = ("duties", "findings", "alerts", "checked")
Take = Callable[[Run], None]


def said(text: str, organ: str, year: int) -> Said:
    return Said(text, organ=f"示例县{organ}", year=year)


def run(day: str, *shown: tuple[str, int], verdict: str = "healthy") -> Run:
    """A run whose one list shows these reports."""
    pages = {f"{organ}-{year}": said(f"{organ}{year}年的报告", organ, year) for organ, year in shown}
    return Run(day, verdict=verdict, lists={LIST: list(pages)}, pages=pages)


BEFORE = (("财政局", 2024), ("教育局", 2024))


def statuses(store: Store, year: int = 2025) -> dict[str, tuple[str, int | None]]:
    query = "SELECT name, duties.status, days FROM duties JOIN organs ON key = organ WHERE year = ?"
    return {name: (status, days) for name, status, days in store.connection.execute(query, (year,))}


def open_alerts(store: Store) -> set[tuple[str, str]]:
    query = (
        "SELECT alerts.kind, organs.name FROM alerts JOIN organs ON key = organ"
        " WHERE state = 'open' AND stream = 'organ'"
    )
    return {tuple(row) for row in store.connection.execute(query)}


def test_whoever_published_last_year_owes_this_year(store: Store, take: Take) -> None:
    take(run("2026-01-05", *BEFORE))
    check(store, date(2026, 1, 5))
    assert statuses(store) == {"示例县财政局": ("not_due", None), "示例县教育局": ("not_due", None)}
    take(run("2026-02-02", *BEFORE, ("财政局", 2025)))
    check(store, date(2026, 2, 2))
    assert statuses(store)["示例县教育局"] == ("missing", 2)
    assert ("P-MISSING", "示例县教育局") in open_alerts(store)
    assert ("P-MISSING", "示例县财政局") not in open_alerts(store)


def test_two_spellings_of_one_organ_are_one(store: Store, take: Take) -> None:
    take(run("2026-01-05", *BEFORE))
    pages = {"x": Said("新年度", organ="示例市示例县教育局", year=2025)}
    take(Run("2026-01-20", lists={LIST: ["财政局-2024", "教育局-2024", "x"]}, pages=pages))
    check(store, date(2026, 1, 20))
    assert [status for status, _ in statuses(store).values()].count("on_time") == 1
    assert len(statuses(store)) == 2


def test_a_blind_portal_makes_nobody_missing(store: Store, take: Take) -> None:
    take(run("2026-01-05", *BEFORE))
    take(run("2026-02-02", verdict="blocked"))
    check(store, date(2026, 2, 2))
    assert set(statuses(store).values()) == {("unknown", None)}
    assert open_alerts(store) == set() or all(kind == "portal-summary" for kind, _ in open_alerts(store))


def test_a_report_that_comes_closes_one_alert_and_opens_another(store: Store, take: Take) -> None:
    take(run("2026-01-05", *BEFORE))
    take(run("2026-02-02", *BEFORE))
    check(store, date(2026, 2, 2))
    take(run("2026-02-05", *BEFORE, ("财政局", 2025)))
    check(store, date(2026, 2, 5))
    assert statuses(store)["示例县财政局"] == ("late", 2)
    assert ("P-LATE", "示例县财政局") in open_alerts(store)
    assert ("P-MISSING", "示例县财政局") not in open_alerts(store)


def test_a_second_check_writes_nothing_anew(store: Store, take: Take) -> None:
    take(run("2026-02-02", *BEFORE))
    check(store, date(2026, 2, 2))
    before = {table: list(store.db[table].rows) for table in CULPRITS}
    outcome = check(store, date(2026, 2, 2))
    assert outcome.organs == 0
    assert {table: list(store.db[table].rows) for table in CULPRITS} == before


def everything(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """What is said, without ids and times."""
    columns = {
        "duties": "organ, year, due, status, days, reason, basis",
        "findings": 'organ_key, year, "check", result, severity, message, mark',
        "checked": "organ, year, passed, (SELECT reasons FROM check_reasons WHERE id = checked.reasons)",
    }
    return {
        table: sorted(connection.execute(f"SELECT {names} FROM {table}").fetchall(), key=repr)  # noqa: S608
        for table, names in columns.items()
    }


def test_what_is_judged_bit_by_bit_ends_as_what_is_judged_at_once(store: Store, take: Take) -> None:
    story = [
        (date(2026, 1, 5), run("2026-01-05", *BEFORE, ("财政局", 2023))),
        (date(2026, 2, 2), run("2026-02-02", *BEFORE, ("财政局", 2023), ("财政局", 2025))),
        (date(2026, 2, 3), run("2026-02-03", verdict="failed")),
        (date(2026, 2, 9), run("2026-02-09", *BEFORE, ("财政局", 2023), ("财政局", 2025), ("教育局", 2025))),
    ]
    for day, one in story:
        take(one)
        check(store, day)
    bit_by_bit = everything(store.connection)
    check(store, story[-1][0], everything=True)
    assert everything(store.connection) == bit_by_bit


def test_time_alone_makes_a_look_too_old(store: Store, take: Take) -> None:
    take(run("2026-02-02", *BEFORE))
    check(store, date(2026, 2, 2))
    assert statuses(store)["示例县教育局"] == ("missing", 2)
    check(store, date(2026, 2, 12))
    assert statuses(store)["示例县教育局"] == ("missing", 2)
    check(store, date(2026, 2, 13))
    assert statuses(store)["示例县教育局"] == ("unknown", None)


def test_a_dismissed_finding_stays_dismissed_until_its_facts_change(store: Store, take: Take) -> None:
    take(run("2026-02-02", *BEFORE))
    check(store, date(2026, 2, 2))
    query = "SELECT mark FROM findings WHERE \"check\" = 'P-MISSING' AND organ = '示例县教育局'"
    [(mark,)] = store.connection.execute(query).fetchall()
    with store.writing() as connection:
        connection.execute(
            "INSERT INTO decisions (mark, \"check\", decision, comment, who, at) VALUES (?, 'P-MISSING',"
            " 'dismissed', '已电话核实', '示例', '')",
            (mark,),
        )
    check(store, date(2026, 2, 2), everything=True)
    take(run("2026-02-04", *BEFORE))
    check(store, date(2026, 2, 4))
    [(again,)] = store.connection.execute(query).fetchall()
    assert again == mark, "that a day more has passed is no new fact"
    assert ("P-MISSING", "示例县教育局") not in open_alerts(store)


def test_a_finding_keeps_its_number_while_its_fact_lasts(store: Store, take: Take) -> None:
    ids = "SELECT id, mark FROM findings WHERE origin <> 'report' ORDER BY id"
    take(run("2026-02-02", *BEFORE))
    check(store, date(2026, 2, 2))
    before = store.connection.execute(ids).fetchall()
    assert before
    take(run("2026-02-04", *BEFORE))
    check(store, date(2026, 2, 4), everything=True)
    assert store.connection.execute(ids).fetchall() == before


def test_a_portal_that_nobody_crawls_any_more_is_told_without_a_crawl(store: Store, take: Take) -> None:
    take(run("2026-02-02", *BEFORE))
    check(store, date(2026, 2, 2))
    check(store, date(2026, 2, 20))
    query = "SELECT portal FROM alerts WHERE kind = 'portal-stale' AND state = 'open'"
    assert store.connection.execute(query).fetchall() == [("shili",)]


def test_a_second_portal_of_the_area_that_cannot_be_seen_makes_nobody_missing(
    store: Store, take: Take
) -> None:
    take(run("2026-02-02", *BEFORE))
    check(store, date(2026, 2, 2))
    assert statuses(store)["示例县教育局"][0] == "missing"
    take(Run("2026-02-04", portal="linxian", verdict="blocked"))
    take(run("2026-02-03", *BEFORE))
    check(store, date(2026, 2, 3))
    bit_by_bit = everything(store.connection)
    assert statuses(store)["示例县教育局"][0] == "unknown"
    check(store, date(2026, 2, 3), everything=True)
    assert everything(store.connection) == bit_by_bit


def test_a_new_name_on_another_portal_of_the_area_is_a_doubt(store: Store, take: Take) -> None:
    take(run("2026-02-02", *BEFORE))
    pages = {"x": Said("新名称", organ="示例县教育和体育局", year=2025)}
    take(Run("2026-02-01", portal="linxian", lists={"http://lin.example/list": ["x"]}, pages=pages))
    check(store, date(2026, 2, 2))
    assert statuses(store)["示例县教育局"][0] == "unknown"
    assert statuses(store)["示例县财政局"][0] == "missing"


def test_what_changes_while_a_check_is_at_work_is_left_for_the_next(
    store: Store, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gxcrawl.review import engine

    take(run("2026-02-02", *BEFORE))
    real = engine.scope_of

    def late(*args: object, **kwargs: object) -> object:
        found = real(*args, **kwargs)  # type: ignore[arg-type]
        args[0].execute("UPDATE reports SET published = '2025-03-01' WHERE organ LIKE '%教育局'")  # type: ignore[attr-defined]
        return found

    monkeypatch.setattr(engine, "scope_of", late)
    check(store, date(2026, 2, 2))
    monkeypatch.undo()
    bit_by_bit = everything(store.connection)
    check(store, date(2026, 2, 2))
    after = everything(store.connection)
    check(store, date(2026, 2, 2), everything=True)
    assert everything(store.connection) == after
    assert bit_by_bit["duties"] == after["duties"]
