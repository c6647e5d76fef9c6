"""Entries of lists in every layout: each true row with whole title, its own date and its organ."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.model import Page, Row
from gxcrawl.pages.rows import rows_in, rows_of

URL = "http://www.shili.gov.cn/zwgk/nb/index.html"
ARTICLE = r"/t20\d{6}_\d+\.html$"
A, B, C = (f"http://www.shili.gov.cn/zwgk/nb/202201/t20220120_{n}.html" for n in (1, 2, 3))
ONE, TWO, THREE = (
    "示例镇2021年政府信息公开工作年度报告",
    "示例乡2021年政府信息公开工作年度报告",
    "示例局2021年年报",
)
DAY, NEXT = date(2022, 1, 20), date(2022, 1, 21)


def rows(markup: str, article: str = ARTICLE) -> tuple[Row, ...]:
    return rows_of(Page(URL, markup.encode()), article)


LAYOUTS = {
    "items": "<ul><li><a href={A}>{ONE}</a><span>2022-01-20</span></li>"
    "<li><a href={B}>{TWO}</a><span>2022-01-21</span></li></ul>",
    "dates first": "<ul><li><span>[2022-01-20]</span><a href={A}>{ONE}</a></li>"
    "<li><span>[2022-01-21]</span><a href={B}>{TWO}</a></li></ul>",
    "upper case table": "<TABLE><TR><TD><A href={A}>{ONE}</A></TD><TD>2022.01.20</TD></TR>"
    "<TR><TD><A href={B}>{TWO}</A></TD><TD>2022.01.21</TD></TR></TABLE>",
    "no items": "<div><a href={A}>{ONE}</a> 2022/01/20<br><a href={B}>{TWO}</a> 2022/01/21<br></div>",
    "no items, dates first": "<div>2022-01-20 <a href={A}>{ONE}</a><br>"
    "2022-01-21 <a href={B}>{TWO}</a></div>",
    "definitions": "<dl><dt><a href={A}>{ONE}</a></dt><dd>2022年1月20日</dd>"
    "<dt><a href={B}>{TWO}</a></dt><dd>2022年1月21日</dd></dl>",
    "cards": "<div class=l><a href={A}><h4>{ONE}</h4><p>一、总体情况</p><i>20</i><b>2022-01</b></a></div>"
    "<div class=l><a href={B}><h4>{TWO}</h4><i>21</i><b>2022-01</b></a></div>",
    "dates in links": "<p><a href={A}>{ONE} 2022-01-20</a></p>"
    "<p><a href={B}>{TWO} (2022-01-21 10:00)</a></p>",
    "deep": "<ul><li><div><div><h3><a href={A}>{ONE}</a></h3></div><p>发布：<em>2022-01-20</em></p></div>"
    "<li><div><div><h3><a href={B}>{TWO}</a></h3></div><p>发布：<em>2022-01-21</em></p></div></ul>",
    "open items": "<ul><li><a href={A}>{ONE}<span>2022-01-20</span>"
    "<li><a href={B}>{TWO}<span>2022-01-21</span></ul>",
    "images beside": "<ul><li><a href={A}><img src=x></a><a href={A}>{ONE}</a><i>2022-01-20</i></li>"
    "<li><a href={B}><img src=x alt=''></a><a href={B}>{TWO}</a><i>2022-01-21</i></li></ul>",
    "a link to the organ": "<ul><li>[<a href=/z/>镇</a>] <a href={A}>{ONE}</a><span>2022-01-20</span></li>"
    "<li>[<a href=/x/>乡</a>] <a href={B}>{TWO}</a><span>2022-01-21</span></li></ul>",
}


def laid_out(layout: str) -> str:
    return LAYOUTS[layout].format(A=A, B=B, ONE=ONE, TWO=TWO)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_row_has_its_own_title_and_date(layout: str) -> None:
    assert rows(laid_out(layout)) == (Row(A, ONE, DAY), Row(B, TWO, NEXT))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_are_found_without_knowing_the_articles(layout: str) -> None:
    menu = '<div class="nav"><a href="/">首页</a><a href="/nb/">政府信息公开年报</a></div>'
    assert rows(menu + laid_out(layout), "") == (Row(A, ONE, DAY), Row(B, TWO, NEXT))


def test_a_title_that_was_cut_off_is_made_whole() -> None:
    found = rows(
        f'<li><a href="{A}" title="{ONE}">示例镇2021年政府信息…</a></li>'
        f'<li><a href="{B}" alt=" {TWO}&nbsp;">示例乡...</a></li>'
        f'<li><a href="{C}" title="点击查看">{THREE}</a></li>'
    )
    assert [row.title for row in found] == [ONE, TWO, THREE]


def test_tooltips_of_old_portals_hold_the_title_among_other_things() -> None:
    found = rows(
        f'<li><a href="{A}" title="标题：{ONE}&#10;作者：&#10;发表时间：2022-01-20">示例镇2021年..</a></li>'
    )
    assert found[0].title == ONE


def test_blanks_in_titles_are_folded() -> None:
    assert (
        rows(f'<li><a href="{A}">&nbsp; 示例局\n 2021年年报\u3000</a></li>')[0].title == "示例局 2021年年报"
    )


def test_the_column_for_the_organ_is_read() -> None:
    found = rows(
        "<table><tr><th>标题</th><th>发布机构</th><th>发布日期</th></tr>"
        f'<tr><td><a href="{A}">2021年年报</a></td><td> 示例镇人民政府 </td><td>2022-01-20</td></tr></table>'
    )
    assert found == (Row(A, "2021年年报", DAY, "示例镇人民政府"),)


def test_a_row_may_lead_straight_to_a_file() -> None:
    file = "http://www.shili.gov.cn/u/1.pdf"
    found = rows(
        f'<li><a href="{A}">{ONE}</a><a href="/u/0.pdf">下载</a> 2022-01-20</li>'
        f'<li><a href=" /u/1.pdf ">{TWO}</a> 2022-01-21</li>'
        '<div><a href="/u/report_tb_1.pdf"><img src="x.jpg"></a></div>'
    )
    assert found == (Row(A, ONE, DAY), Row(file, TWO, NEXT))


def test_comments_scripts_and_the_date_of_today_are_no_rows() -> None:
    markup = (
        '<div>今天是2026年1月5日 <a href="/x.html">设为首页</a></div>'
        f'<!-- <li><a href="{B}">{TWO}</a></li> --><li><a href="{A}">{ONE}</a></li>'
    )
    assert rows(markup, "") == (Row(A, ONE, None),)


def test_a_lone_row_does_not_take_a_date_from_far_away() -> None:
    markup = (
        f'<body><div><ul><li><a href="{A}">{ONE}</a></li></ul></div><div>网站更新 2026-01-01</div></body>'
    )
    assert rows(markup)[0].day is None


def test_relative_addresses_follow_the_base_of_the_page() -> None:
    assert rows(f'<base href="/b/"><li><a href="./t20220120_1.html">{ONE}</a></li>')[0].url == (
        "http://www.shili.gov.cn/b/t20220120_1.html"
    )


def test_rows_that_only_scripts_can_click_are_read() -> None:
    markup = (
        f"<ul><li onclick=\"openNews('/a/t20220120_1.html')\">{ONE}<span>2022-01-20</span></li>"
        f"<li data-href='/a/t20220120_2.html'>{TWO}<span>2022-01-21</span></li></ul>"
    )
    host = "http://www.shili.gov.cn/a/"
    assert rows(markup) == (
        Row(f"{host}t20220120_1.html", ONE, DAY),
        Row(f"{host}t20220120_2.html", TWO, NEXT),
    )


def test_lists_that_hide_in_scripts_are_read() -> None:
    record = f'<record><![CDATA[<li><a href="{A}">{ONE}</a>2022-01-20</li>]]></record>'
    markup = f'<div><script type="text/xml">{record}</script></div>'
    assert rows(markup) == (Row(A, ONE, DAY),)


def test_fragments_are_read() -> None:
    assert rows_in(f'<li><a href="./202201/t20220120_1.html">{ONE}</a><b>2022-01-20</b>', URL) == (
        Row(A, ONE, DAY),
    )
    assert rows_in("", URL) == ()


MARKS = "<ul> <li> </li> </a> <td> <tr> <table> <b> </div> <div> \x00 <!-- … 2022-01-20 年报 <dl> <dd>"
LINKS = (
    "<a href=/t20220120_1.html>",
    f"<a href='{B}'>",
    "<a href=x.pdf title=>",
    "<li onclick=\"go('/1.html')\">",
)
PIECES = (*MARKS.split(), *LINKS)


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_torn_markup_is_read_without_harm(parts: list[str]) -> None:
    markup = "".join(parts)
    for article in ("", ARTICLE):
        found = rows(markup, article)
        assert len({row.url for row in found}) == len(found)
        assert all(row.url.startswith("http://") for row in found)


HOSTILE = {
    "anchors": '<li><a href="/t20220120_%d.html">示例镇2021年报</a> 2022-01-20</li>',
    "flat": '<a href="/t20220120_%d.html">示例镇2021年报</a> 2022-01-20 ',
    "open": '<div><a href="/t20220120_%d.html">示例镇2021年报 2022-01-20',
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_page_of_nothing_but_links_is_read_in_time(kind: str) -> None:
    line = HOSTILE[kind]
    markup = "".join(line % number for number in range(1_000_000 // len(line.encode())))
    page = Page(URL, markup.encode())
    assert page.tree is not None
    start = time.process_time()
    assert len(rows_of(page, ARTICLE)) > 100
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000,
        "<a href='/t20220120_1.html'>" * 20_000,
        "<b>2022-01-20</b>" * 100_000,
        "<li>" * 100_000,
        "<p onclick=\"go('/1.html')\">2021年1月" * 3_000,
    ],
)
def test_senseless_pages_end(markup: str) -> None:
    page = Page(URL, (markup + f'<a href="{A}">{ONE}</a>').encode())
    start = time.process_time()
    rows_of(page, ARTICLE)
    assert time.process_time() - start < 6
