"""kill -9 at any moment of a delivery: nothing is lost, and at most one message comes twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gxcrawl.store import open_store
from tests.alerts.world import World
from tests.notify.servers import hook

ROOT = Path(__file__).resolve().parents[2]
RECEIVERS = 3


def sending(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "gxcrawl", "alerts", "send", "--today", "2026-02-01"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def killed_and_repeated(folder: Path, moment: float) -> None:
    """Kills a sending after so many seconds, sends again, and looks at what arrived."""
    folder.mkdir()
    with open_store(folder / "gxcrawl.db") as store:
        world = World(store)
        world.portal()
        world.organ("财政局")
        world.run("2026-02-01")
        world.missing("财政局")
        world.refresh("2026-02-01")
    with hook() as service:
        entry = f'url = "json://127.0.0.1:{service.port}/"\nwhen = "at-once"\n'
        entries = [f'[[receiver]]\nname = "r{number}"\n{entry}' for number in range(RECEIVERS)]
        folder.joinpath("receivers.toml").write_text("\n".join(entries), encoding="utf-8")
        first = sending(folder)
        time.sleep(moment)
        first.kill()
        first.wait()
        second = sending(folder)
        assert second.wait() == 0
        time.sleep(1)  # what the killed one had begun may still arrive
    assert RECEIVERS <= len(service.bodies) <= RECEIVERS + 1
    with open_store(folder / "gxcrawl.db") as store:
        states = store.connection.execute("SELECT state, attempts FROM deliveries").fetchall()
        assert states == [("sent", 1)] * RECEIVERS
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("moment", [1.5, 3.0])
def test_a_killed_delivery_loses_nothing_and_repeats_at_most_one_message(
    tmp_path: Path, moment: float
) -> None:
    killed_and_repeated(tmp_path / "at", moment)


@pytest.mark.soak
def test_twenty_killed_deliveries_lose_nothing(tmp_path: Path) -> None:
    chosen = random.Random(4)
    for number in range(20):
        killed_and_repeated(tmp_path / str(number), chosen.uniform(0.1, 5))
