"""Metas of government pages as they are really written."""

from __future__ import annotations

import pytest

from gxcrawl.pages.metas import is_detail, metas, site_code
from gxcrawl.pages.model import Page

URL = "http://www.shili.gov.cn/nb/1.html"


def page(markup: str) -> Page:
    return Page(URL, markup.encode())


def test_metas_are_read_however_they_are_written() -> None:
    found = metas(
        page(
            '<head><meta name="ArticleTitle"content="示例镇&ldquo;年报&rdquo;">'
            "<meta name='PubDate' content='2022-01-20 10:00'>"
            "<META NAME=SiteIDCode CONTENT=2301120001><meta name=ColumnName content=''></head>"
            "<body><div><meta name='ContentStart'><meta name='ContentSource' content='\n 本站 '>"
            "<meta name='columnname' content='年报'><meta name='pubdate' content='2023-01-01'></div></body>"
        )
    )
    assert found["articletitle"] == "示例镇“年报”"
    assert found["pubdate"] == "2022-01-20 10:00"
    assert found["siteidcode"] == "2301120001"
    assert found["contentsource"] == "本站"
    assert found["columnname"] == "年报"
    assert found["contentstart"] == ""


@pytest.mark.parametrize(
    "markup",
    [
        "<meta name='SiteIDCode' content=' 2301120001 '>",
        "<meta name=SiteIDCode content=''><script id=\"_jiucuo_\" sitecode='2301120001' src='j.js'></script>",
        "<script sitecode=2301120001 id=_jiucuo_></script>",
        "<p>网站标识码：2301120001 备案</p>",
        "<p>政府网站标识码 2301120001</p>",
    ],
)
def test_the_code_of_a_site_is_found_in_three_places(markup: str) -> None:
    assert site_code(page(f"<html><body>{markup}</body></html>")) == "2301120001"


def test_codes_of_ministries_have_letters() -> None:
    assert site_code(page("<p>网站标识码bm56000001</p>")) == "bm56000001"


@pytest.mark.parametrize(
    "markup", ["", "<p>网站标识码：23011200012</p>", "<meta name=SiteIDCode content=abc>"]
)
def test_no_code_is_made_up(markup: str) -> None:
    assert site_code(page(f"<html>{markup}</html>")) == ""


def test_only_articles_have_a_title_of_their_own() -> None:
    assert is_detail(page("<meta name='ArticleTitle' content='年报'>"))
    assert not is_detail(
        page("<meta name='ArticleTitle' content=' '><meta name='ColumnName' content='年报'>")
    )
    assert not is_detail(Page(URL, b""))
