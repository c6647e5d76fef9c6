from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gxcrawl.store import open_store
from tests.alerts.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A department whose report is missing, and was told about."""
    with open_store(tmp_path / "gxcrawl.db") as store:
        world = World(store)
        world.portal()
        world.organ("财政局")
        world.run("2026-02-01")
        world.missing("财政局", days=1)
        world.refresh("2026-02-01")
        yield world
