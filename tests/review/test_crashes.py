"""A check that is killed at any moment goes on the next time, and ends as one that nobody disturbed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest

from gxcrawl.review import check
from gxcrawl.store import open_store, take_in
from tests.store.kills import many_kills
from tests.store.made_bundles import Run, Said, make_bundle

ROOT = Path(__file__).resolve().parents[2]
ORGANS = 450  # more than one batch
LIST = "http://shili.example/list"
TODAY = date(2026, 2, 2)
CHECK = """
import sys
from datetime import date
from pathlib import Path
from gxcrawl.review import check
from gxcrawl.store import open_store
with open_store(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    check(store, date(2026, 2, 2))
"""
SAID = {
    "duties": "organ, year, status, days, reason",
    "findings": 'organ_key, year, "check", result, message, mark',
    "checked": "organ, year, origin, passed",
    "alerts": "kind, subject, state, message, reopened",
    "alert_events": "(SELECT kind || subject FROM alerts WHERE id = alert), what, message",
    "stale_organs": "*",
    "stale_texts": "*",
    "stale_portals": "portal",
}


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that nobody has checked: every third organ lacks its report."""
    folder = tmp_path_factory.mktemp("unchecked")
    shown = {
        f"{number}-{year}": Said(f"第{number}局{year}年的情况" * 20, organ=f"示例县第{number}局", year=year)
        for number in range(ORGANS)
        for year in (2024, 2025)
        if year == 2024 or number % 3
    }
    path = folder / "gxcrawl.db"
    with open_store(path) as store:
        take_in(store, make_bundle(folder, Run("2026-02-02", lists={LIST: list(shown)}, pages=shown)))
    return path


@pytest.fixture(scope="module")
def undisturbed(
    taken_in: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[tuple[object, ...]]]:
    path = tmp_path_factory.mktemp("undisturbed") / "gxcrawl.db"
    shutil.copy(taken_in, path)
    with open_store(path) as store:
        check(store, TODAY)
    told = said(path)
    assert len([row for row in told["duties"] if row[2] == "missing"]) == ORGANS // 3
    return told


def said(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {
            table: sorted(connection.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)  # noqa: S608
            for table, columns in SAID.items()
        }


def start(path: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CHECK, str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@many_kills
def test_a_kill_in_the_middle_loses_and_doubles_nothing(
    taken_in: Path, undisturbed: dict[str, list[tuple[object, ...]]], tmp_path: Path, kill: int
) -> None:
    path = tmp_path / "gxcrawl.db"
    shutil.copy(taken_in, path)
    process = start(path)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(Random(kill).uniform(0.02, 2.5))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    halfway = said(path)
    assert len(set(halfway["alerts"])) == len(halfway["alerts"])
    with open_store(path) as store:
        check(store, TODAY)
    assert said(path) == undisturbed


def test_two_checks_at_once_end_as_one(
    taken_in: Path, undisturbed: dict[str, list[tuple[object, ...]]], tmp_path: Path
) -> None:
    path = tmp_path / "gxcrawl.db"
    shutil.copy(taken_in, path)
    ended = [process.communicate(timeout=120) for process in [start(path), start(path)]]
    assert ended == [("ready\n", None)] * 2
    assert said(path) == undisturbed
