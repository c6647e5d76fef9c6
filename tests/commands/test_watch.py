"""`gxcrawl watch`: one command for cron, which nothing that fails keeps from the rest of its work."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gxcrawl.lock import hold
from gxcrawl.samples.portals import Served, serve
from tests.crawl.driving import Field, environment
from tests.crawl.tiny import LAST_YEAR, LIST, Nb, instead, tiny

BEFORE = Nb(1, "示例县财政局")  # its list prints a day of January
OWED = LAST_YEAR + 1
TODAY = ("--today", f"{OWED + 1}-02-03")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    from gxcrawl.samples.portals.pages import page_reply

    broken = instead(LIST, page_reply("<h1>500</h1>", status=500))
    with serve([tiny("good", reports=[BEFORE]), tiny("bad", broken, code="990009")]) as running:
        yield running


@pytest.fixture
def field(served: Served, tmp_path: Path) -> Field:
    return Field(tmp_path, served, "good")


def watch(field: Field, *words: str) -> subprocess.CompletedProcess[str]:
    return plain_watch(field, "--portals", str(field.portals), *words)


def plain_watch(field: Field, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gxcrawl", "watch", "--db", str(field.database), *words],
        cwd=field.folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_one_cycle_crawls_judges_and_tells(field: Field) -> None:
    done = watch(field, *TODAY)
    assert done.returncode == 0, done.stderr
    assert f"{OWED}年度报告：未发布1。" in done.stdout
    assert "告警：新增" in done.stdout
    assert [row["reason"][:5] for row in field.rows("SELECT reason FROM duties WHERE year = ?", OWED)] == [
        "法定期限为"
    ]


def test_a_second_watch_leaves_with_a_line(field: Field) -> None:
    lock = hold(field.database.with_name("x.db.watch"))
    assert lock is not None
    with closing(lock):
        done = watch(field, *TODAY)
    assert done.returncode == 0
    assert "another watch is at work" in done.stderr
    assert not field.database.exists()


def test_cron_may_ask_every_hour_and_the_calendar_decides(field: Field) -> None:
    assert watch(field, "--when-due", *TODAY).returncode == 0
    again = watch(field, "--when-due", *TODAY)
    assert (again.returncode, again.stderr) == (0, "gxcrawl: no cycle is due yet\n")
    assert len(field.runs("good")) == 1
    assert watch(field, "--when-due", "--today", f"{OWED + 1}-02-05").returncode == 0
    assert len(field.runs("good")) == 2


def test_a_portal_that_fails_is_told_and_keeps_nothing_from_being_judged(
    served: Served, tmp_path: Path
) -> None:
    field = Field(tmp_path, served, "good", "bad")
    done = watch(field, *TODAY)
    assert done.returncode == 1
    assert "bad: failed (http-error)" in done.stderr
    assert "未发布1" in done.stdout


@pytest.mark.parametrize(
    ("words", "file", "said"),
    [
        (("--every", "soon"), None, "is no duration"),
        (("nowhere",), None, "no portal is called nowhere"),
        ((), ("receivers.toml", "[[receiver]]\nname = 1\n"), "receivers.toml"),
        ((), ("deadlines.toml", "[[deadline]]\nid = 1\n"), "id must be"),
    ],
)
def test_what_is_wrong_is_said_before_anybody_is_asked(
    field: Field, words: tuple[str, ...], file: tuple[str, str] | None, said: str
) -> None:
    if file:
        (field.folder / file[0]).write_text(file[1], encoding="utf-8")
    done = watch(field, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert not field.runs("good")


def test_a_watch_that_goes_on_ends_at_once_when_it_is_told(field: Field) -> None:
    command = [sys.executable, "-m", "gxcrawl", "watch", "--every", "6h", "--portals", str(field.portals)]
    with subprocess.Popen(
        [*command, "--db", str(field.database), *TODAY],
        cwd=field.folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(f"{OWED + 1}-02-03 ")
        assert process.stdout.readline().startswith(f"{OWED}年度报告")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) != 0
    assert watch(field, *TODAY).returncode == 0, "the next one finds no lock"


def test_a_file_of_portals_beside_the_database_is_taken_unasked(field: Field) -> None:
    field.portals.rename(field.folder / "own.toml")
    (field.folder / "portals.toml").write_bytes((field.folder / "own.toml").read_bytes())
    done = plain_watch(field, "good", *TODAY)
    assert (done.returncode, len(field.runs("good"))) == (0, 1), done.stderr
