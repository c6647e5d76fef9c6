from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alerts.world import World, crawled


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A department whose report is missing, and was told about."""
    with crawled(tmp_path) as world:
        world.missing("财政局", days=1)
        world.refresh("2026-02-01")
        yield world
