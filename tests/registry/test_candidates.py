"""Names that a crawl meets: one candidate for an organ, however it is written, and never one for two."""

from __future__ import annotations

from gxcrawl.store import Store
from gxcrawl.store.organs import candidate, known_organ
from tests.registry.conftest import Crawl
from tests.registry.filling import add, add_portal, met, rows


def test_an_organ_that_is_written_in_three_ways_is_one_candidate(store: Store, crawl: Crawl) -> None:
    crawl("2026-01-05", "财政局")
    crawl("2026-01-06", "示例市示例县财政局", year=2024)
    crawl("2026-01-07", "示例县财政局", year=2025)
    assert rows(store.connection, "SELECT DISTINCT organ_key FROM reports") == [("990101:财政局",)]
    query = "SELECT key, name, kind, level, code, core, portal, status, first_seen FROM organs"
    assert rows(store.connection, query) == [
        (
            "990101:财政局",
            "示例市示例县财政局",
            "department",
            "county",
            "990101",
            "财政局",
            "shili",
            "candidate",
            "2026-01-05T08:01:00+00:00",
        )
    ]
    assert rows(store.connection, "SELECT * FROM organ_names") == [
        ("990101", "财政局", "990101:财政局", "财政局", "met")
    ]


def test_what_only_resembles_a_known_name_is_a_candidate_of_its_own(store: Store, crawl: Crawl) -> None:
    crawl("2026-01-05", "小岭街道办事处", "小岭街", "示例市财政局", "示例县财政局")
    assert {key for (key,) in rows(store.connection, "SELECT key FROM organs")} == {
        "990101:小岭街道",
        "990101:小岭街",
        "990101:示例市财政局",
        "990101:财政局",
    }


def test_portals_without_a_code_share_no_organ(store: Store) -> None:
    connection = store.connection
    for portal in ("one", "two"):
        add_portal(connection, portal, "", "政务公开网")
    keys = [
        candidate(connection, met("财政局", code="", portal=portal, called="")) for portal in ("one", "two")
    ]
    assert keys == ["one:财政局", "two:财政局"]
    assert rows(connection, "SELECT code FROM organs") == [("one",), ("two",)]


def test_a_district_met_on_its_citys_portal_is_the_one_of_its_own_portal(store: Store) -> None:
    connection = store.connection
    add_portal(connection, "hegang", "230400", "鹤岗市")
    add_portal(connection, "gongnong", "230403", "鹤岗市工农区")
    keys = {
        candidate(connection, met("鹤岗市工农区人民政府", code="230400", portal="hegang", called="鹤岗市")),
        candidate(connection, met("人民政府", code="230403", portal="gongnong", called="鹤岗市工农区")),
    }
    assert keys == {"230403:人民政府"}
    assert rows(connection, "SELECT code, kind, level FROM organs") == [("230403", "government", "county")]


def test_a_registered_organ_keeps_its_name_whatever_is_met(store: Store) -> None:
    connection = store.connection
    add(
        connection,
        "organs",
        key="A1",
        name="县财政局",
        code="990101",
        core="财政局",
        status="registered",
        kind="department",
    )
    connection.execute("INSERT INTO organ_names VALUES ('990101', '财政局', 'A1', '县财政局', 'full')")
    assert candidate(connection, met("示例市示例县财政局")) == "A1"
    assert rows(connection, "SELECT name, status FROM organs") == [("县财政局", "registered")]


def test_a_name_that_is_met_again_writes_nothing(store: Store) -> None:
    connection = store.connection
    candidate(connection, met("示例县财政局"))
    before = connection.total_changes
    for name in ("示例县财政局", "财政局", "示例县 财政局"):
        candidate(connection, met(name))
    assert connection.total_changes == before


def test_the_organ_of_a_title_is_found_without_making_one(store: Store) -> None:
    connection = store.connection
    candidate(connection, met("示例县财政局"))
    assert known_organ(connection, "示例市示例县财政局", "990101") == "990101:财政局"
    assert known_organ(connection, "财政局", "shili") is None, "the area has a code"
    assert known_organ(connection, "示例县教育局", "990101") is None
    assert len(rows(connection, "SELECT key FROM organs")) == 1
