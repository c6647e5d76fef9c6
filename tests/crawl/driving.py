"""The real command on served replicas, and what it left behind."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from gxcrawl.samples.portals import Served

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds for one command


class Field:
    """A folder with a file of portals, a database and its archive."""

    def __init__(self, folder: Path, served: Served, *names: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.served = folder, served
        self.portals = served.portals_file(folder / "portals.toml", *names)
        self.database = folder / "x.db"
        self.archive = folder / "x-archive"

    def words(self, *words: str) -> list[str]:
        return ["crawl", *words, "--portals", str(self.portals), "--db", str(self.database)]

    def crawl(
        self, *words: str, program: Sequence[str] = ("-m", "gxcrawl")
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *program, *self.words(*words)],
            cwd=self.folder,
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "gxcrawl", *self.words(*words)],
            cwd=self.folder,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        return rows(self.database, query, *values)

    def runs(self, portal: str) -> list[Path]:
        """The folders of its runs, the oldest first."""
        return sorted(path.parent for path in (self.archive / portal).glob("*/bundle.db"))

    def bundle(self, portal: str, query: str, *values: object) -> list[sqlite3.Row]:
        """Out of its last run."""
        return rows(self.runs(portal)[-1] / "bundle.db", query, *values)

    def reasons(self, portal: str) -> dict[str, str]:
        """What became of each task that is not simply done: path -> status and reason."""
        query = "SELECT url, status, reason FROM frontier WHERE status != 'done'"
        return {row["url"]: f"{row['status']} {row['reason']}" for row in self.bundle(portal, query)}

    def verdict(self, portal: str) -> tuple[str, str]:
        query = "SELECT verdict, class FROM runs WHERE portal = ? ORDER BY started DESC LIMIT 1"
        [row] = self.rows(query, portal)
        return row["verdict"], row["class"]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def rows(path: Path, query: str, *values: object) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(query, values).fetchall()
