"""三门峡: templates that must be tried, pages without an end, old and new addresses."""

from __future__ import annotations

from datetime import date

import pytest

from gxcrawl.pages.detail import read_detail
from gxcrawl.pages.model import Ask, Declared, Page
from gxcrawl.portals.model import Column, Portal
from spiders.sanmenxia import TEMPLATES, Sanmenxia

FAMILY = Sanmenxia()
HOME = "http://www.slq.gov.cn/"
LIST = f"{HOME}4498/0000/zhengfuxinxi-1.html"
PORTAL = Portal("slq", "示例区", "990102", "sanmenxia", ("www.slq.gov.cn",))
ROWS = """<div class="article-list"><ul>
<li><a href="/4498/2026/1/2206615.html">
<p class="qians">石门街道2025年政府信息公开工作年度报告</p>
<p class="hous">2026-01-20</p></a></li>
<li><a href="/4498/616951008/1869004.html">
<p class="qians">示例区2017年政府信息公开工作年度报告</p>
<p class="hous">2018-03-02</p></a></li>
<li><a href="/group1/M00/05/2B/wKgAAGXqQ2.pdf">
<p class="qians">河口镇2025年政府信息公开工作年度报告</p>
<p class="hous">2026-01-15</p></a></li>
</ul></div>"""


def page(body: str, url: str = LIST) -> Page:
    return Page(url, f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode())


def test_old_and_new_addresses_and_files_are_rows() -> None:
    rows = FAMILY.rows(page(ROWS), Ask(LIST))
    assert [row.day for row in rows] == [date(2026, 1, 20), date(2018, 3, 2), date(2026, 1, 15)]
    assert rows[0].title == "石门街道2025年政府信息公开工作年度报告"
    assert rows[2].url.endswith(".pdf")


def test_the_number_goes_up_as_long_as_there_are_rows() -> None:
    following = FAMILY.next(page(ROWS), Ask(LIST))
    assert following is not None
    assert following.url == f"{HOME}4498/0000/zhengfuxinxi-2.html"
    assert FAMILY.next(page("<p>暂无数据</p>", following.url), following) is None
    assert FAMILY.declared(page(ROWS), Ask(LIST)) == Declared(), "it tells nothing, so it proves no end"


def test_a_column_of_which_only_the_number_is_known_is_tried_with_every_template() -> None:
    urls = [ask.url for ask in FAMILY.ways(PORTAL, Column(ref="4498"))]
    assert urls == [f"{HOME}4498/0000/{template}-1.html" for template in TEMPLATES]
    given = [ask.url for ask in FAMILY.ways(PORTAL, Column(url=f"{HOME}4498/0000/xinxi-1.html"))]
    assert given[0] == f"{HOME}4498/0000/xinxi-1.html"
    assert len(given) == len(TEMPLATES), "the address as given comes first, and only once"
    view = f"{HOME}pageView/zhengfuxinxi.html?rlmid=4021&lmid=4051"
    assert f"{HOME}4051/0000/list-1.html" in [ask.url for ask in FAMILY.ways(PORTAL, Column(url=view))]


def test_junk_in_the_field_for_the_source_names_no_organ() -> None:
    text = "本报告所列数据的统计期限自2025年1月1日至2025年12月31日。" * 4
    article = page(
        "<div class='articleDetails'><h2 class='title'>石门街道2025年政府信息公开工作年度报告</h2>"
        f"<p><span>来源:01</span><span>发布时间:2026-01-20 10:44</span></p>"
        f"<div id='content'><p>{text}</p></div></div>",
        f"{HOME}4498/2026/1/2206615.html",
    )
    detail = read_detail(article, FAMILY.marks)
    assert (detail.organ, detail.source, detail.has_body) == ("", "01", True)
    assert detail.days["visible-date"] == date(2026, 1, 20)


@pytest.mark.parametrize("url", [LIST, f"{HOME}4498/2026/1/2206615.html"])
def test_its_addresses_give_it_away(url: str) -> None:
    found = FAMILY.detect(page(ROWS, url))
    assert found.score >= 40
    assert any(reason.startswith("its address is") for reason in found.reasons)
    assert FAMILY.detect(page("<p>无</p>", f"{HOME}a/b.html")).score == 0
