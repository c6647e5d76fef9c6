"""大汉 JPaaS: a page of units, one of them the list, and a page number that counts in paramJson only."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.model import Ask, Declared, Page
from gxcrawl.portals.model import Column, Portal
from spiders.jpaas import UNIT, Jpaas

LIST = "http://www.shili.gov.cn/col/col1229000001/index.html"
JPAAS = Jpaas()


def query_data(tag: str) -> str:
    return f"{{'parseType':'bulidstatic','webId':'77','pageType':'column','tagId':'{tag}','editType':'null'}}"


def shell(*tags: str) -> Page:
    scripts = "".join(
        f'<script src="/x/unitbuild.js" url="{UNIT}" queryData="{query_data(t)}"></script>' for t in tags
    )
    return Page(LIST, f"<html><body>{scripts}</body></html>".encode())


def markup(titles: list[str], *, count: int = 32, page: int = 1, size: int = 15) -> str:
    rows = "".join(
        f'<li><a title="{title}" href="//www.shili.gov.cn/art/2025/1/7/art_1_{page}{number}.html">'
        f"{title[:6]}...</a><span>2025-01-07</span></li>"
        for number, title in enumerate(titles)
    )
    table = (
        f'<table class="pagination bar" queryData="{query_data("信息列表")}" rows="{size}" count="{count}"'
        f' pageNo="{page}" unitUrl="{UNIT}"><tr><td>1</td></tr></table>'
    )
    return f"<ul>{rows}</ul>{table}"


def answer(ask: Ask, titles: list[str], **facts: int) -> Page:
    return Page(ask.url, json.dumps({"success": True, "data": {"html": markup(titles, **facts)}}).encode())


REPORTS = [f"示例县第{number}局2024年政府信息公开工作年度报告" for number in range(15)]


def asked(ask: Ask | None) -> dict[str, list[str]]:
    assert ask
    return parse_qs(urlsplit(ask.url).query)


def test_the_list_is_fetched_first_whatever_stands_before_it_on_the_page() -> None:
    page = shell("导航", "推荐", "信息列表")
    assert JPAAS.rows(page, Ask(LIST)) == ()
    ask = JPAAS.next(page, Ask(LIST))
    assert asked(ask)["tagId"] == ["信息列表"]
    assert asked(ask)["webId"] == ["77"]
    assert "editType" not in asked(ask)


def test_rows_have_whole_titles_and_addresses_with_a_scheme() -> None:
    ask = JPAAS.next(shell("信息列表"), Ask(LIST))
    assert ask
    row = JPAAS.rows(answer(ask, REPORTS), ask)[0]
    assert row == (row.url, REPORTS[0], date(2025, 1, 7), "")
    assert row.url == "http://www.shili.gov.cn/art/2025/1/7/art_1_10.html"


def test_pages_are_asked_for_inside_of_param_json_until_the_count_is_reached() -> None:
    ask = JPAAS.next(shell("信息列表"), Ask(LIST))
    assert ask
    page = answer(ask, REPORTS)
    assert JPAAS.declared(page, ask) == Declared(32, 3)
    second = JPAAS.next(page, ask)
    assert asked(second)["paramJson"] == ['{"pageNo":2,"pageSize":"15"}']
    assert "pageNo" not in asked(second)
    assert asked(second)["tagId"] == ["信息列表"]
    assert second
    third = JPAAS.next(answer(second, REPORTS, page=2), second)
    assert asked(third)["paramJson"] == ['{"pageNo":3,"pageSize":"15"}']
    assert third
    assert JPAAS.next(answer(third, REPORTS[:2], page=3), third) is None


@pytest.mark.parametrize("count", ["", ' count=""', ' count="0"'])
def test_a_list_that_does_not_count_its_rows_is_read_on(count: str) -> None:
    ask = JPAAS.next(shell("信息列表"), Ask(LIST))
    assert ask
    uncounted = markup(REPORTS).replace(' count="32"', count)
    first = Page(ask.url, json.dumps({"success": True, "data": {"html": uncounted}}).encode())
    assert JPAAS.declared(first, ask) == Declared()
    assert json.loads(asked(JPAAS.next(first, ask))["paramJson"][0])["pageNo"] == 2


def test_a_unit_that_recommends_other_things_is_passed_over() -> None:
    ask = JPAAS.next(shell("内容1", "内容2"), Ask(LIST))
    assert ask
    page = answer(ask, ["关于召开会议的通知"], count=40)
    assert JPAAS.rows(page, ask) == ()
    assert JPAAS.declared(page, ask) == Declared()
    other = JPAAS.next(page, ask)
    assert asked(other)["tagId"] == ["内容2"]
    assert asked(JPAAS.otherwise(None, ask))["tagId"] == ["内容2"]
    assert other
    assert len(JPAAS.rows(answer(other, REPORTS), other)) == 15


def test_a_page_that_has_its_first_rows_goes_on_with_the_second_page() -> None:
    page = Page(LIST, f"<html><body>{markup(REPORTS)}</body></html>".encode())
    assert len(JPAAS.rows(page, Ask(LIST))) == 15
    assert asked(JPAAS.next(page, Ask(LIST)))["paramJson"] == ['{"pageNo":2,"pageSize":"15"}']


def test_a_refused_request_and_a_page_instead_of_an_answer_have_no_rows() -> None:
    ask = JPAAS.next(shell("信息列表"), Ask(LIST))
    assert ask
    for body in (b'{"success":false,"data":null}', markup(REPORTS).encode(), b"", b"[1]"):
        page = Page(ask.url, body)
        assert (JPAAS.rows(page, ask), JPAAS.next(page, ask), JPAAS.declared(page, ask)) == (
            (),
            None,
            Declared(),
        )


def test_a_column_with_a_code_only() -> None:
    portal = Portal("shili", "示例县", "990101", "jpaas", ("www.shili.gov.cn",))
    assert JPAAS.ways(portal, Column(ref="1229000001")) == (Ask(LIST),)
    assert JPAAS.ways(portal, Column(ref="18073_668815"))[0].url.endswith("/col/18073_668815/index.html")


def test_a_page_of_the_family_is_known() -> None:
    assert JPAAS.detect(shell("信息列表")).score >= 80
    assert JPAAS.detect(Page(LIST, b"<html>jquery.jpage.js</html>")).score == 0


@given(st.data())
def test_no_page_makes_it_fail_or_ask_the_same_again(data: st.DataObject) -> None:
    ask = data.draw(st.sampled_from([Ask(LIST), JPAAS.next(shell("a", "b", "c"), Ask(LIST)) or Ask(LIST)]))
    pages = [shell("信息列表", "导航"), answer(ask, REPORTS[:3]), Page(LIST, markup(REPORTS[:3]).encode())]
    whole = data.draw(st.sampled_from(pages)).body
    cut, gap = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 60))
    page = Page(ask.url, whole[:cut] + data.draw(st.binary(max_size=40)) + whole[cut + gap :])
    JPAAS.rows(page, ask), JPAAS.declared(page, ask), JPAAS.detect(page), JPAAS.children(page, ask)
    for following in (JPAAS.next(page, ask), JPAAS.otherwise(page, ask)):
        assert following is None or following.url != ask.url
