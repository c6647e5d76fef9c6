from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alerts.world import World, crawled


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A department whose report is missing since the first of February; nothing was refreshed yet."""
    with crawled(tmp_path) as world:
        world.missing("财政局", days=1)
        yield world
