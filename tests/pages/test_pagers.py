"""How long lists say they are, and the links to their next pages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.model import Declared, Page
from gxcrawl.pages.pagers import PageCall, create_page_html, declared_by, next_link, numbered

URL = "http://www.shili.gov.cn/zwgk/nb/index.html"


def page(markup: str, url: str = URL) -> Page:
    return Page(url, f"<html><body>{markup}</body></html>".encode())


@pytest.mark.parametrize(
    ("markup", "rows", "pages"),
    [
        ("<div>共595条记录 1/30页</div>", 595, 30),
        ("<span>共1648条记录 6/66页</span>", 1648, 66),
        ('<span class="p_t">共89条</span><span class="p_t">1/30</span>', 89, 30),
        ("<p>第1页/共30页</p>", None, 30),
        ("<p>共<b>30</b>页&nbsp;当前第<b>1</b>页</p>", None, 30),
        ("<p>共 30 页 595 条</p>", 595, 30),
        ("<p>总共 12 条信息，每页20条，共1页</p>", 12, 1),
        ("<p>页次：2/7 总记录数：133</p>", 133, 7),
        ("<p>首页 上一页 共 5 页 到第 页 跳转</p>", None, 5),
        ("<p>当前第1页，共12页，共233条</p>", 233, 12),
        ("<p>共3条评论</p><p>共12页 下一页</p>", None, 12),
        ("<p>共20条记录，共2页</p><p>共20条记录，共2页</p>", 20, 2),
    ],
)
def test_the_declared_size_is_read(markup: str, rows: int | None, pages: int | None) -> None:
    assert declared_by(page(markup)) == Declared(rows, pages)


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<p>本办法共12条，自发布之日起施行。</p>",
        "<p>全文共12页</p>",
        "<p>共有3条评论</p>",
        "<p>全年主动公开信息共595条。</p>",
        "<p>共0条 共<span>0</span>页</p>",  # a script would fill them in
        "<p>共10条记录</p><p>共20条记录</p>",
        "<p>2022/01/20页面</p>",
        "<script>var t='共595条记录 1/30页'</script><!-- 共595条记录 -->",
    ],
)
def test_other_numbers_are_no_size(markup: str) -> None:
    assert declared_by(page(markup)) == Declared()


def test_the_call_of_a_script_declares_the_size() -> None:
    assert declared_by(page("<script>createPageHTML('page_div',5, 1,'fg','shtml',89);</script>")) == Declared(
        89, 5
    )
    assert declared_by(page('<script>createPageHTML(9, 0, "index", "html");</script>')) == Declared(None, 9)


@pytest.mark.parametrize(
    ("script", "call"),
    [
        ('createPageHTML(9, 0, "index", "html");', PageCall(9, 1, "index", "html", None, True)),
        ("createPageHTML(9,3,'index','shtml')", PageCall(9, 4, "index", "shtml", None, True)),
        ("createPageHTML(3,1,'index','html')", PageCall(3, 1, "index", "html", None, True)),
        (
            "createPageHTML('page_div',22,2,'common_list','shtml',325)",
            PageCall(22, 2, "common_list", "shtml", 325, False),
        ),
        (
            "var countPage = 7;//total\nvar cur=0;createPageHTML(countPage,cur,'index','html')",
            PageCall(7, 1, "index", "html", None, True),
        ),
        (
            '<!--\ncreatePageHTML (120, 0, "index", "html");\n//-->',
            PageCall(120, 1, "index", "html", None, True),
        ),
        (
            "function createPageHTML(_nCount, _nCurrent, _sName, _sExt){}\ncreatePageHTML(4,0,'index','htm')",
            PageCall(4, 1, "index", "htm", None, True),
        ),
        (
            "//createPageHTML(9,0,'a','b')\n/*createPageHTML(8,0,'a','b')*/createPageHTML(2,0,'index','html')",
            PageCall(2, 1, "index", "html", None, True),
        ),
    ],
)
def test_both_forms_of_the_call_are_read(script: str, call: PageCall) -> None:
    assert create_page_html(page(f"<script>{script}</script>")) == call


@pytest.mark.parametrize(
    "markup",
    [
        "<script>function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){ /* */ }</script>",
        "<script>// createPageHTML(9,0,'index','html')</script>",
        "<!-- <script>createPageHTML(9,0,'index','html')</script> -->",
        "<script>createPageHTML(a, b, c, d)</script>",
        "<script>createPageHTML()</script>",
        "<p>createPageHTML(9,0,'index','html')</p>",
    ],
)
def test_what_is_no_call_declares_nothing(markup: str) -> None:
    assert create_page_html(page(markup)) is None


def test_pages_are_numbered_as_the_family_does() -> None:
    trs, ucap = PageCall(9, 1, "index", "html", None, True), PageCall(5, 1, "list", "shtml", 89, False)
    folder = "http://www.shili.gov.cn/zwgk/nb/"
    assert [numbered(URL, trs, n) for n in (1, 2, 9)] == [f"{folder}index{n}.html" for n in ("", "_1", "_8")]
    assert [numbered(URL, ucap, n) for n in (1, 2, 5)] == [f"{folder}list{n}.shtml" for n in ("", "_2", "_5")]


F = "http://www.shili.gov.cn/zwgk/nb/"


@pytest.mark.parametrize(
    ("markup", "url", "following"),
    [
        ('<a href="index_2.html">下一页</a>', URL, f"{F}index_2.html"),
        ('<a href="index_2.html">[下一页]</a>', URL, f"{F}index_2.html"),
        ('<a href="index_2.html">【下页】</a>', URL, f"{F}index_2.html"),
        ('<a href="index_2.html">下页 &gt;</a>', f"{F}index_1.html", f"{F}index_2.html"),
        (
            "<a href='#' class=next onclick=\"location.href='index_7.jhtml'\"> &gt;&gt; </a>",
            f"{F}index_6.jhtml",
            f"{F}index_7.jhtml",
        ),
        (
            "<a href=\"javascript:location.href='index_7.jhtml'\">下一页</a>",
            f"{F}index_6.jhtml",
            f"{F}index_7.jhtml",
        ),
        (
            '<span class="p_next p_fun"><a href="nb/67.htm">下页</a></span>',
            "http://www.shili.gov.cn/zwgk/nb.htm",
            f"{F}67.htm",
        ),
        ('<span class="p_next p_fun"><a href="66.htm"></a></span>', f"{F}67.htm", f"{F}66.htm"),
        (
            '<span class="p_next"><a href="?a1154p=2&amp;a1154t=9">下页</a></span>',
            URL,
            f"{URL}?a1154p=2&a1154t=9",
        ),
        ('<a href="news-list-nb-2.html">下一页</a>', f"{F}news-list-nb.html", f"{F}news-list-nb-2.html"),
        ('<a rel="next" href="/zwgk/nb/?page=2">更多</a>', F, f"{F}?page=2"),
        (
            '<a href="/list/1/2/"><img alt="下一页"></a>',
            "http://www.shili.gov.cn/list/1/1/",
            "http://www.shili.gov.cn/list/1/2/",
        ),
        ('<a href="?p=5">&gt;&gt;</a><a href="?p=2">&gt;</a>', URL, f"{URL}?p=2"),
        (
            '<a href="index_9.html" class="next">»</a><a href="index_1.html">下一頁</a>',
            URL,
            f"{F}index_1.html",
        ),
        (
            '<a href="/index.php?m=content&catid=4&page=2">下一页</a>',
            "http://www.shili.gov.cn/index.php?m=content&catid=4",
            "http://www.shili.gov.cn/index.php?m=content&catid=4&page=2",
        ),
    ],
)
def test_the_next_page_is_found(markup: str, url: str, following: str) -> None:
    ask = next_link(page(markup, url))
    assert ask is not None
    assert ask.url == following


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="202201/t20220120_1.html">下一篇</a>',
        '<a href="202201/t20220120_1.html">下一篇：年报</a>',
        '<a href="http://other.gov.cn/a/index_2.html">下一页</a>',
        '<a href="index.html">下一页</a>',
        '<a href="index.html#2">下一页</a>',
        '<a href="javascript:void(0)">下一页</a>',
        '<a href="#">下一页</a>',
        '<a class="disabled" href="index_2.html">下一页</a>',
        '<li class="next disabled"><a href="index_2.html">下一页</a></li>',
        '<!-- <a href="index_2.html">下一页</a> -->',
        '<a class="next" href="../zcwj/t20220120_1.html"></a>',
        '<a href="/">&gt;</a>',
        '<a href="index_1.html">上一页</a><a href="index_5.html">尾页</a>',
    ],
)
def test_what_leads_elsewhere_is_no_next_page(markup: str) -> None:
    assert next_link(page(markup)) is None


PIECES = [
    "共",
    "12",
    "条",
    "页",
    "/",
    "<a href=index_2.html>",
    "<a class=next onclick=\"location.href='",
    "下一页",
    "</a>",
    ">",
    "<script>",
    "</script>",
    "createPageHTML(",
    "'index'",
    ",",
    ")",
    "//",
    "/*",
    "<span class=p_t>",
    "1/3",
    "\x00",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_torn_pagers_are_read_without_harm(parts: list[str]) -> None:
    torn = page("".join(parts))
    assert isinstance(declared_by(torn), Declared)
    ask = next_link(torn)
    assert ask is None or ask.url.startswith("http://www.shili.gov.cn/")
    call = create_page_html(torn)
    assert call is None or call.current >= 1


@pytest.mark.parametrize(
    "text", ["共 1", "共", "1/", "createPageHTML(", "<a class=next href=?p=1>", "9" * 50, "共1页", "页 "]
)
def test_senseless_pagers_end(text: str) -> None:
    hostile = page(text * (1_000_000 // len(text)) + "<script>" + text * 50_000 + "</script>")
    start = time.process_time()
    declared_by(hostile)
    next_link(hostile)
    assert time.process_time() - start < 4
