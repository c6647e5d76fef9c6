"""`gxcrawl crawl` as people and scripts see it."""

from __future__ import annotations

import os
import pty
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from gxcrawl.samples.portals import Served, serve
from gxcrawl.samples.portals.model import Reply, Request
from tests.commands.conftest import Run
from tests.crawl.comparing import contents
from tests.crawl.driving import Field, environment
from tests.crawl.tiny import LAST_YEAR, LIST, Nb, Usual, some, tiny

OLD = Nb(9, "示例县林业局", LAST_YEAR - 3)
gate = Event()  # open: pages of the portal "slow" are answered


def behind_the_gate(request: Request, usual: Usual) -> Reply:
    if request.path == f"{LIST}2.html" and not gate.is_set():
        return Reply(fault="stall")
    return usual()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve(
        [
            tiny("plain", reports=(*some(2), OLD)),
            tiny("other"),
            tiny("slow", behind_the_gate, timeout=60.0),
        ]
    ) as portals:
        yield portals


@pytest.fixture
def field(served: Served, tmp_path: Path) -> Field:
    served.forget()
    return Field(tmp_path, served)


# --- what a crawl says, and with which code it ends ---


def test_a_healthy_crawl_says_what_it_found_and_ends_in_0(field: Field) -> None:
    done = field.crawl("plain")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "plain: healthy"
    assert "  lists: 1, read to their end: 1" in lines
    assert "  reports: 3 read, 0 unchanged" in lines
    assert field.served.requests("other") == []


def test_without_a_name_all_of_the_file_are_crawled(field: Field, served: Served) -> None:
    served.portals_file(field.portals, "plain", "other")
    done = field.crawl()
    assert done.returncode == 0
    assert {row["portal"] for row in field.rows("SELECT portal FROM runs")} == {"plain", "other"}


def test_a_file_of_portals_beside_the_database_is_taken_unasked(
    field: Field, served: Served, run: Run, tmp_path: Path
) -> None:
    """`run` works in the folder of the field."""
    served.portals_file(field.portals, "plain", "other")
    for words in (("--dry-run",), ("plain", "--dry-run")):
        done = run("crawl", *words, "--db", str(field.database))
        assert done.returncode == 0, done.stderr
        assert served.url("plain", LIST) in done.stdout
        assert (served.url("other", LIST) in done.stdout) == (len(words) == 1)
        assert "acheng" not in done.stdout, "nor those that come with gxcrawl"
    mine = served.portals_file(tmp_path / "mine.toml", "other")
    done = run("crawl", "--portals", str(mine), "--dry-run", "--db", str(field.database))
    assert served.url("plain", LIST) not in done.stdout, "what is given comes in its place"
    elsewhere = run("crawl", "plain", "--dry-run", "--db", "sub/x.db")
    assert elsewhere.returncode == 2


def test_a_dry_run_shows_what_would_be_asked_and_asks_nothing(field: Field, served: Served) -> None:
    done = field.crawl("plain", "--dry-run")
    assert done.returncode == 0
    assert served.url("plain", LIST) in done.stdout
    assert served.url("plain", "/robots.txt") in done.stdout
    assert served.requests("plain") == []
    assert sorted(path.name for path in field.folder.iterdir()) == ["portals.toml"]


def test_since_leaves_out_older_reports_and_says_so(field: Field, served: Served) -> None:
    done = field.crawl("plain", "--since", str(LAST_YEAR))
    assert done.returncode == 0
    assert f"skipped: 1 before {LAST_YEAR}" in done.stdout
    assert {row["year"] for row in field.rows("SELECT year FROM reports")} == {LAST_YEAR}
    assert OLD.path not in [seen.target for seen in served.requests("plain")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nobody",), "no portal is called nobody"),
        (("--since", "last year"), "Invalid value for '--since'"),
        (("--portals", "nowhere.toml"), "does not exist"),
    ],
)
def test_wrong_usage_ends_in_2_with_a_sentence(run: Run, words: tuple[str, ...], sentence: str) -> None:
    done = run("crawl", *words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_faults_of_a_file_of_portals_come_with_their_lines(run: Run, tmp_path: Path) -> None:
    text = (
        '[[portal]]\nid = "a"\nname = "示例县"\ncode = "990000"\n'
        'family = "none"\nhosts = ["x.com"]\ncolour = 1\n'
    )
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    done = run("crawl", "--portals", "mine.toml")
    assert done.returncode == 2
    for line in (5, 6, 7):
        assert f"mine.toml:{line}: " in done.stderr
    assert not (tmp_path / "gxcrawl.db").exists()


def test_a_file_that_is_no_database_is_left_alone_and_told(field: Field) -> None:
    field.database.write_text("my notes, " * 500, encoding="utf-8")
    done = field.crawl("plain")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "x.db" in done.stderr
    assert field.database.read_text(encoding="utf-8").startswith("my notes")


def test_a_damaged_run_of_one_portal_costs_no_other_one(field: Field, served: Served) -> None:
    served.portals_file(field.portals, "plain", "other")
    broken = field.archive / "plain" / "plain-20260101T000000000000"
    broken.mkdir(parents=True)
    (broken / "bundle.db").write_bytes(b"no database " * 400)
    done = field.crawl()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"{broken / 'bundle.db'}" in done.stderr
    assert [row["portal"] for row in field.rows("SELECT portal FROM runs")] == ["other"]


# --- two at once, and scrapy's own command ---


def test_a_second_crawl_of_the_same_portal_leaves_with_a_line(field: Field, served: Served) -> None:
    gate.clear()
    first = field.start("slow")
    try:
        while not any(seen.target == f"{LIST}2.html" for seen in served.requests("slow")):
            assert first.poll() is None
        second = field.crawl("slow")
        assert second.returncode == 1
        assert second.stderr.splitlines() == [
            "gxcrawl: slow: slow is being crawled by another process; wait for its end"
        ]
    finally:
        first.kill()
        first.wait()
    gate.set()
    assert field.crawl("slow").returncode == 0
    assert len(field.rows("SELECT 1 FROM reports")) == 3


def scrapy(field: Field, *words: str) -> subprocess.CompletedProcess[str]:
    variables = {
        "GXCRAWL_PORTALS": str(field.portals),
        "SCRAPY_SETTINGS_MODULE": "gxcrawl.settings",
    }
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *words],
        cwd=field.folder,
        env=environment(**variables),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_scrapy_lists_portals(field: Field) -> None:
    done = scrapy(field, "list")
    assert done.returncode == 0
    names = done.stdout.split()
    assert {"plain", "other", "slow"} <= set(names)
    assert "acheng" in names


def test_scrapy_crawls_as_gxcrawl_does(field: Field, tmp_path: Path) -> None:
    assert field.crawl("plain").returncode == 0
    other = tmp_path / "scrapy.db"
    done = scrapy(field, "crawl", "plain", "-s", f"GXCRAWL_DB={other}")
    assert done.returncode == 0, done.stderr
    ours, theirs = contents(field.database), contents(other)
    assert ours["reports"]
    assert ours == theirs


# --- progress ---


def test_progress_is_painted_on_a_terminal_and_only_there(field: Field) -> None:
    ours, theirs = pty.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "gxcrawl", *field.words("plain")],
            cwd=field.folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=theirs,
        )
        out, _ = process.communicate(timeout=60)
        os.close(theirs)
        painted = b""
        try:
            while piece := os.read(ours, 65_536):
                painted += piece
        except OSError:
            pass  # a terminal whose other end is closed
    finally:
        os.close(ours)
    assert process.returncode == 0
    assert "portals 0/1" in painted.decode()
    assert painted.decode().endswith("\x1b[K")
    assert "\x1b" not in out.decode()


def test_a_second_crawl_knows_the_first(field: Field) -> None:
    assert field.crawl("plain").returncode == 0
    done = field.crawl("plain")
    assert "  reports: 0 read, 2 unchanged" in done.stdout.splitlines()
    assert "skipped: 1 known, not due yet" in done.stdout
    with closing(sqlite3.connect(field.database)) as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone()[0] == 3
