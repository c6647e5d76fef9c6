"""大汉 xxgk: lists that answer to a form, of one column or of all of them, and annual reports by year."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.model import Ask, Page
from gxcrawl.portals.model import Column, Portal
from spiders.xxgk import Xxgk

HOME = "http://xxgk.shili.gov.cn/"
XXGK = Xxgk()
PORTAL = Portal("shili", "示例县", "990101", "xxgk", ("xxgk.shili.gov.cn",), options={"area": "009900001"})


def line(number: int, column: int = 77) -> str:
    kind = "odd" if number % 2 else "even"
    title = f"示例县第{number}局2024年政府信息公开工作年度报告"
    return (
        f'<tr class="tr_main_value_{kind}"><td>{number}</td><td><a title="{title}"'
        f' href="/art/2025/1/7/art_{column}_{number}.html">{title[:7]}...</a></td><td>2025-01-07</td></tr>'
    )


def answer(*lines: str, pages: int = 3) -> bytes:
    return f"<table>{''.join(lines)}</table><div>共<b>{pages}</b>页</div>".encode()


def form() -> Ask:
    return next(way for way in XXGK.ways(PORTAL, Column(ref="77")) if way.method == "POST")


def test_a_column_is_asked_for_by_the_form_and_page_by_page() -> None:
    ask = form()
    sent = parse_qs(ask.body)
    assert ask.url.startswith(f"{HOME}module/xxgk/search.jsp?")
    assert (sent["divid"], sent["area"], sent["currpage"]) == (["div77"], ["009900001"], ["1"])
    page = Page(ask.url, answer(line(1), line(2)))
    assert XXGK.declared(page, ask).pages == 3
    second = XXGK.next(page, ask)
    assert second
    third = XXGK.next(Page(second.url, answer(line(3))), second)
    assert third
    assert (parse_qs(third.body)["currpage"], "currpage=3" in third.url) == (["3"], True)
    assert XXGK.next(Page(third.url, answer(line(4))), third) is None


def test_rows_have_whole_titles_and_dates_also_those_in_attributes() -> None:
    ask = form()
    odd = (
        '<tr class="tr_main_value_odd"><td><a mc="示例镇2024年年报" rq="2025-01-09" syh="X1"'
        ' href="/art/2025/1/9/art_77_9.html">示例…</a></td></tr>'
    )
    first, second = XXGK.rows(Page(ask.url, answer(line(1), odd)), ask)
    assert (first.title, first.day) == ("示例县第1局2024年政府信息公开工作年度报告", date(2025, 1, 7))
    assert (second.title, second.day) == ("示例镇2024年年报", date(2025, 1, 9))


def test_of_a_server_that_ignores_the_column_only_its_rows_are_taken() -> None:
    ask = form()
    mixed = Page(ask.url, answer(line(1), line(2, column=5)))
    assert [row.url[-9:] for row in XXGK.rows(mixed, ask)] == ["77_1.html"]
    others = Page(ask.url, answer(line(2, column=5)))
    assert len(XXGK.rows(others, ask)) == 1, "a page without any is no end of the list"


def test_annual_reports_by_year_are_lists_below() -> None:
    ask = XXGK.ways(PORTAL, Column(ref="77", year=2024))[1]
    assert ask.url == f"{HOME}module/xxgk/xxgkAnnualReport.jsp?fbtime=2024&area=009900001"
    page = Page(ask.url, b"<a href='xxgkAnnualReport.jsp?fbtime=2023&amp;area=009900001'>x</a>")
    assert [(child.year, child.kind) for child in XXGK.children(page, ask)] == [(2023, "year")]


def test_an_address_of_the_form_and_a_page_with_the_form_lead_to_the_data() -> None:
    url = f"{HOME}module/xxgk/search.jsp?infotypeId=A0212&area=009900002"
    way = XXGK.ways(PORTAL, Column(url=url))[0]
    assert (way.method, parse_qs(way.body)["infotypeId"]) == ("POST", ["A0212"])
    assert parse_qs(way.body)["area"] == ["009900002"]
    door = b"<input name='jdid' value='2'>"
    door += b"<script>load('/module/xxgk/search.jsp',{divid:'div77',infotypeId:'0'})</script>"
    inner = XXGK.next(Page(f"{HOME}col/col77/index.html", door), Ask(f"{HOME}col/col77/index.html"))
    assert inner
    assert (parse_qs(inner.body)["divid"], parse_qs(inner.body)["jdid"]) == (["div77"], ["2"])


def test_the_tree_names_the_column_of_annual_reports() -> None:
    tree = XXGK.directory(PORTAL, Column(ref="77"))[0]
    assert tree.url == f"{HOME}module/xxgk/tree.jsp?area=009900001"
    told = "<a href='/module/xxgk/search.jsp?infotypeId=A09'>政府信息公开年报</a><a href='/a'>机构</a>"
    (way,) = XXGK.found(Page(tree.url, told.encode()), tree, PORTAL, Column(ref="77"))
    assert parse_qs(way.body)["infotypeId"] == ["A09"]


def test_a_page_of_the_family_is_known() -> None:
    assert XXGK.detect(Page(f"{HOME}module/xxgk/search.jsp", answer(line(1)))).score >= 60
    assert XXGK.detect(Page("http://www.shili.gov.cn/", b"<table><tr><td>1</td></tr></table>")).score == 0


@given(st.data())
def test_no_page_makes_it_fail_or_ask_the_same_again(data: st.DataObject) -> None:
    whole = answer(line(1), line(2)) + b"<a href='/module/xxgk/search.jsp'>divid:div7</a>"
    cut, gap = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 60))
    ask = data.draw(st.sampled_from([form(), Ask(f"{HOME}col/col77/index.html")]))
    page = Page(ask.url, whole[:cut] + data.draw(st.binary(max_size=40)) + whole[cut + gap :])
    XXGK.rows(page, ask), XXGK.declared(page, ask), XXGK.detect(page), XXGK.children(page, ask)
    XXGK.found(page, ask, PORTAL, Column(ref="77"))
    following = XXGK.next(page, ask)
    assert following is None or following[:3] != ask[:3]
