"""Killed at any moment, the next crawl finishes the work as if nothing had happened."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from gxcrawl.archive.verify import verify
from gxcrawl.samples.portals import Served, serve
from gxcrawl.samples.portals.broken import LIST
from gxcrawl.samples.portals.server import DEFAULT_DAY
from gxcrawl.samples.portals.troubles import ROBOTS, robots
from tests.crawl.comparing import contents
from tests.crawl.driving import Field

NAME = "robots-page"
OF_RUNS = ("runs", "listings", "responses", "pages")  # one more when a run was over before it was killed
LATEST = 0.25  # seconds after the request at which a crawl is killed


class Undisturbed(NamedTuple):
    served: Served
    field: Field
    requests: int
    tables: dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    assert NAME in ROBOTS
    with serve([robots(1, DEFAULT_DAY, NAME)]) as served:
        field = Field(tmp_path_factory.mktemp("undisturbed"), served)
        done = field.crawl()
        assert done.returncode == 0, done.stdout
        yield Undisturbed(served, field, len(served.requests(NAME)), contents(field.database))


def killed(field: Field, after: int, later: float) -> None:
    """Begin a crawl and kill it some time after the server has got so many requests."""
    field.served.forget()
    process = field.start()
    try:
        while process.poll() is None and len(field.served.requests(NAME)) < after:
            time.sleep(0.002)
        try:
            process.wait(later)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()


def verified(archive: Path) -> None:
    """By our own command and by warcio's."""
    for bundle in archive.glob("*/*/bundle.db"):
        assert not verify(bundle.parent).faults
    files = [str(path) for path in archive.rglob("*.warc.gz")]
    check = [sys.executable, "-c", "from warcio.cli import main; main()", "check", *files]
    done = subprocess.run(check, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def left_behind(folder: Path) -> list[str]:
    """Processes that were started there and are still there, where the system tells."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            found += [process.parent.name] if process.readlink() == folder else []
    return found


def survives(undisturbed: Undisturbed, folder: Path, seed: int, kills: int) -> None:
    rng = Random(seed)
    served, field = undisturbed.served, Field(folder, undisturbed.served)
    asked: list[str] = []
    for _ in range(kills):
        killed(field, rng.randint(0, undisturbed.requests), rng.random() * LATEST)
        asked += [seen.target for seen in served.requests(NAME)]
    served.forget()
    done = field.crawl()
    asked += [seen.target for seen in served.requests(NAME)]
    assert done.returncode == 0, done.stdout + done.stderr
    found, runs = contents(field.database), len(field.runs(NAME))
    for table, expected in undisturbed.tables.items():
        if runs == 1 or table not in OF_RUNS:
            assert found[table] == expected, table
    verified(field.archive)
    assert not left_behind(folder)
    articles = [target for target in asked if target != "/robots.txt"]
    if runs == 1:
        assert len(articles) <= undisturbed.requests - 1 + kills
        assert sum(target == LIST for target in articles) <= 1 + kills
    assert asked.count("/robots.txt") <= 1 + kills


@pytest.mark.parametrize("seed", range(3))
def test_killed_once_or_twice_the_next_crawl_brings_what_an_undisturbed_one_brings(
    undisturbed: Undisturbed, tmp_path: Path, seed: int
) -> None:
    survives(undisturbed, tmp_path, seed, kills=1 + seed % 2)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 120))
def test_killed_at_many_moments(undisturbed: Undisturbed, tmp_path: Path, seed: int) -> None:
    survives(undisturbed, tmp_path, seed, kills=1 + seed % 3)
