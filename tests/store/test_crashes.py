"""Killed at any moment, started twice: the database is whole, and a run is in it once."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from kills import many_kills
from made_bundles import Run, Said

from gxcrawl.store import Store, open_store, take_in

Archive = Callable[[Run], Path]
PAGES = 400
TAKE = """
import sys
from pathlib import Path
from gxcrawl.store import open_store, take_in
with open_store(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    print(take_in(store, Path(sys.argv[2])).new, flush=True)
"""


def start(database: Path, bundle: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", TAKE, str(database), str(bundle)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def state(store: Store) -> list[int]:
    """Rows of the tables that every report has one of; the first is the number of runs."""
    assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return [store.db[table].count for table in ("runs", "pages", "reports", "readings", "figures_2021")]


@pytest.fixture
def bundle(archive: Archive) -> Path:
    keys = [f"page-{number}" for number in range(PAGES)]
    pages = {key: Said(f"{key} 的内容" * 50) for key in keys}
    return archive(Run("2026-01-05", lists={"http://shili.example/list": keys}, pages=pages))


@many_kills
def test_a_kill_in_the_middle_leaves_all_or_nothing(tmp_path: Path, bundle: Path, kill: int) -> None:
    database = tmp_path / "gxcrawl.db"
    whole = [1, *[PAGES] * 4]
    process = start(database, bundle)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(random.Random(kill).uniform(0.005, 0.12))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with open_store(database) as store:
        assert state(store) in ([0] * 5, whole)
        take_in(store, bundle)
        assert state(store) == whole


def test_two_processes_at_once_take_it_in_once(tmp_path: Path, bundle: Path) -> None:
    database = tmp_path / "gxcrawl.db"
    ended = [process.communicate() for process in [start(database, bundle), start(database, bundle)]]
    assert ended == [(f"ready\n{PAGES}\n", "")] * 2
    with open_store(database) as store:
        assert state(store) == [1, *[PAGES] * 4]


def test_two_processes_take_in_two_runs_and_lose_none(tmp_path: Path, archive: Archive) -> None:
    database = tmp_path / "gxcrawl.db"
    bundles = []
    for day, portal in (("2026-01-05", "shili"), ("2026-01-06", "linxian")):
        pages = {f"{portal}-{number}": Said(str(number)) for number in range(100)}
        bundles.append(archive(Run(day, portal=portal, pages=pages)))
    ended = [process.communicate() for process in [start(database, bundle) for bundle in bundles]]
    assert ended == [("ready\n100\n", "")] * 2
    with open_store(database) as store:
        assert state(store) == [2, *[200] * 4]
