from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alerts.world import World, crawled


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """One portal that was crawled well on the first of February, and one department."""
    with crawled(tmp_path) as world:
        yield world
