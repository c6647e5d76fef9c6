from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gxcrawl.cli import main
from gxcrawl.review import check
from gxcrawl.store import Store, open_store, take_in
from tests.store.made_bundles import Run, Said, make_bundle

Command = Callable[..., Result]
Rows = Callable[..., list[tuple[Any, ...]]]
LIST = "http://shili.example/list"
TODAY = date(2026, 2, 2)


def season(day: str) -> Run:
    """A healthy run that sees the reports of two organs for 2024, and none for 2025."""
    pages = {
        f"{organ}-2024": Said(f"{organ}的报告", organ=f"示例县{organ}", year=2024)
        for organ in ("财政局", "教育局")
    }
    return Run(day, lists={LIST: list(pages)}, pages=pages)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """示例县教育局 and 示例县财政局, candidates still, have not published their reports of 2025."""
    with open_store(tmp_path / "gxcrawl.db") as opened:
        for day in ("2026-01-05", "2026-02-02"):
            take_in(opened, make_bundle(tmp_path / "archive", season(day)))
        check(opened, TODAY)
        yield opened


@pytest.fixture
def rows(store: Store) -> Rows:
    def asked(query: str, *values: object) -> list[tuple[Any, ...]]:
        return store.connection.execute(query, values).fetchall()

    return asked


@pytest.fixture
def command(store: Store) -> Command:
    """`gxcrawl …` on that database."""

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, [*words, "--db", str(store.path)])

    return run
