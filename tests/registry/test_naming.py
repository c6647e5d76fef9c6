"""What a person says about organs is done to everything that is known about them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from gxcrawl.alerts.organ_causes import subject_of
from gxcrawl.store import Store, StoreError
from gxcrawl.store.moving import REFERENCES
from gxcrawl.store.naming import add_alias, add_event, confirm, merge, remove_alias
from gxcrawl.store.registry import likely_matches, organs
from tests.registry.conftest import Crawl
from tests.registry.filling import add, rows

STREET, ROAD = "990101:小岭街道", "990101:小岭街"


@pytest.fixture
def two(store: Store, crawl: Crawl) -> sqlite3.Connection:
    """One street office, met under two names; the second is a candidate still."""
    crawl("2026-01-05", "示例县小岭街道办事处", year=2022)
    crawl("2026-01-06", "示例县小岭街", year=2023)
    with store.writing() as connection:
        confirm(connection, STREET)
    return store.connection


def everywhere(connection: sqlite3.Connection, value: str) -> list[str]:
    """Tables and columns in which a text stands by itself, names of people's own making left out."""
    found = []
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
    )
    for (table,) in tables.fetchall():
        for _, column, *_ in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
            query = f'SELECT 1 FROM "{table}" WHERE "{column}" = ?'  # noqa: S608
            if connection.execute(query, (value,)).fetchone():
                found.append(f"{table}.{column}")
    return found


def watched(connection: sqlite3.Connection, organ: str, *years: int) -> None:
    """Rows of a check, of an alert that was sent, and of a decision for these years."""
    connection.execute("INSERT OR IGNORE INTO check_reasons VALUES (1, '{}')")
    connection.execute("INSERT OR IGNORE INTO receivers (name, first_seen, upto) VALUES ('office', '', 0)")
    for year in years:
        add(
            connection,
            "duties",
            organ=organ,
            year=year,
            basis="published",
            status="on_time",
            reason=f"of {organ}",
        )
        add(connection, "checked", organ=organ, year=year, origin="across", reasons=1)
        add(connection, "findings", organ_key=organ, year=year, origin="across", check="Y-CARRY")
        add(connection, "decisions", organ_key=organ, year=year, decision="comment")
        add(
            connection,
            "alerts",
            stream="organ",
            kind="P-LATE",
            subject=subject_of(organ, year),
            organ=organ,
            year=year,
            area="990101",
            severity="warn",
            state="open",
        )
        alert = connection.execute("SELECT max(id) FROM alerts").fetchone()[0]
        add(connection, "alert_events", alert=alert, what="opened")
        event = connection.execute("SELECT max(id) FROM alert_events").fetchone()[0]
        add(connection, "deliveries", receiver="office", event=event, state="sent")


def test_a_candidate_goes_over_into_the_organ_with_everything_it_had(
    store: Store, two: sqlite3.Connection
) -> None:
    with store.writing() as connection:
        watched(connection, STREET, 2023)
        watched(connection, ROAD, 2023, 2024)
        add(connection, "organ_events", organ=ROAD, kind="renamed", day="2024-01-01")
        add(connection, "organ_events", organ=STREET, kind="split", day="2024-02-01", other=ROAD)
        connection.execute("UPDATE organs SET superior = ? WHERE key = ?", (ROAD, STREET))
        merge(connection, ROAD, STREET)
    assert everywhere(two, ROAD) == []
    assert rows(two, "SELECT organ, organ_key FROM reports ORDER BY id") == [
        ("示例县小岭街道办事处", STREET),
        ("示例县小岭街", STREET),
    ]
    assert rows(two, "SELECT year, reason FROM duties ORDER BY year") == [
        (2023, f"of {STREET}"),
        (2024, f"of {ROAD}"),
    ], "of the same year the organ's own stays"
    assert rows(two, "SELECT organ, year FROM checked") == [(STREET, 2023), (STREET, 2024)]
    assert rows(two, "SELECT subject FROM alerts") == [
        (subject_of(STREET, 2023),),
        (subject_of(STREET, 2024),),
    ]
    assert rows(two, "SELECT count(*) FROM alert_events") == [(2,)]
    assert rows(two, "SELECT count(*) FROM deliveries") == [(2,)]
    assert rows(two, "SELECT core, organ, kind FROM organ_names ORDER BY core") == [
        ("小岭街", STREET, "alias"),
        ("小岭街道", STREET, "full"),
    ]
    assert (STREET, 0) in rows(two, "SELECT organ, year FROM stale_organs")
    assert rows(two, "PRAGMA foreign_key_check") == []


def test_the_name_of_a_merged_candidate_means_the_organ_from_then_on(
    store: Store, two: sqlite3.Connection, crawl: Crawl
) -> None:
    with store.writing() as connection:
        merge(connection, ROAD, STREET)
    crawl("2026-02-01", "小岭街", year=2024)
    assert rows(two, "SELECT DISTINCT organ_key FROM reports") == [(STREET,)]


def test_every_reference_to_an_organ_is_followed(store: Store) -> None:
    """A table that comes later and names organs must be moved, too."""
    referring = {
        (table, row[3])
        for (table,) in rows(store.connection, "SELECT name FROM sqlite_master WHERE type = 'table'")
        for row in rows(store.connection, f'PRAGMA foreign_key_list("{table}")')
        if row[2] == "organs"
    }
    assert referring <= set(REFERENCES)


def test_a_name_that_is_taken_away_gives_its_reports_back(store: Store, two: sqlite3.Connection) -> None:
    with store.writing() as connection:
        merge(connection, ROAD, STREET)
        two.execute("DELETE FROM stale_organs")
        assert remove_alias(connection, STREET, "小岭街") == ROAD
    assert rows(two, "SELECT organ, organ_key FROM reports ORDER BY id") == [
        ("示例县小岭街道办事处", STREET),
        ("示例县小岭街", ROAD),
    ]
    assert rows(two, "SELECT DISTINCT organ_key FROM findings WHERE report = 2") == [(ROAD,)]
    assert rows(two, "SELECT status FROM organs WHERE key = ?", ROAD) == [("candidate",)]
    assert {(STREET, 0), (ROAD, 0)} <= set(rows(two, "SELECT organ, year FROM stale_organs"))


def test_a_new_name_takes_over_the_candidate_that_has_it(store: Store, two: sqlite3.Connection) -> None:
    with store.writing() as connection:
        assert add_alias(connection, STREET, "示例县小岭街") == ROAD
        assert add_alias(connection, STREET, "小岭街") is None, "it has the name already"
        assert add_alias(connection, STREET, "小岭办事处") is None
        assert remove_alias(connection, STREET, "小岭办事处") is None, "nothing was met under it"
    assert rows(two, "SELECT DISTINCT organ_key FROM reports") == [(STREET,)]


@pytest.mark.usefixtures("two")
def test_an_organ_that_took_another_name_leaves_its_key_to_nobody(store: Store) -> None:
    """The key of a lost name is in use, so the candidate gets one of its own."""
    with store.writing() as connection:
        confirm(connection, ROAD)
        connection.execute("UPDATE organ_names SET core = '另街' WHERE core = '小岭街'")
        connection.execute("UPDATE organs SET core = '另街' WHERE key = ?", (ROAD,))
        add_alias(connection, ROAD, "小岭街")
        assert remove_alias(connection, ROAD, "小岭街") == f"{ROAD}#2"


REFUSED: tuple[tuple[Callable[[sqlite3.Connection], object], str], ...] = (
    (lambda db: merge(db, ROAD, ROAD), "is one organ already; name two"),
    (lambda db: merge(db, ROAD, "nobody"), "there is no organ nobody; `gxcrawl organ list`"),
    (lambda db: merge(db, "nobody", ROAD), "there is no organ nobody"),
    (lambda db: confirm(db, STREET), "registered already"),
    (lambda db: add_alias(db, ROAD, "小岭街道"), f"is a name of {STREET}"),
    (lambda db: add_alias(db, STREET, " \u200b"), "is no name"),
    (lambda db: remove_alias(db, STREET, "小岭街道办事处"), "is the full name"),
    (lambda db: remove_alias(db, ROAD, "小岭街"), "is the full name"),
    (lambda db: remove_alias(db, STREET, "财政局"), "is no name of"),
    (lambda db: add_event(db, STREET, "merged", date(2024, 1, 1), STREET, ""), "name another with --other"),
    (lambda db: add_event(db, STREET, "renamed", date(2024, 1, 1), "nobody", ""), "there is no organ nobody"),
)


def test_what_cannot_be_done_is_said_and_changes_nothing(store: Store, two: sqlite3.Connection) -> None:
    before = two.total_changes
    for said, told in REFUSED:
        with pytest.raises(StoreError, match=told), store.writing() as connection:
            said(connection)
        assert two.total_changes == before, told


def test_an_event_has_both_organs_checked_again_and_is_noted_once(
    store: Store, two: sqlite3.Connection
) -> None:
    two.execute("DELETE FROM stale_organs")
    two.commit()
    with store.writing() as connection:
        assert add_event(connection, ROAD, "merged", date(2024, 3, 1), STREET, "示例县发〔2024〕1号")
        assert not add_event(connection, ROAD, "merged", date(2024, 3, 1), STREET, "")
    assert rows(two, "SELECT organ, kind, day, other, source FROM organ_events") == [
        (ROAD, "merged", "2024-03-01", STREET, "示例县发〔2024〕1号")
    ]
    assert rows(two, "SELECT organ, year FROM stale_organs ORDER BY organ") == [(ROAD, 0), (STREET, 0)]


def test_a_candidate_is_listed_with_the_organ_it_may_be_and_why(two: sqlite3.Connection) -> None:
    [match] = likely_matches(organs(two)).values()
    assert match == (STREET, "示例县小岭街道办事处", "小岭街 is part of 小岭街道")


def test_a_registered_organ_is_likelier_than_another_candidate(store: Store, crawl: Crawl) -> None:
    crawl("2026-01-05", "工业信息科技局", "工业和信息化局", "工业信息局", "前进街道", "前卫街道")
    with store.writing() as connection:
        confirm(connection, "990101:工业和信息化局")
    matches = likely_matches(organs(store.connection, "990101"))
    assert {key: match.key for key, match in matches.items()} == {
        "990101:工业信息科技局": "990101:工业和信息化局",
        "990101:工业信息局": "990101:工业和信息化局",
    }
    assert matches["990101:工业信息科技局"].why == "71 % alike"
