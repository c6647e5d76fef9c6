"""One report with an error in its sums, crawled twice, in a database and an archive of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gxcrawl.evidence.chain import chain_of
from gxcrawl.evidence.model import Chain
from gxcrawl.evidence.records import Archive
from gxcrawl.samples import Sample, generate
from gxcrawl.store import Store, open_store, take_in
from tests.evidence.world import LIST, archived_run, said
from tests.store.made_bundles import Run

PAGE = "shili/2024.html"


@dataclass(frozen=True)
class World:
    store: Store
    root: Path

    @property
    def archive(self) -> Archive:
        return Archive(self.store.connection, self.root)

    def take(self, run: Run) -> None:
        take_in(self.store, archived_run(self.root, run))

    def chain(self, subject: str, *cells: str) -> Chain:
        return chain_of(self.archive, subject, cells)

    def finding(self, check: str) -> str:
        query = 'SELECT id FROM findings WHERE "check" = ? ORDER BY id LIMIT 1'
        return f"F{self.store.connection.execute(query, (check,)).fetchone()[0]}"

    def execute(self, query: str, *values: object) -> int:
        with self.store.writing() as connection:
            return connection.execute(query, values).lastrowid or 0


@pytest.fixture(scope="session")
def spoiled() -> Sample:
    samples = (generate(seed, layout="html-portal", form="2021", clean=False) for seed in range(100))
    return next(one for one in samples if any(planted.check == "T3-COL" for planted in one.planted))


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory, spoiled: Sample) -> Path:
    """Made once; each test gets a copy."""
    folder = tmp_path_factory.mktemp("crawled")
    with open_store(folder / "gxcrawl.db") as store:
        for day in ("2026-01-05", "2026-02-03"):
            run = Run(day, lists={LIST: [PAGE]}, pages={PAGE: said(spoiled)})
            World(store, folder / "gxcrawl-archive").take(run)
    return folder


@pytest.fixture
def world(tmp_path: Path, crawled: Path) -> Iterator[World]:
    shutil.copytree(crawled, tmp_path, dirs_exist_ok=True)
    with open_store(tmp_path / "gxcrawl.db") as store:
        yield World(store, tmp_path / "gxcrawl-archive")
