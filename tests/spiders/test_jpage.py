"""大汉 JCMS: records in scripts that are no XML, and dataproxies that understand one way of asking each."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.model import Ask, Declared, Page
from gxcrawl.portals.model import Column, Portal
from spiders.jpage import Jpage

LIST = "http://www.shili.gov.cn/shilisite/col/col77/index.html"
PROXY = "/shilisite/module/web/jpage/dataproxy.jsp"
JPAGE = Jpage()


def record(number: int, column: int = 77) -> str:
    return (
        f"<record><![CDATA[<li><a title='示例县第{number}局2024年政府信息公开工作年度报告' target=_blank"
        f' href="/art/2025/1/7/art_{column}_{number}.html">示例县第{number}局…</a>'
        "<span>2025-01-07</span>]]></record>"
    )


def store(numbers: range, unit: int = 501, column: int = 77, total: str = "") -> str:
    group = f"{PROXY}?page=1&appid=1&appid=1&webid=9&path=/&columnid={column}&unitid={unit}"
    group += "&webname=%25E7%25A4%25BA"
    records = "\n".join(record(number, column) for number in numbers)
    return (
        f'<datastore>{total}<nextgroup><![CDATA[<a href="{group}"></a>]]></nextgroup><recordset>'
        f"<ul class='a'>\n</ul>{records}</recordset></datastore>"
    )


def unit(numbers: range, total: int, name: int = 501, column: int = 77) -> str:
    params = f"{{col:1,appid:'1',webid:9,path:'/',columnid:{column},unitid:'{name}',webname:'示例县'}}"
    start = f"$('#{name}').jpage({{themeName:'default',"
    end = f"dataAfter:'</ul>',groupSize:2,proxyUrl:'{PROXY}',perPage:5,ajaxParam:param_{name}}});"
    return (
        f'<div id="{name}"><script type="text/xml">{store(numbers, name, column)}</script></div>'
        f"<script>var param_{name} = {params};function jpage_{name}(){{{start}totalRecord:1000,{end}}};"
        f"$(function(){{{start}totalRecord:{total},dataStore:$('#{name}').children('script').html(),{end}}});</script>"
    )


def page_of(*units: str) -> Page:
    return Page(LIST, f"<html><meta name='WebId' content='9'><body>{''.join(units)}</body></html>".encode())


def answer(ask: Ask, numbers: range, total: int = 23) -> Page:
    counted = f"<totalrecord>{total}</totalrecord><totalpage>5</totalpage>"
    return Page(ask.url, store(numbers, total=counted).encode())


def first_ask() -> Ask:
    ask = JPAGE.next(page_of(unit(range(10), 23)), Ask(LIST))
    assert ask
    return ask


def test_the_records_of_the_script_are_rows_and_the_copy_for_telephones_adds_none() -> None:
    page = page_of(unit(range(10), 23), unit(range(10), 23, name=502))
    rows = JPAGE.rows(page, Ask(LIST))
    assert len(rows) == 10
    assert rows[0].title == "示例县第0局2024年政府信息公开工作年度报告"
    assert rows[0].day == date(2025, 1, 7)
    assert JPAGE.declared(page, Ask(LIST)) == Declared(23), "not the 1000 of the function nobody calls"


def test_the_dataproxy_is_asked_for_the_records_after_those_until_the_total() -> None:
    ask = first_ask()
    assert ask.method == "POST"
    assert ask.url == f"http://www.shili.gov.cn{PROXY}?startrecord=11&endrecord=20&perpage=5"
    sent = parse_qs(ask.body)
    assert (sent["unitid"], sent["columnid"], sent["webname"]) == (["501"], ["77"], ["示例县"])
    page = answer(ask, range(10, 20))
    assert len(JPAGE.rows(page, ask)) == 10
    assert JPAGE.declared(page, ask) == Declared(23)
    last = JPAGE.next(page, ask)
    assert last
    assert "startrecord=21&" in last.url
    assert JPAGE.next(answer(last, range(20, 23)), last) is None


def test_a_server_that_gives_fewer_records_than_asked_loses_none() -> None:
    ask = first_ask()
    following = JPAGE.next(answer(ask, range(10, 14)), ask)
    assert following
    assert "startrecord=15&" in following.url


def test_a_server_that_does_not_know_records_is_asked_for_pages() -> None:
    by_get = JPAGE.otherwise(None, first_ask())
    assert by_get
    assert (by_get.method, "columnid=77" in by_get.url) == ("GET", True)
    by_page = JPAGE.otherwise(None, by_get)
    assert by_page
    assert by_page.url.startswith(
        f"http://www.shili.gov.cn{PROXY}?page=2&appid=1&appid=1&webid=9&path=/&columnid=77"
    )
    assert "webname=%25E7%25A4%25BA" in by_page.url
    third = JPAGE.next(answer(by_page, range(10, 20)), by_page)
    assert third
    assert "?page=3&" in third.url
    assert JPAGE.next(answer(third, range(20, 23)), third) is None
    assert JPAGE.otherwise(None, by_page) is None
    back = JPAGE.otherwise(None, third)
    assert back
    assert "startrecord=21&" in back.url


def test_pages_that_are_smaller_than_what_the_list_showed_are_jumped_over() -> None:
    ask = JPAGE.otherwise(None, JPAGE.otherwise(None, first_ask()) or Ask(LIST))
    assert ask
    known = answer(ask, range(4, 8))
    jump = JPAGE.otherwise(known, ask)
    assert jump
    assert "?page=3&" in jump.url
    after = JPAGE.next(answer(jump, range(8, 12)), jump)
    assert after
    assert "?page=4&" in after.url


def test_an_empty_answer_is_no_end_of_the_list() -> None:
    ask = first_ask()
    empty = Page(ask.url, b"<datastore><recordset></recordset></datastore>")
    assert JPAGE.rows(empty, ask) == ()
    assert JPAGE.next(empty, ask) is None
    assert JPAGE.declared(empty, ask) == Declared(23)
    bare = page_of(f'<div id="9"><script type="text/xml">{store(range(3))}</script></div>')
    unsure = JPAGE.next(bare, Ask(LIST))
    assert unsure
    assert JPAGE.declared(Page(unsure.url, empty.body), unsure) == Declared(4), (
        "more than the three that were seen"
    )


def test_two_lists_on_a_page_are_both_read_to_their_end() -> None:
    page = page_of(unit(range(10), 12), unit(range(50, 56), 7, name=600, column=78))
    assert len(JPAGE.rows(page, Ask(LIST))) == 16
    assert JPAGE.declared(page, Ask(LIST)) == Declared(19)
    ask = JPAGE.next(page, Ask(LIST))
    assert ask
    end = answer(ask, range(10, 12), total=12)
    assert JPAGE.declared(end, ask) == Declared(19)
    other = JPAGE.next(end, ask)
    assert other
    assert ("startrecord=7&" in other.url, parse_qs(other.body)["columnid"]) == (True, ["78"])


def test_a_page_without_records_is_a_door_to_its_data_or_a_plain_list() -> None:
    door = JPAGE.next(page_of(unit(range(0), 23)), Ask(LIST))
    assert door
    assert "startrecord=1&" in door.url
    plain = Page(LIST, b'<ul><li><a href="/art/2025/1/7/art_77_5.html">2024</a>2025-01-07</li></ul>')
    assert [row.url[-9:] for row in JPAGE.rows(plain, Ask(LIST))] == ["77_5.html"]
    assert JPAGE.next(plain, Ask(LIST)) is None


def test_a_column_with_a_code_only_and_the_tree_of_columns() -> None:
    portal = Portal(
        "shili", "示例县", "990101", "jpage", ("www.shili.gov.cn",), options={"site": "shilisite"}
    )
    column = Column(ref="77")
    assert [way.url for way in JPAGE.ways(portal, column)] == [
        LIST,
        "http://www.shili.gov.cn/col/col77/index.html",
    ]
    (tree, _) = JPAGE.directory(portal, column)
    told = Page(tree.url, "<script>d.add(3,1,'政府信息公开年报','/col/col77/index.html')</script>".encode())
    assert JPAGE.found(told, tree, portal, column)[0].url.endswith("/col/col77/index.html")


def test_a_page_of_the_family_is_known_and_one_of_another_is_not() -> None:
    assert JPAGE.detect(page_of(unit(range(3), 3))).score == 100
    assert JPAGE.detect(Page("http://a.gov.cn/", b"<div class=TRS_Editor>x</div>")).score == 0


@given(st.data())
def test_no_page_makes_it_fail_or_ask_the_same_again(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([page_of(unit(range(4), 9), unit(range(2), 2, 7, 8)).body, store(range(3)).encode()])
    )
    cut, gap = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 60))
    body = whole[:cut] + data.draw(st.binary(max_size=40)) + whole[cut + gap :]
    ask = data.draw(
        st.sampled_from([Ask(LIST), first_ask(), JPAGE.otherwise(None, first_ask()) or Ask(LIST)])
    )
    page = Page(ask.url, body)
    JPAGE.rows(page, ask), JPAGE.declared(page, ask), JPAGE.detect(page), JPAGE.children(page, ask)
    for following in (JPAGE.next(page, ask), JPAGE.otherwise(page, ask)):
        assert following is None or following[:3] != ask[:3]


def test_hostile_pages_are_read_in_time() -> None:
    for piece in (
        "<datastore",
        "<record>",
        "$('#a').jpage({",
        "param_a = {",
        "<nextgroup><a href=",
        "id='a' ",
    ):
        page = Page(LIST, (piece * (600_000 // len(piece))).encode())
        JPAGE.next(page, Ask(LIST))
