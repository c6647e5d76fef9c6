"""The pages as the real command serves them, and the browser to look: for tests, pictures, measurements."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Without these the browser asks for hosts of its maker.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STARTING = 60  # seconds


class Served(NamedTuple):
    port: int
    process: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def chromium() -> str | None:
    """The browser of the system; none is ever fetched."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def served(database: Path, today: str) -> Iterator[Served]:
    """`gxcrawl serve` in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gxcrawl", "serve", "--db", str(database), "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--today", today],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        there = Served(port, process.pid)
        _wait_for(there, process)
        yield there
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(there: Served, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTING
    while True:
        try:
            urllib.request.urlopen(f"{there.address}/-/versions.json", timeout=30).close()  # noqa: S310
        except urllib.error.URLError:
            if time.monotonic() > until or process.poll() is not None:
                raise RuntimeError("gxcrawl serve did not answer") from None
            time.sleep(0.2)
        else:
            return
