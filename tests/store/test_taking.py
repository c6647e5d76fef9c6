"""What a run brings into the main database, and what it never may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_bundles import Run, Said

from gxcrawl.store import Store, StoreError, TakenIn, brief, last_good_run, last_runs, take_in

LIST = "http://shili.example/list"
Archive = Callable[[Run], Path]


def rows(store: Store, query: str, *values: object) -> list[tuple[Any, ...]]:
    return store.connection.execute(query, values).fetchall()


def whole(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    tables = [name for name in store.db.table_names() if not name.startswith("_")]
    return {
        table: rows(store, f"SELECT * FROM {table}")  # noqa: S608
        for table in tables
    }


def counts(taken: TakenIn) -> dict[str, int]:
    return {name: value for name, value in taken._asdict().items() if value and name not in ("run", "again")}


def test_a_run_brings_its_reports_with_every_fact(store: Store, archive: Archive) -> None:
    folder = archive(
        Run("2026-01-05", lists={LIST: ["a", "b"]}, pages={"a": Said("甲"), "b": Said("乙", year=2022)})
    )
    assert counts(take_in(store, folder)) == {"new": 2}
    assert rows(
        store, "SELECT organ, organ_key, year, form, version, current, status, first_seen FROM reports"
    ) == [
        ("示例县财政局", "990101:财政局", 2023, "2021", 1, 1, "online", "2026-01-05T08:01:00+00:00"),
        ("示例县财政局", "990101:财政局", 2022, "2021", 1, 1, "online", "2026-01-05T08:02:00+00:00"),
    ]
    assert rows(store, "SELECT report, number, text FROM sections") == [(1, 1, "甲"), (2, 1, "乙")]
    assert rows(store, "SELECT * FROM problems WHERE report = 1") == [
        (1, 1, "R-MISSCOL", "少一列", "table 2")
    ]
    findings = """
        SELECT organ, year, "check", result, severity, message, cell_sets.cells
        FROM findings JOIN cell_sets ON cell_sets.id = findings.cells WHERE report = 1
    """
    assert rows(store, findings) == [
        ("示例县财政局", 2023, "T3-BAL", "fail", "error", "不平", '["t3.received.total"]')
    ]
    assert rows(store, "SELECT id, value, raw, state, place FROM cells WHERE report = 1") == [
        ("t3.received.total", 4, "4", "ok", "table 2 row 4 column 8")
    ]
    assert rows(store, "SELECT report, t3_received_total, t3_granted_total FROM figures_2021") == [
        (1, 4, None),
        (2, 4, None),
    ]
    assert rows(store, "SELECT key, name, code, scope, portal, status FROM organs") == [
        ("990101:财政局", "示例县财政局", "990101", "部门", "shili", "candidate")
    ]
    assert rows(store, "SELECT id, verdict, new, listed, requests, folder FROM runs") == [
        ("2026-01-05", "healthy", 2, 2, 2, "shili/2026-01-05")
    ]
    assert rows(store, "PRAGMA foreign_key_check") == []


def test_taking_the_same_bundle_twice_changes_nothing(store: Store, archive: Archive) -> None:
    folder = archive(Run("2026-01-05", lists={LIST: ["a"]}, pages={"a": Said("甲")}))
    first = take_in(store, folder)
    before = whole(store)
    assert take_in(store, folder) == first._replace(again=True)
    assert whole(store) == before


def test_another_run_under_the_same_id_is_refused(store: Store, archive: Archive, tmp_path: Path) -> None:
    from made_bundles import make_bundle

    take_in(store, archive(Run("2026-01-05", pages={"a": Said("甲")})))
    stranger = make_bundle(
        tmp_path / "elsewhere", Run("2026-01-05", portal="linxian", pages={"a": Said("甲")})
    )
    with pytest.raises(StoreError, match="another run with the id 2026-01-05"):
        take_in(store, stranger)


def test_an_unfinished_run_is_refused(store: Store, archive: Archive) -> None:
    before = whole(store)
    with pytest.raises(StoreError, match="not finished and judged"):
        take_in(store, archive(Run("2026-01-05", verdict=None, pages={"a": Said("甲")})))
    assert whole(store) == before


def test_a_folder_without_a_bundle_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"holds no bundle\.db"):
        take_in(store, tmp_path)
    (tmp_path / "bundle.db").write_text("这不是数据库" * 100)
    with pytest.raises(StoreError, match="no SQLite database"):
        take_in(store, tmp_path)


def test_a_changed_page_makes_a_version_and_the_old_one_stays(store: Store, archive: Archive) -> None:
    take_in(store, archive(Run("2026-01-05", lists={LIST: ["a"]}, pages={"a": Said("甲")})))
    taken = take_in(store, archive(Run("2026-01-06", lists={LIST: ["a"]}, pages={"a": Said("乙")})))
    assert counts(taken) == {"changed": 1}
    assert rows(store, "SELECT version, current, run FROM reports") == [
        (1, 0, "2026-01-05"),
        (2, 1, "2026-01-06"),
    ]
    assert rows(store, "SELECT report, text FROM sections") == [(1, "甲"), (2, "乙")]


def test_the_same_content_in_another_page_around_it_is_no_version(store: Store, archive: Archive) -> None:
    take_in(store, archive(Run("2026-01-05", pages={"a": Said("甲", body=b"seen 1 times")})))
    taken = take_in(store, archive(Run("2026-01-06", pages={"a": Said("甲", body=b"seen 2 times")})))
    assert counts(taken) == {"unchanged": 1}
    assert rows(
        store, "SELECT version, substr(first_seen, 1, 10), substr(last_seen, 1, 10) FROM reports"
    ) == [(1, "2026-01-05", "2026-01-06")]


@pytest.mark.parametrize("status", [200, 304])
def test_not_modified_confirms_the_report(store: Store, archive: Archive, status: int) -> None:
    take_in(store, archive(Run("2026-01-05", lists={LIST: ["a"]}, pages={"a": Said("甲")})))
    known = next(brief(store, "shili"))
    same = Said("甲", status=status, revisit=1, unmodified=True)
    taken = take_in(store, archive(Run("2026-01-06", lists={LIST: ["a"]}, pages={"a": same})))
    assert counts(taken) == {"unchanged": 1}
    again = next(brief(store, "shili"))
    assert again == known._replace(last_asked="2026-01-06T08:01:00+00:00")
    assert again.warc == "2026-01-05/00001.warc.gz"
    assert again.etag
    assert rows(store, "SELECT version, substr(last_seen, 1, 10) FROM reports") == [(1, "2026-01-06")]


def test_a_page_that_shows_something_else_now_confirms_nothing(store: Store, archive: Archive) -> None:
    take_in(store, archive(Run("2026-01-05", pages={"a": Said("甲")})))
    for day in ("2026-01-06", "2026-01-07"):
        other = Said("通知", task="skipped", failure="no report: not-a-report")
        take_in(store, archive(Run(day, pages={"a": replace(other, unmodified=day == "2026-01-07")})))
    assert rows(store, "SELECT substr(last_seen, 1, 10), status FROM reports") == [("2026-01-05", "online")]
    assert rows(store, "SELECT report, misses FROM pages") == [(None, 0)]


def test_a_report_that_comes_back_to_its_first_words_is_a_third_version(
    store: Store, archive: Archive
) -> None:
    for day, text in (("2026-01-05", "甲"), ("2026-01-06", "乙"), ("2026-01-07", "甲")):
        take_in(store, archive(Run(day, pages={"a": Said(text)})))
    assert rows(store, "SELECT version, current, same_as FROM reports") == [
        (1, 0, None),
        (2, 0, None),
        (3, 1, None),
    ]


@pytest.mark.parametrize("portal", ["shili", "linxian"])
def test_the_same_report_under_another_address_is_recognised(
    store: Store, archive: Archive, portal: str
) -> None:
    take_in(store, archive(Run("2026-01-05", pages={"a": Said("甲")})))
    pages = {"moved": Said("甲"), "once more": Said("甲"), "other year": Said("甲", year=2022)}
    taken = take_in(store, archive(Run("2026-01-06", portal=portal, pages=pages)))
    assert counts(taken) == {"new": 3, "same_as": 2}
    assert rows(store, "SELECT id, same_as FROM reports") == [(1, None), (2, 1), (3, 1), (4, None)]


def test_what_nobody_signed_is_never_taken_for_the_same(store: Store, archive: Archive) -> None:
    pages = {"a": Said("甲", organ=None), "b": Said("甲", organ=None), "c": Said("甲", organ="示例县民政局")}
    assert counts(take_in(store, archive(Run("2026-01-05", pages=pages)))) == {"new": 3}
    assert rows(store, "SELECT count(*) FROM organs") == [(1,)]


def test_a_report_that_could_not_be_read_is_kept_without_a_form(store: Store, archive: Archive) -> None:
    scan = Said("扫描件", error="carrier-not-read")
    assert counts(take_in(store, archive(Run("2026-01-05", pages={"a": scan})))) == {"new": 1}
    assert rows(store, "SELECT form, error, version FROM reports") == [(None, "carrier-not-read", 1)]
    taken = take_in(store, archive(Run("2026-01-06", pages={"a": Said("甲", body="扫描件".encode())})))
    assert counts(taken) == {"changed": 1}, "the same bytes, and now there is a reader for them"
    assert rows(store, "SELECT form, error, version FROM reports") == [("2021", "", 1)]
    assert rows(store, "SELECT text FROM sections") == [("甲",)]
    assert rows(store, "SELECT count(*) FROM figures_2021") == [(1,)]


def test_a_body_that_no_page_shows_any_more_is_still_known_and_not_archived_again(
    store: Store, archive: Archive
) -> None:
    for day, text in (("2026-01-05", "甲"), ("2026-01-06", "乙"), ("2026-01-07", "丙")):
        take_in(store, archive(Run(day, pages={"a": Said(text)})))
    bodies = [known for known in brief(store, "shili") if known.kind == "body"]
    assert [known.warc for known in bodies] == ["2026-01-05/00001.warc.gz", "2026-01-06/00001.warc.gz"]
    archived = rows(store, "SELECT sha256 FROM responses WHERE kind = 'detail' ORDER BY id")
    assert [(known.sha256,) for known in bodies] == archived[:2]


def test_an_unhealthy_run_that_cannot_read_takes_nothing_away(store: Store, archive: Archive) -> None:
    take_in(store, archive(Run("2026-01-05", pages={"a": Said("甲")})))
    known = next(brief(store, "shili"))
    broken = Said("乱码", error="not-a-report")
    run = Run("2026-01-06", verdict="degraded", pages={"a": broken, "b": Said("新")})
    assert counts(take_in(store, archive(run))) == {"new": 1, "unread": 1}
    assert rows(store, "SELECT version, current, error FROM reports WHERE page = 1") == [(1, 1, "")]
    assert next(brief(store, "shili")) == known, "the next run asks for it as if nothing had happened"


def test_a_late_bundle_fills_in_the_past_and_changes_no_present(store: Store, archive: Archive) -> None:
    """Crawled on another machine before, brought home after."""
    now = Run("2026-01-09", lists={LIST: ["a", "b"]}, pages={"a": Said("新"), "b": Said("乙")})
    late = Run(
        "2026-01-05", lists={LIST: ["a", "b", "c"]}, pages={"a": Said("旧"), "b": Said("乙"), "c": Said("丙")}
    )
    take_in(store, archive(now))
    assert counts(take_in(store, archive(late))) == {"changed": 1, "new": 1, "unchanged": 1}
    history = (
        "SELECT page, version, current, substr(first_seen, 1, 10), substr(last_seen, 1, 10) FROM reports"
    )
    assert rows(store, f"{history} ORDER BY page, first_seen") == [
        (1, 2, 0, "2026-01-05", "2026-01-05"),
        (1, 1, 1, "2026-01-09", "2026-01-09"),
        (2, 1, 1, "2026-01-05", "2026-01-09"),
        (3, 1, 1, "2026-01-05", "2026-01-05"),
    ]
    known = {page.key: page for page in brief(store, "shili")}
    assert known["a"].warc.startswith("2026-01-09/")
    assert known["c"].misses == 0


def test_a_repeated_body_is_found_where_it_lies(store: Store, archive: Archive) -> None:
    take_in(store, archive(Run("2026-01-05", pages={"a": Said("甲")})))
    again = {
        "a": Said("甲", revisit=1),
        "b": Said("甲", revisit=1),
        "c": Said("丙"),
        "d": Said("丙", revisit=1),
    }
    take_in(store, archive(Run("2026-01-06", pages=again)))
    places = {page.key: (page.warc, page.offset) for page in brief(store, "shili")}
    assert places == {
        "a": ("2026-01-05/00001.warc.gz", 1000),
        "b": ("2026-01-05/00001.warc.gz", 1000),
        "c": ("2026-01-06/00001.warc.gz", 3000),
        "d": ("2026-01-06/00001.warc.gz", 3000),
    }


def test_a_page_that_was_fetched_and_not_read_is_asked_for_again(store: Store, archive: Archive) -> None:
    take_in(store, archive(Run("2026-01-05", lists={LIST: ["a"]}, pages={"a": Said("甲", task="failed")})))
    known = next(brief(store, "shili"))
    assert (known.etag, known.sha256, known.last_asked) == ("", "", "")


def test_the_time_for_a_report_does_not_grow_with_the_database(store: Store, archive: Archive) -> None:
    """Steps of SQLite, not seconds: the same on every machine."""
    steps = []
    store.connection.set_progress_handler(lambda: steps.append(1), 1_000)
    spent = []
    for day, count in (("2026-01-05", 100), ("2026-01-06", 900), ("2026-01-07", 100)):
        pages = {f"{day}-{number}": Said(f"{day} {number}") for number in range(count)}
        folder = archive(Run(day, portal=day, pages=pages))
        steps.clear()
        take_in(store, folder)
        spent.append(len(steps) / count)
    store.connection.set_progress_handler(None, 0)
    assert spent[1] < 2 * spent[0] + 1
    assert spent[2] < 2 * spent[0] + 1


def test_a_damaged_bundle_is_refused_before_anything_is_written(store: Store, archive: Archive) -> None:
    folder = archive(Run("2026-01-05", pages={f"page-{number}": Said("甲" * 3000) for number in range(20)}))
    path = folder / "bundle.db"
    torn = bytearray(path.read_bytes())
    torn[20_000:60_000] = bytes(40_000)
    path.write_bytes(torn)
    before = whole(store)
    with pytest.raises(StoreError, match=r"bundle\.db: it is damaged"):
        take_in(store, folder)
    assert whole(store) == before


def test_the_last_runs_are_told_the_latest_first(store: Store, archive: Archive) -> None:
    assert last_good_run(store, "shili") is None
    for day, verdict in (("2026-01-07", "blocked"), ("2026-01-05", "healthy"), ("2026-01-06", "failed")):
        take_in(store, archive(Run(day, verdict=verdict, lists={LIST: ["a"]})))
    assert [run.id for run in last_runs(store, "shili", 2)] == ["2026-01-07", "2026-01-06"]
    good = last_good_run(store, "shili")
    assert good is not None
    assert (good.id, good.listed) == ("2026-01-05", 1)
    assert last_runs(store, "nowhere", 5) == []
