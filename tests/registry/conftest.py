from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gxcrawl.store import Store, open_store, take_in
from tests.registry.filling import add_portal
from tests.store.made_bundles import Run, Said, make_bundle

Crawl = Callable[..., None]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database in which 示例县 (990101) and the portal of 示例市 (990100) are known."""
    with open_store(tmp_path / "gxcrawl.db") as opened:
        with opened.writing() as connection:
            add_portal(connection, "shili", "990101", "示例县人民政府")
            add_portal(connection, "shi", "990100", "示例市人民政府")
        yield opened


@pytest.fixture
def crawl(store: Store, tmp_path: Path) -> Crawl:
    """A crawl of 示例县 on a day that meets a report under each of these names."""

    def meet(day: str, *names: str, year: int = 2023) -> None:
        pages = {f"{name}-{year}": Said(f"{name}{year}", organ=name, year=year) for name in names}
        take_in(store, make_bundle(tmp_path / "archive", Run(day, pages=pages)))

    return meet
