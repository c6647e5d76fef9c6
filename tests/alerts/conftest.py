from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gxcrawl.store import open_store
from tests.alerts.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """One portal that was crawled well on the first of February, and one department."""
    with open_store(tmp_path / "gxcrawl.db") as store:
        world = World(store)
        world.portal()
        world.organ("财政局")
        world.run("2026-02-01")
        yield world
