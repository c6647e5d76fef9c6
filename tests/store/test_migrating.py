"""A database of the last release, made by its own code: nothing of it is lost on the way to this one."""

from __future__ import annotations

import gzip
import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from kills import many_kills

from gxcrawl.store import Store, open_store
from gxcrawl.store.marks import mark_in_report
from gxcrawl.store.search import search

# Written by commit d554106: two portals, five runs, versions, copies, pages that are gone or cannot be read.
OLD = Path(__file__).with_name("cases") / "0004.db.gz"
COPY = "gxcrawl.db.before-0005_organs"
KEPT = ("portals", "runs", "responses", "listings", "pages", "readings", "cell_notes", "sections", "problems")
KEPT += ("cells", "figures_2021", "figures_2019", "cell_sets")
OPEN = """
import sys
from pathlib import Path
from gxcrawl.store import migrations, open_store
print("ready", flush=True)
open_store(Path(sys.argv[1])).close()
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "gxcrawl.db"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    return path


@pytest.fixture
def migrated(old: Path) -> Iterator[Store]:
    with open_store(old) as store:
        yield store


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def assert_whole(store: Store) -> None:
    assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    store.connection.execute("INSERT INTO section_search (section_search) VALUES ('integrity-check')")


@pytest.mark.parametrize("table", KEPT)
def test_every_row_is_there_as_it_was(migrated: Store, table: str) -> None:
    query = f"SELECT * FROM {table}"  # noqa: S608
    before = rows(migrated.path.with_name(COPY), query)
    assert before
    assert migrated.connection.execute(query).fetchall() == before


@pytest.mark.parametrize("table", ["reports", "findings"])
def test_what_was_known_of_reports_and_findings_is_kept(migrated: Store, table: str) -> None:
    copy = migrated.path.with_name(COPY)
    columns = [
        f'"{name}"' for _, name, *_ in rows(copy, f"PRAGMA table_info({table})") if name != "organ_key"
    ]
    query = f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1"  # noqa: S608
    before = rows(copy, query)
    assert before
    assert migrated.connection.execute(query).fetchall() == before


def test_reports_of_one_organ_stay_together_and_none_loses_its_organ(migrated: Store) -> None:
    query = "SELECT id, organ_key FROM reports ORDER BY id"
    before, now = dict(rows(migrated.path.with_name(COPY), query)), dict(migrated.connection.execute(query))
    assert before.keys() == now.keys()
    assert len({(before[report], now[report]) for report in now}) == len(set(before.values()))
    assert set(now.values()) <= {
        None,
        *(key for (key,) in migrated.connection.execute("SELECT key FROM organs")),
    }
    assert [report for report in now if (before[report] is None) != (now[report] is None)] == []


def test_every_finding_knows_its_organ(migrated: Store) -> None:
    query = (
        "SELECT count(*), count(findings.organ_key) FROM findings JOIN reports ON reports.id = report"
        " LEFT JOIN organs ON organs.key = findings.organ_key WHERE findings.organ_key IS reports.organ_key"
        " AND (organs.key IS NULL) = (reports.organ IS NULL) AND findings.origin = 'report'"
    )
    every, known = migrated.connection.execute(query).fetchone()
    assert every == migrated.db["findings"].count
    assert known > 0


def test_a_finding_is_marked_as_the_same_one_in_a_new_reading_will_be(migrated: Store) -> None:
    query = (
        "SELECT mark, page, \"check\", coalesce(cell_sets.cells, '[]'), expected, printed FROM findings"
        " JOIN reports ON reports.id = findings.report LEFT JOIN cell_sets ON cell_sets.id = findings.cells"
    )
    for mark, page, check, cells, expected, printed in migrated.connection.execute(query):
        assert mark == mark_in_report(page, check, json.loads(cells), expected, printed)


def test_the_texts_can_be_searched(migrated: Store) -> None:
    query = (
        "SELECT sections.id FROM sections JOIN reports ON reports.id = report WHERE current AND text LIKE ?"
    )
    for word in ("公开", "三审三校", "培训", "考核"):
        holding = {section for (section,) in migrated.connection.execute(query, (f"%{word}%",))}
        assert holding
        assert set(search(migrated.connection, word, 1000)) == holding


def test_it_is_whole_and_everything_is_to_be_checked(migrated: Store) -> None:
    assert_whole(migrated)
    assert migrated.connection.execute("SELECT count(*) FROM stale_portals").fetchone() == (2,)
    known = "SELECT DISTINCT organ_key, year FROM reports WHERE organ_key IS NOT NULL AND year IS NOT NULL"
    stale = "SELECT organ, year FROM stale_organs"
    asked = [set(migrated.connection.execute(query)) for query in (known, stale)]
    assert asked[0] <= asked[1]


def test_pages_of_look_alikes_are_gone_and_no_other(old: Path) -> None:
    """An older version made a page of every row that was judged to be no report."""
    columns = (
        "portal, key, url, kind, title, listing, last_asked, parent, etag, last_modified, sha256, misses"
    )
    rest = 'status, warc, "offset"'
    made = (
        ("decoy", "detail", "", None, None, None),
        ("titled", "detail", "年度报告", None, None, None),
        ("listed", "detail", "", 1, None, None),
        ("asked", "detail", "", None, "2025-01-05T08:00:00+00:00", None),
        ("list", "listing", "", None, None, None),
        ("parent", "detail", "", None, None, None),
    )
    with closing(sqlite3.connect(old)) as connection:
        portal = connection.execute("SELECT min(id) FROM portals").fetchone()[0]
        insert = f"INSERT INTO pages ({columns}, {rest}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', '', 0, 'online', '', 0)"  # noqa: E501, S608
        for key, *facts in made:
            connection.execute(insert, (portal, key, f"http://{key}", *facts))
        parent = connection.execute("SELECT id FROM pages WHERE key = 'parent'").fetchone()[0]
        connection.execute(insert, (portal, "file", "http://file", "attachment", "", None, None, parent))
        connection.commit()
    before = {key for (key,) in rows(old, "SELECT key FROM pages")}
    with open_store(old) as store:
        assert_whole(store)
    assert before - {key for (key,) in rows(old, "SELECT key FROM pages")} == {"decoy"}


def test_the_old_file_is_beside_it_byte_for_byte_in_its_tables(old: Path) -> None:
    query = "SELECT name, sql FROM sqlite_schema ORDER BY name"
    before = rows(old, query)
    open_store(old).close()
    assert rows(old.with_name(COPY), query) == before
    assert {file.name for file in old.parent.iterdir()} == {old.name, COPY}


def test_opened_again_it_stays_as_it_is(old: Path) -> None:
    open_store(old).close()
    before = old.read_bytes()
    open_store(old).close()
    assert old.read_bytes() == before


def grow(path: Path) -> None:
    """So many rows that a migration takes a while."""
    columns = (
        'report, organ, year, "check", result, severity, message, cells, expected, printed, place, version'
    )
    with closing(sqlite3.connect(path)) as connection:
        for _ in range(8):
            connection.execute(
                "INSERT INTO sections SELECT NULL, report, number, heading, text FROM sections"
            )
            connection.execute(f"INSERT INTO findings ({columns}) SELECT {columns} FROM findings")  # noqa: S608
        connection.commit()


def start(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", OPEN, str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def counts(path: Path) -> list[tuple[object, ...]]:
    tables = ("reports", "sections", "findings")
    return [row for table in tables for row in rows(path, f"SELECT count(*) FROM {table}")]  # noqa: S608


@many_kills
def test_a_kill_during_the_migration_leaves_the_old_one_or_the_new_one(old: Path, kill: int) -> None:
    grow(old)
    before = counts(old)
    process = start(old)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(random.Random(kill).uniform(0.05, 0.8))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert counts(old) == before
    with open_store(old) as store:
        assert_whole(store)
        assert counts(old) == before
        assert store.connection.execute("SELECT count(*) FROM section_search_docsize").fetchone() == before[1]
    assert counts(old.with_name(COPY)) == before
    assert {file.name for file in old.parent.iterdir()} == {old.name, COPY}


def test_two_processes_that_migrate_at_once_do_it_once(old: Path) -> None:
    grow(old)
    before = counts(old)
    assert [process.communicate() for process in (start(old), start(old))] == [("ready\n", "")] * 2
    with open_store(old) as store:
        assert_whole(store)
    assert counts(old) == before
    assert counts(old.with_name(COPY)) == before
