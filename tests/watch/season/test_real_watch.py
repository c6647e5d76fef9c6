"""The real command crawls the portals of the season on its decisive days, and says what the table says."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from gxcrawl.samples.portals import serve
from tests.crawl.driving import PATIENCE, environment
from tests.watch.season import story
from tests.watch.season.played import Said, said
from tests.watch.season.replicas import replicas
from tests.watch.season.test_every_day import differing_alerts, differing_statuses, told

# Before each day on which something is lacking or gone stands the one that shows it; where a printed day is
# doubted, nobody looked away for long since.
DECISIVE = """
2025-12-01 2026-01-20 2026-01-25 2026-01-31 2026-02-01 2026-02-03 2026-02-05 2026-02-06 2026-02-09 2026-02-10
2026-02-11 2026-02-12 2026-02-20 2026-03-03 2026-03-12 2026-03-13 2026-03-20 2026-04-02 2026-04-10
"""
DAYS = tuple(date.fromisoformat(day) for day in DECISIVE.split())


def test_the_real_command_says_what_the_table_says(tmp_path: Path) -> None:
    assert_season(tmp_path, DAYS)


@pytest.mark.soak
def test_the_real_command_says_so_on_every_day(tmp_path: Path) -> None:
    assert_season(tmp_path, story.days())


def assert_season(folder: Path, days: Sequence[date]) -> None:
    database, wrong = folder / "x.db", []
    run(folder, "organ", "import", str(story.HERE / "registry.csv"), "--db", str(database))
    with serve(replicas(story.failures())) as served:
        portals = served.portals_file(folder / "portals.toml")
        for day in days:
            served.today = day
            for command in story.commands(day):
                run(folder, *command, "--db", str(database))
            words = ["watch", "--portals", str(portals), "--db", str(database), "--today", str(day)]
            failing = any(failure.on(day) for failure in story.failures())
            run(folder, *words, code=int(failing))
            one = watched(database)
            wrong += [*differing_statuses(day, one), *differing_alerts(day, one)]
    assert not wrong, told(wrong)


def run(folder: Path, *words: str, code: int = 0) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gxcrawl", *words],
        cwd=folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"


def watched(database: Path) -> Said:
    """What is said, without what generated numbers and words give rise to."""
    with closing(sqlite3.connect(database)) as connection:
        everything = said(connection, 0)
    early = {(kind, of) for kind, of in everything.open if 0 < of[1] < story.YEAR}
    assert not early, f"of years before the season nobody is told: {early}"
    return everything._replace(open=frozenset(one for one in everything.open if concerns_us(one[0])))


def concerns_us(kind: str) -> bool:
    return kind.startswith(("P-", "portal-")) or kind == "T3-BAL"
