"""博达: numbers that fall, addresses that change with the depth, files that want a Referer."""

from __future__ import annotations

from datetime import date

from gxcrawl.pages.model import Ask, Declared, Page, Row
from gxcrawl.portals.model import Column, Portal
from spiders.vsb import Vsb

FAMILY = Vsb()
HOME = "http://www.slx.gov.cn/"


def page(body: str, url: str) -> Page:
    return Page(url, f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode())


def listed(up: str, following: str, place: str, url: str) -> Page:
    button = (
        f'<span class="p_next p_fun"><a href="{following}">下页</a></span>'
        if following
        else '<span class="p_next_d p_fun_d">下页</span>'
    )
    rows = (
        f'<li id="line_u8_0"><a href="{up}info/1041/2001.htm"'
        ' title="示例县财政局2022年政府信息公开工作年度报告">'
        "示例县财政局2022年政府...</a><span>2023.01.12</span></li>"
        '<li id="line_u8_1">'
        '<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=7">'
        "柳林乡2022年政府信息公开工作年度报告</a><span>2023.01.11</span></li>"
    )
    pager = (
        '<div class="pb_sys_common pb_sys_normal pb_sys_style1"><span class="p_t">共29条</span>'
        f'{button}<span class="p_t">{place}</span></div>'
    )
    return page(f"<ul>{rows}</ul>{pager}", url)


def test_the_button_is_followed_down_whatever_the_numbers_are() -> None:
    first = listed("../", "zfxxgknb/2.htm", "1/3", f"{HOME}zwgk/zfxxgknb.htm")
    second = FAMILY.next(first, Ask(first.url))
    assert second is not None
    assert second.url == f"{HOME}zwgk/zfxxgknb/2.htm"
    deeper = listed("../../", "1.htm", "2/3", second.url)
    third = FAMILY.next(deeper, second)
    assert third is not None
    assert third.url == f"{HOME}zwgk/zfxxgknb/1.htm"
    assert FAMILY.next(listed("../../", "", "3/3", third.url), third) is None
    assert {row.url for row in FAMILY.rows(first, Ask(first.url))} == {
        row.url for row in FAMILY.rows(deeper, second)
    }, "../ and ../../ lead to the same articles"


def test_lists_by_query_are_followed_by_their_own_parameters() -> None:
    url = f"{HOME}list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1154"
    query = "?a1154t=3&amp;a1154p=2&amp;a1154c=10&amp;urltype=tree.TreeTempUrl&amp;wbtreeid=1154"
    following = FAMILY.next(listed("", query, "1/3", url), Ask(url))
    assert following is not None
    assert following.url == (
        f"{HOME}list.jsp?a1154t=3&a1154p=2&a1154c=10&urltype=tree.TreeTempUrl&wbtreeid=1154"
    )


def test_rows_have_whole_titles_and_dates_and_downloads_are_rows() -> None:
    first = listed("../", "zfxxgknb/2.htm", "1/3", f"{HOME}zwgk/zfxxgknb.htm")
    article, file = FAMILY.rows(first, Ask(first.url))
    assert article == Row(
        f"{HOME}info/1041/2001.htm", "示例县财政局2022年政府信息公开工作年度报告", date(2023, 1, 12)
    )
    assert "wbfileid=7" in file.url
    assert FAMILY.declared(first, Ask(first.url)) == Declared(29, 3)


def test_what_a_row_leads_to_is_asked_for_with_the_list_as_referer() -> None:
    first = listed("../", "", "1/1", f"{HOME}zwgk/zfxxgknb.htm")
    row = FAMILY.rows(first, Ask(first.url))[1]
    assert dict(FAMILY.detail(row, first).headers) == {"Referer": first.url}


def test_signs_of_the_software_are_told_and_pasted_text_weighs_little() -> None:
    first = listed("../", "zfxxgknb/2.htm", "1/3", f"{HOME}zwgk/zfxxgknb.htm")
    found = FAMILY.detect(first)
    assert found.score >= 80
    assert "pager of class pb_sys_common" in found.reasons
    pasted = page('<div class="v_news_content"><p>正文</p></div>', f"{HOME}a.html")
    assert 0 < FAMILY.detect(pasted).score < 20


def test_columns_by_number_and_by_path() -> None:
    portal = Portal("slx", "示例县", "990101", "vsb", ("www.slx.gov.cn",))
    by_number = FAMILY.ways(portal, Column(ref="1154"))
    assert [ask.url for ask in by_number] == [f"{HOME}list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1154"]
    assert [ask.url for ask in FAMILY.ways(portal, Column(ref="zwgk/zfxxgknb"))] == [
        f"{HOME}zwgk/zfxxgknb.htm"
    ]
