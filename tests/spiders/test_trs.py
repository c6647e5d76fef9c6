"""拓尔思: relative links, pagers in scripts, and no false recognition."""

from __future__ import annotations

from datetime import date

import pytest

from gxcrawl.pages.model import Ask, Declared, Page
from gxcrawl.portals.model import Column, Portal
from spiders.trs import Trs

FAMILY = Trs()
FOLDER = "http://www.slx.gov.cn/zwgk/zfxxgknb/"
SET = "var countPage = 4;//共有多少页\nvar currentPage = 0;"
DEFINITION = """<script>
function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){ if(_nPageCount<=1) return; }
</script>"""
ROWS = """<ul>
<li><a href="./202402/t20240205_1001.html"
title="示例县教育局2023年政府信息公开工作年度报告"
>示例县教育局2023年政府信息公开...</a><script>hit(1)</script><span>2024/02/05</span></li>
<li><a href="./202401/t20240118_1002.html">青石桥镇2023年政府信息公开工作年度报告</a
><span>2024/01/18</span></li>
<li><a href="./202401/P020240131000000000001.pdf"
>示例县水利局2023年政府信息公开工作年度报告</a><span>2024/01/31</span></li>
</ul>"""


def page(body: str, url: str = FOLDER, status: int = 200) -> Page:
    markup = f'<html><head><meta charset="utf-8"><title>年报</title></head><body>{body}</body></html>'
    return Page(url, markup.encode(), status)


def called(call: str, url: str = FOLDER) -> Page:
    return page(f"{ROWS}{DEFINITION}<script>{call}</script>", url)


def test_rows_are_relative_to_the_address_that_was_answered_and_titles_are_whole() -> None:
    first, second, file = FAMILY.rows(page(ROWS), Ask("http://www.slx.gov.cn/zwgk/zfxxgknb"))
    assert first.url == f"{FOLDER}202402/t20240205_1001.html"
    assert first.title == "示例县教育局2023年政府信息公开工作年度报告"
    assert (first.day, second.day) == (date(2024, 2, 5), date(2024, 1, 18))
    assert file.url.endswith("/P020240131000000000001.pdf"), "a row that is only a file is a report, too"


def test_old_tables_in_capitals_without_quotes_keep_the_date_of_the_next_cell() -> None:
    table = (
        "<TABLE border=0><TBODY><TR><TD height=25><IMG src=../dot.gif>&nbsp;<A\n"
        "   href=./201803/t20180313_77.html>示例县2017年政府信息公开工作年度报告</A></TD>\n"
        "<TD width=60 align=right>2018-03-13</TD></TR><TR><TD><A href=./201703/t20170301_66.html>"
        "示例县2016年政府信息公开工作年度报告</A></TD><TD>2017-03-01</TD></TR></TBODY></TABLE>"
    )
    rows = FAMILY.rows(page(table), Ask(FOLDER))
    assert [(row.url, row.day) for row in rows] == [
        (f"{FOLDER}201803/t20180313_77.html", date(2018, 3, 13)),
        (f"{FOLDER}201703/t20170301_66.html", date(2017, 3, 1)),
    ]


@pytest.mark.parametrize(
    ("call", "following", "pages"),
    [
        ('createPageHTML(9, 0, "index", "html");', "index_1.html", 9),
        ("createPageHTML(3,1,'index','shtml')", "index_1.shtml", 3),
        ('createPageHTML(1, 0, "index", "html");', None, 1),
        (f'{SET}createPageHTML(countPage,currentPage,"index","html")', "index_1.html", 4),
    ],
)
def test_the_call_of_the_pager_is_read_and_never_its_definition(
    call: str, following: str | None, pages: int
) -> None:
    first = called(call)
    found = FAMILY.next(first, Ask(FOLDER))
    assert (found.url if found else None) == (f"{FOLDER}{following}" if following else None)
    assert FAMILY.declared(first, Ask(FOLDER)) == Declared(None, pages)


def test_pages_are_counted_by_our_own_steps_up_to_the_declared_last_one() -> None:
    ask, seen = Ask(FOLDER), []
    while (following := FAMILY.next(called('createPageHTML(4, 0, "index", "html");', ask.url), ask)) and len(
        seen
    ) < 9:
        ask = following
        seen.append(ask.url.rpartition("/")[2])
    assert seen == ["index_1.html", "index_2.html", "index_3.html"]


@pytest.mark.parametrize(
    "script",
    [
        "createPageHTML(countPage, currentPage, 'index', 'html')",
        "var pagination_script_config = {name: 'index', total: 7};",
    ],
)
def test_a_pager_that_cannot_be_read_is_tried_and_never_proves_an_end(script: str) -> None:
    first = called(script)
    following = FAMILY.next(first, Ask(FOLDER))
    assert following is not None
    assert following.url == f"{FOLDER}index_1.html"
    assert FAMILY.declared(first, Ask(FOLDER)) == Declared()
    stub = page(f"<script>{script}</script>", following.url)
    assert FAMILY.next(stub, following) is None, "nobody asks beyond a page without rows on a guess"


@pytest.mark.parametrize(
    "script", ["var countPage = 2;//共有多少页", "var pagination_script_config = {name: 'index', total: 2};"]
)
def test_a_count_that_can_only_be_one_of_pages_tells_when_pages_are_missing(script: str) -> None:
    first = called(script)
    assert FAMILY.declared(first, Ask(FOLDER)) == Declared(None, 2)
    assert FAMILY.next(first, Ask(FOLDER)) is not None


def test_a_second_page_named_index_2_is_found_once_index_1_failed() -> None:
    first = called('createPageHTML(3, 0, "index", "html");')
    second = FAMILY.next(first, Ask(FOLDER))
    assert second is not None
    other = FAMILY.otherwise(None, second)
    assert other is not None
    assert other.url == f"{FOLDER}index_2.html"
    assert FAMILY.otherwise(None, other) is None
    third = FAMILY.next(called('createPageHTML(3, 0, "index", "html");', other.url), other)
    assert third is not None
    assert third.url == f"{FOLDER}index_3.html"


def test_hybrid_lists_are_followed_by_their_links() -> None:
    linked = page(f'{ROWS}<div><a href="./index_1.html">下一页</a></div>')
    following = FAMILY.next(linked, Ask(FOLDER))
    assert following is not None
    assert following.url == f"{FOLDER}index_1.html"
    assert FAMILY.next(page(ROWS), Ask(FOLDER)) is None


def test_pasted_text_and_the_button_for_errors_are_no_signs() -> None:
    pasted = page(
        '<div class="TRS_Editor">正文</div><script id="_jiucuo_" sitecode="9911010001" '
        'src="http://pucha.kaipuyun.cn/exposure/jiucuo.js"></script>'
    )
    assert FAMILY.detect(pasted).score == 0
    real = FAMILY.detect(called('createPageHTML(9, 0, "index", "html");'))
    assert real.score >= 80
    assert "links such as ./202401/t20240131_1234.html" in real.reasons
    other = page("<script>createPageHTML('page_div', 9, 1, 'list', 'shtml', 130)</script>")
    assert FAMILY.detect(other).score == 0, "the same function of another software"


def test_a_directory_is_built_from_the_code_of_a_column() -> None:
    portal = Portal("slx", "示例县", "990101", "trs", ("www.slx.gov.cn",))
    assert [ask.url for ask in FAMILY.ways(portal, Column(ref="zwgk/zfxxgknb"))] == [FOLDER]
    assert [ask.url for ask in FAMILY.ways(portal, Column(url=FOLDER, ref="zwgk/zfxxgknb"))] == [FOLDER]
    assert FAMILY.ways(portal, Column(ref="4711")) == ()
