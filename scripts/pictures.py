"""Takes the pictures of the README: the demo is played, its pages are served, and a browser looks at them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.looking import FLAGS, ROOT, chromium, served

FOLDER = ROOT / "docs" / "pictures"
SIZE = {"width": 1200, "height": 760}
TODAY = "2026-05-01"  # of the demo's second look
REPORT = "SELECT report FROM findings WHERE \"check\" = 'T3-COL' AND result = 'fail' LIMIT 1"
# Name of a picture -> address, and what stands in it.
PICTURES: Mapping[str, tuple[str, str]] = {
    "matrix": ("/matrix?area={}", "SELECT code FROM portals WHERE id = 'jpage-page'"),
    "report": ("/report/{}#table-t3", REPORT),
    "alert": ("/alert/{}", "SELECT id FROM alerts WHERE kind = 'T3-COL' AND state = 'open' LIMIT 1"),
}


def main() -> int:
    browser = chromium()
    if browser is None:
        print("no Chromium is there to take pictures with: install chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "demo")
        subprocess.run(
            [sys.executable, "-m", "gxcrawl", "demo", "--once", "--keep", str(folder)], cwd=ROOT, check=True
        )
        _take(browser, folder / "gxcrawl.db")
    return 0


def _take(browser: str, database: Path) -> None:
    FOLDER.mkdir(exist_ok=True)
    with served(database, TODAY) as there, sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=browser, args=FLAGS).new_page(viewport=SIZE)
        for name, (address, query) in PICTURES.items():
            with closing(sqlite3.connect(database)) as connection:
                (about,) = connection.execute(query).fetchone()
            window.goto(there.address + address.format(about), wait_until="networkidle")
            window.screenshot(path=FOLDER / f"{name}.png")
            print(f"wrote docs/pictures/{name}.png")


if __name__ == "__main__":
    sys.exit(main())
