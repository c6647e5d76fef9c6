"""What the three users do first, each in at most four clicks from the first page."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect


def test_a_clerk_finds_who_did_not_publish_and_why(page: Page) -> None:
    page.get_by_role("link", name="未发布").first.click()
    cell = page.locator("td.status-missing a").first
    reason = (cell.get_attribute("title") or "").partition("：")[2]
    assert reason
    cell.click()
    expect(page.get_by_text(reason).first).to_be_visible()
    expect(page.get_by_text("列表").first).to_be_visible()


def test_a_clerk_takes_the_matrix_of_an_area_away(page: Page, tmp_path: Path) -> None:
    page.get_by_role("link", name="发布情况", exact=True).click()
    page.get_by_label("地区").select_option(index=1)
    page.get_by_role("button", name="查看").click()
    with page.expect_download() as begun:
        page.get_by_role("link", name="下载 Excel").click()
    begun.value.save_as(tmp_path / "matrix.xlsx")
    assert openpyxl.load_workbook(tmp_path / "matrix.xlsx").worksheets[0].max_row > 1


def test_a_researcher_takes_the_panel_away(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as begun:
        page.get_by_role("link", name="依申请公开面板").click()
    begun.value.save_as(tmp_path / "panel.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "panel.csv").read_text(encoding="utf-8"))))
    assert rows
    assert "t3_received_total" in rows[0]


def test_a_journalist_gets_from_an_alert_to_the_marked_cell_of_the_archived_page(page: Page) -> None:
    page.get_by_role("link", name="告警", exact=True).click()
    page.get_by_role("link", name="总计").first.click()
    page.get_by_role("link", name="存档").first.click()
    frame = page.frame_locator("iframe")
    expect(frame.locator(".cell").first).to_be_visible()
    assert frame.locator("script").count() == 0


def test_words_of_two_and_three_characters_are_found(page: Page) -> None:
    for word in ("依申请", "公开"):
        page.goto("/search")
        page.get_by_role("searchbox").fill(word)
        page.keyboard.press("Enter")
        expect(page.locator("mark").first).to_have_text(word)
        assert page.locator("main a[href*='/report/']").count() > 0


def test_the_filters_work_without_a_mouse(page: Page) -> None:
    page.goto("/matrix")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("地区")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_label("该年度状态")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/matrix?area=&kind=&name=&year=2025&status=missing")
    assert page.locator("td.status-missing").count() > 0
