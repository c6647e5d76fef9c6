"""A list that goes on in a way only scripts can follow is not taken for a whole one."""

from __future__ import annotations

import time

import pytest

from gxcrawl.pages.model import Page
from gxcrawl.pages.more import promises_more

URL = "http://www.shili.gov.cn/nb/list_1.htm"


def page(markup: str, url: str = URL) -> Page:
    return Page(url, f"<html><body>{markup}</body></html>".encode())


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="javascript:goPage(2)">下一页</a>',
        '<a href="#" onclick="nextPage()">下一页</a>',
        '<a href="javascript:go(1)">1</a><a href="javascript:go(2)">2</a>',
        '<div class="more" onclick="loadMore()">加载更多</div>',
        '<a href="javascript:;" id="loadmore">查看更多</a>',
        '首页 <a href="list_3.htm">尾页</a>',
        "<script>var totalPage = 3; draw(totalPage);</script>",
        '<script>layui.laypage.render({elem: "p", count: 25, limit: 10})</script>',
        "<p>显示 1 到 10 条，总共 25 条</p>",
    ],
)
def test_what_only_a_script_can_follow_is_noticed(markup: str) -> None:
    assert promises_more(page(markup), 1)


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("<ul><li>示例</li></ul>", 1),
        ('<a href="javascript:volid(0);">下一页</a>', 3),
        ('<a href="javascript:void(0)">下一页</a><a href="#">尾页</a><span>加载更多</span>', 1),
        ('<a class="disabled" href="javascript:go(2)">下一页</a>', 1),
        ('<a href="javascript:goPage(3)">下一页</a>', 3),
        ('<a href="/xwzx/">查看更多</a><a href="/xwzx/">更多&gt;&gt;</a>', 1),
        ('<a href="list_1.htm">尾页</a>', 1),
        ('<a href="index.htm">尾页</a>', 1),
        ("<script>var totalPage = 3;</script>", 3),
        ("<script>laypage.render({count: 8, limit: 10})</script>", 1),
        ("<p>显示 21 到 25 条，总共 25 条</p>", 3),
    ],
)
def test_controls_that_are_switched_off_promise_nothing(markup: str, read: int) -> None:
    assert not promises_more(page(markup), read)


def test_hostile_pages_take_no_time() -> None:
    pieces = ('<div onclick="x()"><a href="javascript:f(2)">1', "laypage({", "1 到 1 条", "<li>totalpage=")
    started = time.perf_counter()
    for piece in pieces:
        promises_more(page(piece * (1_000_000 // len(piece))), 1)
        promises_more(page(f"<script>{piece * (90_000 // len(piece))}</script>"), 1)
    assert time.perf_counter() - started < 10
