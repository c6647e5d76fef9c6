"""A table of organs becomes the registry: whole or not at all, and never twice."""

from __future__ import annotations

import pytest

from gxcrawl.duties.deadlines import KINDS
from gxcrawl.registry.table import read_table, write_table
from gxcrawl.store import Store
from gxcrawl.store.organs import candidate
from gxcrawl.store.registering import Imported, TableError, import_organs
from gxcrawl.store.registry import entries, organs
from tests.registry.conftest import Crawl
from tests.registry.filling import add_portal, lines, met, rows


def take(store: Store, *lines: str) -> Imported:
    table = read_table("\n".join(lines).encode())
    with store.writing() as connection:
        return import_organs(connection, table, "organs.csv", "2026-02-01T00:00:00+00:00")


def faults(store: Store, *lines: str) -> list[tuple[int, str]]:
    with pytest.raises(TableError) as caught:
        take(store, *lines)
    assert rows(store.connection, "SELECT count(*) FROM organs WHERE status = 'registered'") == [(0,)]
    return [tuple(fault) for fault in caught.value.faults]  # type: ignore[misc]


NAMELESS = (
    "样本县水务局 begins like the name of an area, and nothing says how 990202 is called;"
    " add a line for its government, or crawl its portal first."
)
TABLE = (
    "key,name,aliases,kind,level,superior,code,valid_from,valid_to,portal",
    ",示例县人民政府,,,,,990101,,,shili",
    ",示例县财政局,示例县财政和国资局,,,990101:人民政府,990101,2019-03-01,,",
    "街1,示例县望湖亭街道办事处,望湖亭街,,,990101:人民政府,990101,,2024-12-31,",
)


def test_a_table_is_the_registry(store: Store) -> None:
    assert take(store, *TABLE) == Imported(new=3, changed=0, same=0, taken_over=0)
    query = "SELECT key, name, kind, level, superior, code, core, valid_from, valid_to, portal FROM organs"
    assert lines(store.connection, query) == [
        "990101:人民政府 示例县人民政府 government county - 990101 人民政府 - - shili",
        "990101:财政局 示例县财政局 department county 990101:人民政府 990101 财政局 2019-03-01 - -",
        "街1 示例县望湖亭街道办事处 subdistrict township 990101:人民政府 990101 望湖亭街道 - 2024-12-31 -",
    ]
    assert lines(store.connection, "SELECT DISTINCT status, source FROM organs") == ["registered organs.csv"]
    assert rows(store.connection, "SELECT core, organ, kind FROM organ_names ORDER BY organ, kind") == [
        ("人民政府", "990101:人民政府", "full"),
        ("财政和国资局", "990101:财政局", "alias"),
        ("财政局", "990101:财政局", "full"),
        ("望湖亭街", "街1", "alias"),
        ("望湖亭街道", "街1", "full"),
    ]


def test_taking_it_twice_changes_nothing(store: Store) -> None:
    take(store, *TABLE)
    before = store.connection.total_changes
    assert take(store, *TABLE) == Imported(new=0, changed=0, same=3, taken_over=0)
    assert store.connection.total_changes == before


def test_an_organ_without_a_key_is_found_by_its_name(store: Store) -> None:
    take(store, *TABLE)
    assert take(store, "name,code,kind", "望湖亭街道,990101,other") == Imported(0, 1, 0, 0)
    assert rows(store.connection, "SELECT key, kind FROM organs WHERE core = '望湖亭街道'") == [
        ("街1", "other")
    ]


def test_a_name_that_is_corrected_stays_known(store: Store) -> None:
    take(store, *TABLE)
    take(store, "key,name,code", "990101:财政局,示例县财政与国有资产管理局,990101")
    query = "SELECT core, kind FROM organ_names WHERE organ = '990101:财政局' ORDER BY kind, core"
    assert rows(store.connection, query) == [
        ("财政和国资局", "alias"),
        ("财政局", "alias"),
        ("财政与国有资产管理局", "full"),
    ]


def test_a_candidate_that_has_one_of_the_names_is_that_organ(store: Store, crawl: Crawl) -> None:
    crawl("2026-01-05", "望湖亭街", "示例县望湖亭街道办事处", "小岭街")
    assert take(store, *TABLE) == Imported(new=3, changed=0, same=0, taken_over=2)
    assert rows(store.connection, "SELECT organ, organ_key FROM reports ORDER BY id") == [
        ("望湖亭街", "街1"),
        ("示例县望湖亭街道办事处", "街1"),
        ("小岭街", "990101:小岭街"),
    ]
    assert rows(store.connection, "SELECT key FROM organs WHERE status = 'candidate'") == [("990101:小岭街",)]
    assert rows(store.connection, "SELECT portal, first_seen FROM organs WHERE key = '街1'") == [
        ("shili", "2026-01-05T08:01:00+00:00")
    ]


def test_the_first_registry_comes_from_a_crawl(store: Store, crawl: Crawl) -> None:
    crawl("2026-01-05", "示例县财政局", "示例县青石桥镇人民政府", "示例县")
    written = write_table(entries(organs(store.connection)))
    with store.writing() as connection:
        done = import_organs(connection, read_table(written), "organs.csv", "2026-02-01")
    assert done == Imported(new=0, changed=3, same=0, taken_over=0)
    assert rows(store.connection, "SELECT DISTINCT status FROM organs") == [("registered",)]
    assert write_table(entries(organs(store.connection))) == written


def test_an_area_that_nobody_has_crawled_is_named_by_its_government(store: Store) -> None:
    take(store, "name,code", "样本县财政局,990202", "示例市样本县人民政府,990202")
    assert rows(store.connection, "SELECT key FROM organs ORDER BY key") == [
        ("990202:人民政府",),
        ("990202:财政局",),
    ]
    take(store, "name,code", "样本县教育局,990202")
    assert len(rows(store.connection, "SELECT key FROM organs WHERE key = '990202:教育局'")) == 1


def test_all_faults_are_told_at_once_and_nothing_is_written(store: Store, crawl: Crawl) -> None:
    crawl("2026-01-05", "示例县财政局")
    told = faults(
        store,
        "key,name,aliases,superior,code,portal,kind",
        ",示例县财政局,,,990101,,",
        ",财政局,,,990101,,",
        ",示例县教育局,财政局,,990101,,",
        ",示例县民政局,,nobody,990101,,",
        ",示例县水务局,,,990101,nowhere,",
        ",样本县水务局,,,990202,,",
        ",鹤岗市工农区人民政府,,,230400,,",
        "a,示例县统计局,,b,990101,,",
        "b,示例县审计局,,a,990101,,",
        ",示例县信访局,,,990101,,bureau",
    )
    assert told == [
        (3, "the organ 990101:财政局 is in line 2 already; delete one of the lines."),
        (4, "财政局 means the organ of line 2 already; a name is for one organ only."),
        (5, "there is no organ nobody to be the superior; write the key of one."),
        (6, "the portal nowhere is not in this database; crawl it first, or leave the cell empty."),
        (
            7,
            NAMELESS,
        ),
        (8, "鹤岗市工农区人民政府 belongs to the area 230403, not to 230400; give it a line of its own."),
        (9, "a is above itself, by way of its superiors; correct one of them."),
        (10, "b is above itself, by way of its superiors; correct one of them."),
        (
            11,
            f"kind 'bureau' is not known; it is one of {', '.join(KINDS)}, or empty.",
        ),
    ]


def test_a_name_of_a_registered_organ_is_not_taken_from_it(store: Store) -> None:
    take(store, *TABLE)
    with pytest.raises(TableError) as caught:
        take(store, "key,name,code", "街2,示例县望湖亭街,990101")
    assert "示例县望湖亭街 is a name of 街1" in caught.value.faults[0].sentence


def test_a_long_chain_of_superiors_is_looked_through_once(store: Store) -> None:
    lines = [f"k{n},某某{n}局,k{n + 1},990101" for n in range(3000)]
    assert take(store, "key,name,superior,code", *lines, "k3000,某某局,,990101").new == 3001


def test_a_superior_that_turns_out_to_be_another_organ_is_named(store: Store, crawl: Crawl) -> None:
    crawl("2026-01-05", "望湖亭街")
    head, government, _, street = TABLE
    below = "站1,示例县钟鼓巷站,,,,990101:望湖亭街,990101,,,"
    assert faults(store, head, government, street, below) == [
        (4, "the superior 990101:望湖亭街 is 街1 by one of its names; write that key.")
    ]


def test_a_row_without_a_key_never_becomes_an_organ_of_another_name(store: Store) -> None:
    """The key that the name would make belongs to an organ that has another one."""
    take(store, "key,name,code", "990101:小岭街,示例县小岭街道,990101")
    assert take(store, "name,code", "小岭街,990101").new == 1
    assert rows(store.connection, "SELECT key, core FROM organs ORDER BY key") == [
        ("990101:小岭街", "小岭街道"),
        ("990101:小岭街#2", "小岭街"),
    ]


def test_what_an_unnamed_portal_showed_can_be_imported(store: Store) -> None:
    with store.writing() as connection:
        add_portal(connection, "zone", "990109", "示例县开发区")
        candidate(connection, met("示例县开发区财政局", code="990109", portal="zone", called="示例县开发区"))
    written = write_table(entries(organs(store.connection)))
    with store.writing() as connection:
        assert import_organs(connection, read_table(written), "organs.csv", "2026-02-01").changed == 1
