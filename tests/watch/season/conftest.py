from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.watch.season import story
from tests.watch.season.played import Season, new_database, play

Played = Callable[[str], Season]


@pytest.fixture(scope="session")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that knows the registry and nothing else."""
    return new_database(tmp_path_factory.mktemp("registry") / "x.db", story.HERE / "registry.csv")


@pytest.fixture(scope="session")
def daily(tmp_path_factory: pytest.TempPathFactory, registered: Path) -> Season:
    """The season as it is told, with a look at every portal on every day."""
    folder = tmp_path_factory.mktemp("daily")
    return play(folder, registered, story.days(), story.failures(), keep=False)
