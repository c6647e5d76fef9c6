from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gxcrawl.store import Store, open_store

sys.path.insert(0, str(Path(__file__).parent))
from made_bundles import Run, make_bundle

Archive = Callable[[Run], Path]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Writes the bundle of a run and gives its folder."""
    return lambda run: make_bundle(tmp_path / "archive", run)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "gxcrawl.db") as opened:
        yield opened
