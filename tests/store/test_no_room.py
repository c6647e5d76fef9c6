"""A full disk, a file that may not be written: one line that says so, and what was there is still there."""

from __future__ import annotations

import ctypes
import gzip
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from made_bundles import Run, Said

from gxcrawl.store import Store, open_store, take_in

Archive = Callable[[Run], Path]
OLD = Path(__file__).with_name("cases") / "0004.db.gz"
FULL = ("no room is left on the disk; make room", "the disk failed or is full; look at it")
CLOSED = (
    "it may not be written; give yourself the right to write the file and its folder",
    "it cannot be opened or made; the folder must exist and be writable",
)
TAKE = """
import resource, sys
from pathlib import Path
from gxcrawl.store import StoreError, open_store, take_in
path, room, *bundles = sys.argv[1:]
if int(room):  # bytes that a file may have: to SQLite it is as if the disk were full
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), int(room)))
try:
    with open_store(Path(path)) as store:
        for bundle in bundles:
            take_in(store, Path(bundle))
except StoreError as error:
    print(error)
"""


def take(path: Path, *bundles: Path, room: int = 0) -> str:
    """What a process says that opens a database and takes in runs."""
    command = [sys.executable, "-c", TAKE, str(path), str(room), *map(str, bundles)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=_be_like_others)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def is_one_of(advice: tuple[str, ...], said: str, path: Path) -> bool:
    return said.count("\n") == 1 and said.startswith(tuple(f"{path}: {sentence}" for sentence in advice))


def _be_like_others() -> None:
    """Even root may not write then what nobody may write (PR_CAPBSET_DROP, CAP_DAC_OVERRIDE)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


@contextmanager
def shut(*paths: Path) -> Iterator[None]:
    """Nobody may write them."""
    modes = [(path, path.stat().st_mode) for path in paths]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path, mode in modes:
            path.chmod(mode)


def runs(store: Store) -> list[str]:
    assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with store.writing() as connection:
        connection.execute("INSERT INTO section_search (section_search) VALUES ('integrity-check')")
    return [run for (run,) in store.connection.execute("SELECT id FROM runs ORDER BY id")]


@pytest.fixture
def small(archive: Archive) -> Path:
    return archive(Run("2026-01-05", pages={"page": Said("一篇报告")}))


@pytest.fixture
def large(archive: Archive) -> Path:
    pages = {f"page-{number}": Said(f"第{number}篇报告的内容" * 200) for number in range(300)}
    return archive(Run("2026-01-06", pages=pages))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "gxcrawl.db"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    return path


def test_a_disk_that_fills_up_keeps_the_runs_before(tmp_path: Path, small: Path, large: Path) -> None:
    path = tmp_path / "gxcrawl.db"
    assert take(path, small) == ""
    said = take(path, large, room=path.stat().st_size + 100_000)
    assert is_one_of(FULL, said, path), said
    with open_store(path) as store:
        assert runs(store) == [small.name]
        assert take_in(store, large).new == 300
        assert runs(store) == [small.name, large.name]


@pytest.mark.parametrize("share", [0.3, 0.9, 1.1])  # of the room that the copy needs
def test_a_disk_that_fills_up_during_a_migration_keeps_the_old_database(old: Path, share: float) -> None:
    columns = (
        'report, organ, year, "check", result, severity, message, cells, expected, printed, place, version'
    )
    with closing(sqlite3.connect(old)) as connection:
        for _ in range(6):  # to write them anew takes more room than they have
            connection.execute(f"INSERT INTO findings ({columns}) SELECT {columns} FROM findings")  # noqa: S608
        connection.commit()
    before = old.read_bytes()
    said = take(old, room=int(len(before) * share))
    assert is_one_of(FULL, said, old), said
    assert old.read_bytes() == before
    assert not [file.name for file in old.parent.iterdir() if file.name.endswith(".part")]
    with open_store(old) as store:
        assert len(runs(store)) == 5


def test_a_database_that_may_not_be_written_is_left_alone(tmp_path: Path, small: Path, large: Path) -> None:
    path = tmp_path / "folder" / "gxcrawl.db"
    path.parent.mkdir()
    take(path, small)
    for paths in ([path], [path.parent], [path, path.parent]):
        with shut(*paths):
            said = take(path, large)
        assert is_one_of(CLOSED, said, path), (paths, said)
        with open_store(path) as store:
            assert runs(store) == [small.name]


def test_an_old_database_that_may_not_be_written_is_not_migrated(old: Path) -> None:
    before = old.read_bytes()
    for paths in ([old], [old.parent], [old, old.parent]):
        with shut(*paths):
            said = take(old)
        assert is_one_of(CLOSED, said, old), (paths, said)
        assert old.read_bytes() == before


def test_a_folder_that_may_not_be_written_gets_no_database(tmp_path: Path, small: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with shut(folder):
        said = take(folder / "gxcrawl.db", small)
    assert is_one_of(CLOSED, said, folder / "gxcrawl.db"), said
    assert [*folder.iterdir()] == []
