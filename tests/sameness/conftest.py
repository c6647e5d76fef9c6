from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxcrawl.store import open_store

sys.path.insert(0, str(Path(__file__).parent))
from town import Town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_store(tmp_path / "gxcrawl.db") as store:
        yield Town(store.connection)
