"""A portal that no family knows is read all the same: untidy lists, and every honest kind of pager."""

from __future__ import annotations

import time
from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.family import best_family
from gxcrawl.pages.model import Ask, Page, Signs
from spiders.base import Family
from spiders.generic import Generic

HOST = "http://www.shili.gov.cn"
REPORT = "示例县民政局2021年政府信息公开工作年度报告"
GENERIC = Generic()


def page(path: str, body: str) -> Page:
    return Page(HOST + path, body.encode())


def following(path: str, body: str, ask: Ask | None = None) -> str:
    found = GENERIC.next(page(path, body), ask or Ask(HOST + path))
    return found.url.removeprefix(HOST) if found else ""


@pytest.mark.parametrize(
    "body",
    [
        f"<ul><li><span>[2022-01-20]</span><h1><a href='/lykb/9010.jhtml'>{REPORT}</a></h1></li></ul>",
        f"<div><a href='/lykb/9010.jhtml' alt='{REPORT}  '>示例县民政局2021年…</a><p>2022-01-20</p></div>",
        f"<a href='/lykb/9010.jhtml'>{REPORT}</a> 2022-01-20<br><a href='/lykb/9011.jhtml'>网站地图</a>",
        f"<TABLE><TR><TD><A href=/lykb/9010.jhtml>{REPORT}</A></TD><TD>2022-01-20</TD></TR></TABLE>",
    ],
)
def test_rows_of_untidy_lists(body: str) -> None:
    rows = GENERIC.rows(page("/lykb/", body), Ask(HOST))
    assert [(row.url, row.title, row.day) for row in rows if "报告" in row.title] == [
        (f"{HOST}/lykb/9010.jhtml", REPORT, date(2022, 1, 20))
    ]


def test_rows_that_name_only_the_organ_are_known_by_their_company() -> None:
    names = ("示例县民政局2021年年报", "示例县财政局2021年年报", "示例县教育局2021年年报")
    links = "<br>".join(f"<a href='/info/{number}.htm'>{name}</a>" for number, name in enumerate(names))
    assert [row.title for row in GENERIC.rows(page("/nb/", f"<div>{links}</div>"), Ask(HOST))] == list(names)


def test_no_rows_on_a_page_of_menus() -> None:
    menu = "".join(f"<a href='/c{number}/'>栏目{number}</a>" for number in range(9))
    assert GENERIC.rows(page("/", menu), Ask(HOST)) == ()


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/a/index.html", "<a href='index_2.html'>下一页</a>", "/a/index_2.html"),
        (
            "/a/index_6.jhtml",
            "<a href='#' class=next onclick=\"location.href='index_7.jhtml'\">&gt;&gt;</a>",
            "/a/index_7.jhtml",
        ),
        (
            "/news-list-nb.html",
            "<a href='javascript:volid(0);'>上一页</a><a href='/news-list-nb-2.html'>下一页</a>",
            "/news-list-nb-2.html",
        ),
        ("/news-list-nb-2.html", "<p>共59条记录 2/3页</p>", "/news-list-nb-3.html"),
        ("/news-list-nb-3.html", "<p>共59条记录 3/3页</p>", ""),
        (
            "/index.php?m=content&catid=9&page=2",
            "<p>共 40 条 2/4页</p>",
            "/index.php?m=content&catid=9&page=3",
        ),
        ("/index.php?m=content&catid=9&page=2", "<p>没有总数</p>", ""),
        ("/plus/list_12_3.html", "<p>共5页</p>", "/plus/list_12_4.html"),
        (
            "/list/1.html",
            (
                "<a href='javascript:next(2)'>下一页</a>"
                "<script>function next(n){window.location.href='/list/'+n+'.html';}</script>"
            ),
            "/list/2.html",
        ),
        ("/list/1.html", "<a href='javascript:next(2)'>下一页</a>", ""),
        (
            "/list/1.html",
            (
                "<a href='javascript:next(2)'>下一页</a>"
                "<script>function next(n){check(n);location.href='/list/'+n}</script>"
            ),
            "",
        ),
    ],
)
def test_the_next_page_is_asked_for_only_where_it_is_certain(path: str, body: str, expected: str) -> None:
    assert following(path, body) == expected


def test_pages_that_count_down_are_walked_to_the_first() -> None:
    script = '<script>var purl="../../n3/n13/index_958";var maxPageNum=0;maxPageNum = 3;</script>'
    walked = []
    ask: Ask | None = GENERIC.next(page("/n3/n13/index.html", script), Ask(f"{HOST}/n3/n13/index.html"))
    while ask is not None:
        walked.append(ask.url.removeprefix(HOST))
        ask = GENERIC.next(Page(ask.url, b"<li><a href=a.html>x</a></li>"), ask)
    assert walked == ["/n3/n13/index_958_2.html", "/n3/n13/index_958_1.html"]


def test_a_form_of_aspnet_is_sent_back_as_its_link_would() -> None:
    body = (
        "<form action='list.aspx?id=3'><input type=hidden name=__VIEWSTATE value='/wEP+dD=='>"
        "<input type=hidden name=__EVENTVALIDATION value='e'><input type=submit name=ok value=查询>"
        "<a href=\"javascript:__doPostBack('pager','1')\">首页</a>"
        '<a href="javascript:__doPostBack(&#39;pager&#39;,&#39;3&#39;)">下一页</a></form>'
    )
    ask = GENERIC.next(page("/xx/list.aspx?id=3", body), Ask(HOST))
    assert ask is not None
    assert (ask.method, ask.url) == ("POST", f"{HOST}/xx/list.aspx?id=3")
    assert parse_qs(ask.body, keep_blank_values=True) == {
        "__VIEWSTATE": ["/wEP+dD=="],
        "__EVENTVALIDATION": ["e"],
        "__EVENTTARGET": ["pager"],
        "__EVENTARGUMENT": ["3"],
    }
    assert ask.headers == (("Content-Type", "application/x-www-form-urlencoded"),)


def test_the_last_page_of_a_form_has_no_next() -> None:
    form = "<form><input type=hidden name=__VIEWSTATE value=v>{}</form>"
    last = form.format("<a disabled href=\"javascript:__doPostBack('p','4')\">下一页</a>")
    assert GENERIC.next(page("/a.aspx", last), Ask(HOST)) is None
    assert GENERIC.next(page("/a.aspx", form.format("<a>下一页</a>")), Ask(HOST)) is None


def test_generic_is_the_family_of_last_resort() -> None:
    class Sure(Family):
        name = "sure"

        def detect(self, page: Page) -> Signs:  # noqa: ARG002
            return Signs(3, ("a faint sign",))

    class Blind(Family):
        name = "blind"

    ranked = best_family(page("/", ""), [Generic(), Blind(), Sure()])
    assert [name for name, _ in ranked] == ["sure", "generic"]
    assert ranked[-1][1] == Signs(5, ("nothing else matched",))


def test_links_that_are_never_closed_take_bounded_time() -> None:
    body = ("<div><a href=x.pdf>附件附件附件" * 100_000).encode()
    start = time.perf_counter()
    GENERIC.rows(Page(f"{HOST}/nb/", body), Ask(HOST))
    assert time.perf_counter() - start < 15


@given(st.binary(max_size=2_000), st.sampled_from(["/a_1_2.html", "/?page=1", "/n3/index_1_9.html"]))
def test_any_bytes_are_survived(body: bytes, path: str) -> None:
    ask = Ask(HOST + path, state={"counting": "down"})
    GENERIC.rows(Page(HOST + path, body), ask)
    GENERIC.next(Page(HOST + path, body), ask)


def test_numbers_are_counted_from_page_to_page_whatever_the_pager_is_made_of() -> None:
    """A pager of numbers behind one with words, and the grid of ASP.NET, whose address never changes."""
    pager = "<a href='list_1.htm'>1</a><a href='list_2.htm'>2</a><a href='list_3.htm'>3</a>"
    second = GENERIC.next(page("/nb/list_1.htm", pager), Ask(HOST))
    assert second is not None
    assert second.url == f"{HOST}/nb/list_2.htm"
    assert following("/nb/list_2.htm", pager, second) == "/nb/list_3.htm"
    cell = "<td><a href=\"javascript:__doPostBack('grid','Page${0}')\">{0}</a></td>"
    grid = f"<form action='List.aspx'><input type=hidden name=__VIEWSTATE value=x>{cell}{cell}</form>"
    third = GENERIC.next(page("/List.aspx", grid.replace("{0}", "3")), second)
    assert third is not None
    assert parse_qs(third.body)["__EVENTARGUMENT"] == ["Page$3"]
