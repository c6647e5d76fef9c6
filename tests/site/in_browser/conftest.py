"""The demo, served by the real command, and the browser of this machine to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import Request as Asked

from gxcrawl.demo.portals import LATER
from scripts.looking import FLAGS, chromium, served


@pytest.fixture(scope="module")  # while it is there, no other test can run an event loop
def browser() -> Iterator[Browser]:
    """The gate installs it."""
    found = chromium()
    if found is None:
        pytest.skip("no Chromium is there to look at the pages: install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def address(demo: Path) -> Iterator[str]:
    """Where the pages of the demo are."""
    with served(demo / "gxcrawl.db", LATER.isoformat()) as there:
        yield there.address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A window on the first page. What goes wrong in it, and what it asks of others, fails the test."""
    context = browser.new_context(base_url=address, locale="zh-CN", viewport={"width": 1200, "height": 900})
    window, faults = context.new_page(), list[str]()

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(f"console: {message.text}")

    def watch(asked: Asked) -> None:
        if not asked.url.startswith((f"{address}/", "data:", "about:")):
            faults.append(f"asked for {asked.url}")

    window.on("console", hear)
    window.on("pageerror", lambda error: faults.append(f"error: {error}"))
    context.on("request", watch)
    window.goto("/")
    yield window
    context.close()
    assert not faults
