"""A newcomer: a fresh clone, the first command of the README, and then each user's first task.

The second command, `make test`, is what runs this very file; the gate runs it on a fresh clone.
"""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.conftest import ROOT
from tests.site.in_browser import tasks

pytestmark = pytest.mark.soak
PATIENCE = 900  # seconds, with the installation


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `make demo` says that the pages are."""
    clone = tmp_path_factory.mktemp("a newcomer") / "gxcrawl"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")
    }
    demo = subprocess.Popen(
        ["make", "demo"],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    lines: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=lambda: [lines.put(line) for line in demo.stdout or ()])
    reader.start()
    try:
        yield said_address(demo, lines)
    finally:
        os.killpg(demo.pid, signal.SIGINT)
        demo.wait(60)
        reader.join()
        if demo.stdout:
            demo.stdout.close()


def said_address(demo: subprocess.Popen[str], lines: queue.Queue[str]) -> str:
    until, told = time.monotonic() + PATIENCE, []
    while time.monotonic() < until:
        try:
            told.append(lines.get(timeout=1))
        except queue.Empty:
            assert demo.poll() is None, "".join(told)
            continue
        if found := re.search(r"http://127\.0\.0\.1:\d+", told[-1]):
            return found[0]
    raise AssertionError("".join(told))


def test_each_user_gets_to_the_first_goal(browser: Browser, address: str, tmp_path: Path) -> None:
    page = browser.new_page(base_url=address, locale="zh-CN")
    page.goto("/")
    tasks.clerk(page)
    page.goto("/")
    tasks.researcher(page, tmp_path)
    page.goto("/")
    tasks.journalist(page)
