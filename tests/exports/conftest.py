from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxcrawl.exports import FORMATS, KINDS
from gxcrawl.exports.run import Order, Written, export
from gxcrawl.exports.selection import Selection
from gxcrawl.store import Store

sys.path.insert(0, str(Path(__file__).parent))
from made_season import fill


@pytest.fixture(scope="session")
def season(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The database of an invented season. Tests only read it."""
    with fill(tmp_path_factory.mktemp("season") / "gxcrawl.db") as store:
        yield store


@pytest.fixture(scope="session")
def everything(season: Store, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Written]]:
    """Everything that can be exported, in every format, and what was said of it."""
    folder = tmp_path_factory.mktemp("out") / "all"
    return folder, export(season, folder, Order(KINDS, FORMATS, Selection()))


@pytest.fixture(scope="session")
def house(everything: tuple[Path, list[Written]]) -> Path:
    return everything[0]
