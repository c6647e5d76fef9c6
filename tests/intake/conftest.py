"""A database with an archive beside it, and the reports of an invented county."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from gxcrawl.clock import VARIABLE
from gxcrawl.intake.deposit import add
from gxcrawl.intake.given import File, Given
from gxcrawl.samples import Sample, generate
from gxcrawl.store import Store, TakenIn, open_store, take_in
from tests.evidence.world import archived_run
from tests.store.made_bundles import Run

URL = "http://www.shili.example/xxgk/2025.html"
SEEN = date(2026, 2, 3)


@dataclass(frozen=True)
class Desk:
    store: Store
    archive: Path

    def add(self, *data: bytes, code: str = "990101", name: str = "report.html", **said: object) -> TakenIn:
        files = [File(name if not number else f"附件{number}.pdf", one) for number, one in enumerate(data)]
        given = Given(URL, SEEN, "示例县财政局", 2025)._replace(**said)  # type: ignore[arg-type]
        return add(self.store, self.archive, files, given, code)

    def add_sample(self, sample: Sample, **said: object) -> TakenIn:
        about = {"organ": sample.organ, "year": sample.year} | said
        return self.add(sample.data, **about)  # type: ignore[arg-type]

    def crawl(self, run: Run) -> TakenIn:
        return take_in(self.store, archived_run(self.archive, run))

    def all(self, query: str, *values: object) -> list[tuple[object, ...]]:
        return self.store.connection.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> object:
        [[value]] = self.all(query, *values)
        return value


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "gxcrawl.db"
    open_store(path).close()
    return path


@pytest.fixture
def desk(tmp_path: Path, empty: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv(VARIABLE, "2026-02-10")
    shutil.copy(empty, tmp_path)
    with open_store(tmp_path / "gxcrawl.db") as store:
        yield Desk(store, tmp_path / "gxcrawl-archive")


@pytest.fixture(scope="session")
def sample() -> Sample:
    return generate(3, layout="html-portal", form="2021", clean=True)
