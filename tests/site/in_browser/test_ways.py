"""The ways of the three users through the pages of the demo."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.site.in_browser import tasks


def test_a_clerk_finds_who_did_not_publish_and_why(page: Page) -> None:
    tasks.clerk(page)


def test_a_clerk_takes_the_matrix_of_an_area_away(page: Page, tmp_path: Path) -> None:
    page.get_by_role("link", name="发布情况", exact=True).click()
    page.get_by_label("地区").select_option(index=1)
    page.get_by_role("button", name="查看").click()
    with page.expect_download() as begun:
        page.get_by_role("link", name="下载 Excel").click()
    begun.value.save_as(tmp_path / "matrix.xlsx")
    assert openpyxl.load_workbook(tmp_path / "matrix.xlsx").worksheets[0].max_row > 1


def test_a_researcher_takes_the_panel_away(page: Page, tmp_path: Path) -> None:
    tasks.researcher(page, tmp_path)


def test_a_journalist_gets_from_an_alert_to_the_marked_cell_of_the_archived_page(page: Page) -> None:
    tasks.journalist(page)


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
