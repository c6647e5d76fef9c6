"""Every kind of page: without a fault, and fit for a phone, for paper, and for people who cannot see."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS = ("serious", "critical")
UNBALANCED = "SELECT report FROM findings WHERE \"check\" = 'T3-BAL' AND result = 'fail' LIMIT 1"
# Kind of page -> what it is about, as the database knows it.
ABOUT: Mapping[str, str] = {
    "/": "SELECT ''",
    "/matrix": "SELECT ''",
    "/matrix?area={}": "SELECT code FROM organs LIMIT 1",
    "/organ/{}": "SELECT organ_key FROM findings WHERE \"check\" = 'Y-CARRY' AND result = 'fail' LIMIT 1",
    "/organ/{}/2025": "SELECT organ FROM duties WHERE year = 2025 AND status = 'missing' LIMIT 1",
    "/report/{}": UNBALANCED,
    "/report/{}/archived": UNBALANCED,
    "/finding/{}": "SELECT id FROM findings WHERE \"check\" = 'T3-ROW' AND result = 'fail' LIMIT 1",
    "/alerts": "SELECT ''",
    "/alerts?stream=crawler": "SELECT ''",
    "/alert/{}": "SELECT id FROM alerts WHERE kind = 'P-MISSING' LIMIT 1",
    "/rankings": "SELECT ''",
    "/search": "SELECT ''",
    "/search?q={}": "SELECT '公开'",
    "/health": "SELECT ''",
    "/health/{}": "SELECT portal FROM runs WHERE verdict = 'blocked' LIMIT 1",
    "/health/{}/{}": "SELECT portal, id FROM runs WHERE verdict = 'healthy' LIMIT 1",
    "/terms": "SELECT ''",
}


@pytest.fixture(params=ABOUT)
def somewhere(request: pytest.FixtureRequest, demo: Path) -> str:
    with closing(sqlite3.connect(demo / "gxcrawl.db")) as connection:
        about = connection.execute(ABOUT[request.param]).fetchone()
    return str(request.param).format(*(quote(str(one), safe="") for one in about))


def test_it_can_be_used_by_everybody(page: Page, somewhere: str) -> None:
    page.goto(somewhere)
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS] == []
    assert page.locator("h1").count() == 1
    page.set_viewport_size({"width": 360, "height": 740})
    wide = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0, "a phone would have to be pushed sideways"
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible()
    assert page.pdf().startswith(b"%PDF")
