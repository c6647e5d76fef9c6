"""A database, and runs that are taken into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gxcrawl.store import Store, open_store, take_in
from tests.store.made_bundles import Run, make_bundle


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "gxcrawl.db") as opened:
        yield opened


@pytest.fixture
def take(store: Store, tmp_path: Path) -> Callable[[Run], None]:
    def taken(run: Run) -> None:
        take_in(store, make_bundle(tmp_path / "archive", run))

    return taken
