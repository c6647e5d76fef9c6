"""The pages over what the demo leaves behind: played once for all tests, and asked without a server."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from datasette.app import Datasette

from gxcrawl import clock
from gxcrawl.demo.portals import LATER

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database and the archive of the demo. Whoever comes second waits for the first."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder, ready = shared / "site-demo", shared / "site-demo.ready"
    try:
        (shared / "site-demo.begun").mkdir()
    except FileExistsError:
        until = time.monotonic() + PATIENCE
        while not ready.exists():
            assert time.monotonic() < until, "the demo was not played in time by another worker"
            time.sleep(0.2)
        return folder
    command = [sys.executable, "-m", "gxcrawl", "demo", "--once", "--keep", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=PATIENCE)
    ready.touch()
    return folder


@pytest.fixture
def own_demo(demo: Path, tmp_path: Path) -> Path:
    """A copy of the database that a test may change; the archive is the one of all."""
    shutil.copy(demo / "gxcrawl.db", tmp_path)
    (tmp_path / "gxcrawl-archive").symlink_to(demo / "gxcrawl-archive")
    return tmp_path


@pytest.fixture(autouse=True)
def _spring() -> Iterator[None]:
    """It is the day of the demo's second look."""
    clock.pretend(LATER)
    yield
    clock.pretend(None)


class Answer:
    def __init__(self, status: int, text: str, headers: dict[str, str], body: bytes) -> None:
        self.status, self.text, self.headers, self.body = status, text, headers, body


Get = Callable[..., Answer]


def asking(database: Path, **options: object) -> Get:
    """Asks Datasette for a page of this database, without a server."""

    def get(path: str, **more: object) -> Answer:
        async def ask() -> Answer:
            datasette = Datasette([str(database)], **options)  # type: ignore[arg-type]
            await datasette.invoke_startup()
            got = await datasette.client.get(path, **more)
            return Answer(got.status_code, got.text, dict(got.headers), got.content)

        return asyncio.run(ask())

    return get


@pytest.fixture
def get(demo: Path) -> Get:
    return asking(demo / "gxcrawl.db")
