"""The database file: made, brought up to date, refused, shared."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from gxcrawl.forms import load_forms
from gxcrawl.store import Store, StoreError, migrations, open_store
from gxcrawl.store.figures import figures_of, table_of


def columns(store: Store, table: str) -> set[str]:
    return {row[1] for row in store.connection.execute(f"PRAGMA table_info({table})")}


# What others rely on: issue by issue columns may be added, none may go.
CONTRACT = {
    "reports": "id portal organ year form title url published published_basis first_seen version sha256",
    "cells": "report id value raw state place",
    "listings": "run url rows stop_reason",
    "runs": "id portal verdict class started finished",
    "findings": "report organ year check result severity message",
    "sections": "report number heading text",
    "portals": "id",
    "responses": "run url",
    "organs": "key name",
}


@pytest.mark.parametrize("table", CONTRACT)
def test_the_tables_have_the_columns_that_others_rely_on(store: Store, table: str) -> None:
    assert set(CONTRACT[table].split()) <= columns(store, table)


def test_every_cell_of_every_form_has_a_typed_column(store: Store) -> None:
    for form in load_forms():
        names = {figure.name for figure in figures_of(form)}
        assert len(names) == len(form.slots)
        assert names | {"report"} == columns(store, table_of(form.id)), "a form changed: add a migration"


def test_the_file_is_safe_to_share(store: Store) -> None:
    settings = {
        name: store.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "foreign_keys")
    }
    assert settings == {"journal_mode": "wal", "foreign_keys": 1}


def test_opening_it_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "gxcrawl.db"
    open_store(path).close()
    before = path.read_bytes()
    open_store(path).close()
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["gxcrawl.db"]


def test_an_older_database_is_copied_and_then_migrated(tmp_path: Path) -> None:
    path = tmp_path / "gxcrawl.db"
    older = Database(path)
    migrations.migrations.apply(older, stop_before="0003_cells")
    older["portals"].insert(
        {
            "id": "shili",
            "name": "示例县",
            "code": "",
            "family": "ucap",
            "hosts": "[]",
            "entry": "{}",
            "verified": 0,
            "first_seen": "",
        }
    )
    older.close()
    with open_store(path) as store:
        assert store.db["readings"].exists()
        assert store.connection.execute("SELECT id FROM portals").fetchall() == [("shili",)]
    copy = sqlite3.connect(tmp_path / "gxcrawl.db.before-0003_cells")
    assert copy.execute("SELECT id FROM portals").fetchall() == [("shili",)]
    assert copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'readings'").fetchone() == (0,)
    copy.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gxcrawl.db"
    older = Database(path)
    migrations.migrations.apply(older, stop_before="0003_cells")
    older.close()

    def fail(_: Database) -> None:
        raise sqlite3.OperationalError("something broke")

    monkeypatch.setattr(migrations, "add_figures", fail)
    with pytest.raises(sqlite3.OperationalError, match="something broke"):
        open_store(path)
    kept = sqlite3.connect(path)
    assert kept.execute("SELECT max(name) FROM _sqlite_migrations").fetchone() == ("0002_reports",)
    assert kept.execute("SELECT count(*) FROM sqlite_master WHERE name = 'readings'").fetchone() == (0,)
    kept.close()


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "gxcrawl.db"
    open_store(path).close()
    newer = Migrations("gxcrawl")
    newer(name="9999_future")(lambda db: db.execute("CREATE TABLE future (id)"))
    database = Database(path)
    newer.apply(database)
    database.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"made by a newer gxcrawl \(it has 9999_future\); update gxcrawl"):
        open_store(path)
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE reports (id)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's database; name another file with --db"):
        open_store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("bytes_of_file", [b"not a database" * 200, "年度报告".encode() * 500])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, bytes_of_file: bytes) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(bytes_of_file)
    with pytest.raises(StoreError, match="no SQLite database; name another file with --db"):
        open_store(path)
    assert path.read_bytes() == bytes_of_file


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened or made; the folder must exist"):
        open_store(tmp_path / "nowhere" / "gxcrawl.db")


def test_a_file_that_may_not_be_written_is_said_plainly(store: Store) -> None:
    store.connection.execute("PRAGMA query_only = 1")
    with (
        pytest.raises(StoreError, match="may not be written; give yourself the right"),
        store.writing() as connection,
    ):
        connection.execute("DELETE FROM runs")


def test_a_full_disk_is_said_plainly_and_keeps_what_was_there(store: Store) -> None:
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(StoreError, match="no room is left on the disk"), store.writing() as connection:
        connection.executemany(
            "INSERT INTO cell_lists (digest, form) VALUES (?, ?)", ((str(n), "x" * 900) for n in range(500))
        )
    assert store.connection.execute("SELECT count(*) FROM cell_lists").fetchone() == (0,)
    assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_database_that_stays_busy_is_said_plainly(store: Store) -> None:
    other = sqlite3.connect(store.path)
    other.execute("BEGIN IMMEDIATE")
    store.connection.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(StoreError, match="another gxcrawl is writing it"), store.writing():
        pass
    other.close()


def test_processes_that_open_a_new_database_at_once_all_get_it(tmp_path: Path) -> None:
    code = "import sys, pathlib; from gxcrawl.store import *; open_store(pathlib.Path(sys.argv[1])).close()"
    command = [sys.executable, "-c", code, str(tmp_path / "gxcrawl.db")]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    ended = [process.communicate()[1] for process in started]
    assert ended == [""] * 4


def test_asking_for_help_loads_no_database() -> None:
    code = "import sys, gxcrawl.store; print('sqlite_utils' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
