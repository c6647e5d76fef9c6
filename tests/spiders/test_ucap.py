"""开普: lists from the server and from its search, and a start that knows no more than a column's code."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.model import Ask, Declared, Page
from gxcrawl.portals.model import Column, Portal
from spiders.ucap import Ucap

HOST = "http://www.shili.gov.cn/"
LIST = f"{HOST}shili/c900001/zfxxgklby_nb.shtml"
CHANNEL, OTHER = "0123456789abcdef" * 2, "fedcba9876543210" * 2
SEARCH = f"{HOST}common/search/{CHANNEL}?_isJson=true&_pageSize=50&page=1"
UCAP = Ucap()


def portal(**facts: object) -> Portal:
    given: dict[str, object] = {"options": {"site": "shili"}, **facts}
    return Portal("shili", "示例县", "990101", "ucap", ("www.shili.gov.cn",), **given)  # type: ignore[arg-type]


def entry(number: int) -> str:
    title = f"示例县第{number}中心2024年政府信息公开工作年度报告"
    href = f" /shili/c900001/202501/c01_{number}.shtml "
    return f'<li><a href="{href}" title="{title}">{title[:8]}...</a><span>2025-01-{number:02}</span></li>'


def server_list(current: int = 1, pages: int = 3, rows: int = 6, name: str = "zfxxgklby_nb") -> bytes:
    entries = "".join(entry(current * 2 + more) for more in range(2))
    pager = f"createPageHTML('page_div',{pages}, {current},'{name}','shtml',{rows});"
    return f"<html><body><ul>{entries}</ul><div id='page_div'></div><script>{pager}</script>".encode()


def answer(*items: object, total: object = 5) -> bytes:
    return json.dumps({"data": {"page": "1", "rows": "2", "total": total, "results": list(items)}}).encode()


def item(number: int, **facts: object) -> dict[str, object]:
    return {"title": f"示例局{number}年年报", "url": f"/shili/nb/202501/{number}.shtml", **facts}


def test_a_server_list_gives_whole_titles_dates_and_addresses_without_blanks() -> None:
    first = UCAP.rows(Page(LIST, server_list()), Ask(LIST))[0]
    assert first.url == f"{HOST}shili/c900001/202501/c01_2.shtml"
    assert first.title == "示例县第2中心2024年政府信息公开工作年度报告"
    assert first.day == date(2025, 1, 2)


def test_page_two_is_called_2_and_where_that_fails_1_once_for_the_whole_list() -> None:
    second = UCAP.next(Page(LIST, server_list()), Ask(LIST))
    assert second
    assert second.url.endswith("/c900001/zfxxgklby_nb_2.shtml")
    third = UCAP.next(Page(second.url, server_list(2)), second)
    assert third
    assert third.url.endswith("_3.shtml")
    assert UCAP.next(Page(third.url, server_list(3)), third) is None
    other = UCAP.otherwise(None, second)
    assert other
    assert other.url.endswith("/c900001/zfxxgklby_nb_1.shtml")
    assert UCAP.otherwise(None, other) is None
    after = UCAP.next(Page(other.url, server_list(2)), other)
    assert after
    assert after.url.endswith("_2.shtml")


def test_a_last_page_that_is_not_there_means_that_the_second_one_is_called_1() -> None:
    last = Ask(
        f"{HOST}l_3.shtml", state={"page": 3, "pages": 3, "shift": 0, "prefix": "l", "suffix": "shtml"}
    )
    skipped = UCAP.otherwise(None, last)
    assert skipped
    assert skipped.url == f"{HOST}l_1.shtml"
    assert UCAP.next(Page(skipped.url, server_list(2)), skipped) is None


def test_the_size_of_a_list_is_told_but_not_when_it_is_that_of_one_page() -> None:
    assert UCAP.declared(Page(LIST, server_list()), Ask(LIST)) == Declared(6, 3)
    assert UCAP.declared(Page(LIST, server_list(rows=2)), Ask(LIST)) == Declared(None, 3)


def test_an_answer_of_the_search_is_read_with_all_its_odd_values() -> None:
    stamp = item(2, publishedTimeStr="null", publishedTime="1737875220000")
    alias = item(
        3, url="https://bieming.gov.cn/shili/nb/202501/3.shtml", publishedTimeStr="2025-01-26 15:07:00"
    )
    file = item(4, url="null", resList=[{"filePath": "/shili/nb/202501/4/files/年报.docx"}])
    straight = item(5, title="<em>示例</em>局&nbsp;年报", url="/shili/nb/202501/5/files/a.pdf")
    page = Page(SEARCH, answer(stamp, alias, file, straight, item(6, url="undefined")))
    rows = UCAP.rows(page, Ask(SEARCH))
    assert [row.day for row in rows[:2]] == [date(2025, 1, 26), date(2025, 1, 26)]
    assert rows[1].url.startswith("https://bieming.gov.cn/")
    assert rows[2].url.endswith(".docx")
    assert (rows[3].title, rows[3].url[-6:]) == ("示例局 年报", "/a.pdf")
    assert len(rows) == 4
    assert UCAP.declared(page, Ask(SEARCH)) == Declared(5, 2), "an entry without an address is never whole"


def test_the_search_goes_on_until_its_total_whatever_page_size_it_keeps() -> None:
    ask: Ask | None = Ask(SEARCH)
    seen = []
    for numbers in ((1, 2), (3, 4), (5,)):
        assert ask
        page = Page(ask.url, answer(*map(item, numbers), total="5"))
        assert UCAP.declared(page, ask) == Declared(5, 3)
        seen.append(ask.url.rpartition("=")[2])
        ask = UCAP.next(page, ask)
    assert (seen, ask) == (["1", "2", "3"], None)


def test_results_may_lie_deeper() -> None:
    nested = {"results": {"data": {"total": 2, "results": [item(1), item(2)]}}}
    page = Page(SEARCH, json.dumps(nested).encode())
    assert len(UCAP.rows(page, Ask(SEARCH))) == 2
    assert UCAP.declared(page, Ask(SEARCH)).rows == 2


def test_a_page_instead_of_an_answer_has_no_rows() -> None:
    page = Page(SEARCH, server_list())
    assert UCAP.rows(page, Ask(SEARCH)) == ()
    assert UCAP.next(page, Ask(SEARCH)) is None


@pytest.mark.parametrize(
    ("url", "markup"),
    [
        (LIST, f"<script>$.get('/common/search/{CHANNEL}?_isJson=true')</script>"),
        (LIST, f"<script>var channelId = '{CHANNEL}'; get('/common/search/'+channelId)</script>"),
        (LIST, f"<meta name=channelid content='{CHANNEL}'>"),
        (
            f"{LIST}?tab={CHANNEL}",
            f"<ul>{entry(3)}</ul><script>createPageHTML('p',2,1,'l','shtml',20)</script>",
        ),
    ],
)
def test_a_page_that_fills_its_list_by_search_leads_to_it(url: str, markup: str) -> None:
    found = UCAP.next(Page(url, f"<html>{markup}</html>".encode()), Ask(url))
    assert found
    assert found.url.startswith(f"{HOST}common/search/{CHANNEL}?")
    assert ("Referer", url) in found.headers


def test_a_search_that_begins_with_the_rows_of_its_page_goes_on_behind_them() -> None:
    behind = UCAP.otherwise(Page(SEARCH, answer(item(1), item(2))), Ask(SEARCH, state={"page": 1}))
    assert behind
    assert behind.url.endswith("&page=2")


def test_of_a_column_with_a_code_only_the_templates_of_annual_reports_come_first() -> None:
    ways = UCAP.ways(portal(), Column(ref="c900001"))
    assert ways[0].url == LIST
    assert len(ways) <= 20
    assert UCAP.ways(portal(options={}), Column(url=f"{HOST}shili/c900001/")) == ways
    assert UCAP.ways(portal(), Column(url=LIST)) == (Ask(LIST),)
    assert UCAP.ways(portal(), Column(ref="c900001", channel_id=CHANNEL))[0].url.startswith(SEARCH[:60])


def test_the_directory_of_channels_leads_to_the_column_and_forgets_no_part_of_it() -> None:
    column = Column(ref="c900001")
    (first, second) = UCAP.directory(portal(), column)
    assert first.url == f"{HOST}common/getChannelList?channelCode=c900001&websiteCodeName=shili"
    assert second.url.startswith(f"{HOST}getChannelList?")
    below = [
        {"displayName": "2024年年报", "channelId": CHANNEL, "channelCode": "c900002"},
        {"displayName": "2023年年报", "channelId": OTHER, "channelCode": "c900003"},
    ]
    told = Page(first.url, json.dumps({"results": {"channelCode": "c900001", "children": below}}).encode())
    ways = UCAP.found(told, first, portal(), column)
    assert [CHANNEL in ways[0].url, OTHER in ways[1].url] == [True, True]
    (child,) = UCAP.children(Page(ways[0].url, answer(item(1))), ways[0])
    assert (OTHER in child.url, child.kind, child.year) == (True, "year", 2023)


def test_where_the_site_is_not_known_the_links_of_its_home_page_tell_it() -> None:
    bare, column = portal(options={}), Column(ref="c900001")
    assert UCAP.ways(bare, column) == ()
    home = UCAP.directory(bare, column)[-1]
    page = Page(
        home.url, b"<a href='/shili/zwdt/list.shtml'>x</a><a href='/shili/c1/202501/c01_1.shtml'>y</a>"
    )
    assert UCAP.found(page, home, bare, column)[0].url == LIST


def test_a_page_of_the_family_is_known_and_the_button_for_errors_is_no_sign() -> None:
    assert UCAP.detect(Page(LIST, server_list())).score >= 60
    detail = Page(f"{HOST}shili/c9/202501/c01_1.shtml", b"<html><UCAPCONTENT>x</UCAPCONTENT></html>")
    assert UCAP.detect(detail).score >= 60
    button = b"<script src='http://pucha.kaipuyun.cn/exposure/jiucuo.js'></script>"
    other = b"<script>createPageHTML(9, 0, 'index', 'html')</script><div class=TRS_Editor></div>"
    assert UCAP.detect(Page(HOST, button + other)).score == 0


@given(st.data())
def test_no_page_makes_it_fail_or_ask_the_same_again(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([server_list(), answer(item(1), item(2)), b"[[[{" * 500, b'{"data":' * 3_000])
    )
    cut = data.draw(st.integers(0, len(whole)))
    body = whole[:cut] + data.draw(st.binary(max_size=40)) + whole[cut + data.draw(st.integers(0, 30)) :]
    ask = Ask(data.draw(st.sampled_from([LIST, SEARCH])), state=data.draw(st.sampled_from([{}, {"page": 2}])))
    page = Page(ask.url, body)
    UCAP.rows(page, ask), UCAP.declared(page, ask), UCAP.detect(page), UCAP.children(page, ask)
    UCAP.found(page, ask, portal(), Column(ref="c900001"))
    for following in (UCAP.next(page, ask), UCAP.otherwise(page, ask)):
        assert following is None or (following.url, following.body) != (ask.url, ask.body)
