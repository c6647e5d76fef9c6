"""What each of the three users does first, from the first page on, in at most four clicks."""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

MOST = 4


class Walk:
    """A way through the pages that counts its clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, what: Locator) -> None:
        self.clicks += 1
        assert self.clicks <= MOST, f"more than {MOST} clicks"
        what.first.click()


def clerk(page: Page) -> None:
    """Who has not published, and why do you say so?"""
    walk = Walk(page)
    walk.click(page.get_by_role("link", name="未发布"))
    reason = (page.locator("td.status-missing a").first.get_attribute("title") or "").partition("：")[2]
    assert reason
    walk.click(page.locator("td.status-missing a"))
    expect(page.get_by_text(reason).first).to_be_visible()
    expect(page.get_by_text("摘要相符").first).to_be_attached()  # of the archived list that lacks the report


def researcher(page: Page, folder: Path) -> None:
    """Give me all numbers, one row for each report."""
    walk = Walk(page)
    with page.expect_download() as begun:
        walk.click(page.get_by_role("link", name="依申请公开面板"))
    begun.value.save_as(folder / "panel.csv")
    with (folder / "panel.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 500
    assert all(row["organ"] and row["year"] for row in rows)
    assert any(row["t3_received_total"].isdecimal() for row in rows)


def journalist(page: Page) -> None:
    """What is wrong here, and where is the proof?"""
    walk = Walk(page)
    walk.click(page.get_by_role("link", name="告警", exact=True))
    walk.click(page.locator("main").get_by_role("link", name="总计"))
    walk.click(page.get_by_role("link", name="存档"))
    frame = page.frame_locator("iframe")
    expect(frame.locator(".cell").first).to_be_visible()
    assert frame.locator("script").count() == 0
