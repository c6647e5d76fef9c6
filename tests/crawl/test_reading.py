"""What is kept of a page that a list calls a report, and that cannot be read as one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gxcrawl.crawl.reading import UNREAD, Article, Reading, read_article
from gxcrawl.pages.model import Marks, Page, Row

URL = "http://www.shili.gov.cn/nb/202401/7.html"
TITLE = "示例县民政局2023年政府信息公开工作年度报告"
FILE = '<p><a href="/group1/M00/05/2B/rBQCc2.pdf">全文.pdf</a></p>'


def read(title: str, body: str, listed: str = TITLE) -> Reading:
    markup = f"<html><head><title>{title}</title></head><body><div id='content'>{body}</div></body></html>"
    now = datetime(2024, 2, 1, tzinfo=UTC)
    return read_article(Article(Page(URL, markup.encode()), Row(URL, listed), Marks(), now))


@pytest.mark.parametrize("title", ["文章详情", "示例县", "示例县人民政府", ""])
def test_a_file_under_a_page_without_a_title_of_its_own_is_a_report_not_read_yet(title: str) -> None:
    reading = read(title, FILE)
    assert (reading.error, reading.organ, reading.year) == (UNREAD, "示例县民政局", 2023)
    assert len(reading.attachments) == 1


def test_a_page_that_calls_itself_something_else_is_believed() -> None:
    assert read("示例县2023年法治政府建设年度报告", FILE).refused


def test_a_page_that_a_script_would_fill_is_bare_whatever_its_window_says() -> None:
    assert read("示例县人民政府", "").bare
    assert not read("示例县人民政府", '<img src="/a/1.jpg"><img src="/a/2.jpg">').bare


def test_a_page_that_nobody_called_a_report_is_none() -> None:
    reading = read("示例县人民政府", "", "通知")
    assert (reading.bare, bool(reading.refused)) == (False, True)
