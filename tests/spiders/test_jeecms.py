"""JEECMS: buttons that lead on by onclick only."""

from __future__ import annotations

from datetime import date

from gxcrawl.pages.model import Ask, Declared, Page
from gxcrawl.portals.model import Column, Portal
from spiders.jeecms import Jeecms

FAMILY = Jeecms()
HOME = "http://www.slx.gov.cn/"
FIRST = f"{HOME}zfxxgknb/index.jhtml"


def listed(place: int, pages: int, *, url: str = FIRST, buttons: bool = True) -> Page:
    rows = (
        '<ul><li><span>2022-01-28</span><h1><a href="http://www.slx.gov.cn/zfxxgknb/9010.jhtml">'
        "示例县统计局2021年政府信息公开工作年度报告</a></h1></li></ul>"
    )
    on = (
        f'<a href="#" class="next" onclick="location.href=\'index_{place + 1}.jhtml\'"> &gt;&gt; </a>'
        if place < pages
        else '<a href="#" class="next disabled"> &gt;&gt; </a>'
    )
    back = '<a href="#" class="prev" onclick="location.href=\'index.jhtml\'"> &lt;&lt; </a>'
    pager = f'<div class="pages"><span>共58条记录 {place}/{pages}页</span>{back}{on if buttons else ""}</div>'
    head = '<meta charset="utf-8"><link href="/r/cms/www/default/css/base.css" rel="stylesheet">'
    body = f'<form action="/search.jspx"></form>{rows}{pager}'
    return Page(url, f"<html><head>{head}</head><body>{body}</body></html>".encode())


def test_onclick_leads_on_until_the_button_is_dead() -> None:
    second = FAMILY.next(listed(1, 3), Ask(FIRST))
    assert second is not None
    assert second.url == f"{HOME}zfxxgknb/index_2.jhtml"
    third = FAMILY.next(listed(2, 3, url=second.url), second)
    assert third is not None
    assert third.url == f"{HOME}zfxxgknb/index_3.jhtml"
    assert FAMILY.next(listed(3, 3, url=third.url), third) is None


def test_without_a_button_the_count_of_pages_leads_on() -> None:
    bare = listed(1, 3, url=f"{HOME}zfxxgknb/", buttons=False)
    second = FAMILY.next(bare, Ask(bare.url))
    assert second is not None
    assert second.url == f"{HOME}zfxxgknb/index_2.jhtml"
    last = listed(3, 3, url=f"{HOME}zfxxgknb/index_3.jhtml", buttons=False)
    assert FAMILY.next(last, Ask(last.url)) is None


def test_rows_and_the_size_of_the_list() -> None:
    (row,) = FAMILY.rows(listed(1, 3), Ask(FIRST))
    assert (row.url, row.day) == (f"{HOME}zfxxgknb/9010.jhtml", date(2022, 1, 28))
    assert FAMILY.declared(listed(1, 3), Ask(FIRST)) == Declared(58, 3)


def test_it_is_known_by_its_own_files_and_found_by_the_name_of_a_column() -> None:
    assert FAMILY.detect(listed(1, 3)).score >= 80
    assert FAMILY.detect(Page(f"{HOME}a.html", b"<html><body><p>1</p></body></html>")).score == 0
    portal = Portal("slx", "示例县", "990101", "jeecms", ("www.slx.gov.cn",))
    assert [ask.url for ask in FAMILY.ways(portal, Column(ref="zfxxgknb"))] == [FIRST, f"{HOME}zfxxgknb/"]
