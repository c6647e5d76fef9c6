"""A page that is only a door leads to the page behind it; a real page leads nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.model import Page
from gxcrawl.pages.shell import hop

URL = "http://www.shili.gov.cn/zfxxgk/"
TEXT = "示例县各部门政府信息公开工作年度报告按年份列出，供公众查阅。" * 10
MENU = "".join(f"<a href='/c{number}/'>栏目{number}</a>" for number in range(30))


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ("<meta http-equiv='refresh' content='0;url=nb/index.html'>", "nb/index.html"),
        ('<META HTTP-EQUIV=Refresh CONTENT="3; URL=/gknb/"><p>正在跳转，请稍候', "gknb"),
        ("<script>window.location.href = './list.html';</script>", "list.html"),
        ("<script>location.replace('list.html')</script><a href='list.html'>点击进入</a>", "list.html"),
        ("<body onload=\"location='list.html'\"></body>", "list.html"),
        (
            "<frameset cols='200,*'><frame name=left src=menu.htm><frame name=main src=list.htm></frameset>",
            "list.htm",
        ),
        ("<iframe width=100% height=900 src='/class/list.aspx?id=3'></iframe>", "list.aspx?id=3"),
        (f"<div>{MENU}</div><iframe id=mainframe src=list.htm></iframe>", "list.htm"),
        ("<iframe src='http://tianqi.example/x.htm'></iframe><iframe src=list.htm></iframe>", "list.htm"),
    ],
)
def test_the_door_is_gone_through(body: str, target: str) -> None:
    ask = hop(Page(URL, body.encode()))
    assert ask is not None
    assert ask.url.rstrip("/").endswith(target)


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{TEXT}</p><script>location.href='other.html'</script>",
        f"<p>{TEXT}</p><iframe src=list.htm></iframe>",
        "<script>if(/Android/.test(navigator.userAgent)){location.href='/m/'}</script>",
        "<script>if(a){location='a.html'}else{location='b.html'}</script>",
        "<script>location.href='a.html?t='+x</script>",
        "<script>document.cookie='C3VK=1';location.href='a.html'</script>",
        "<script>// location.href='old.html'\n</script>",
        "<meta http-equiv=refresh content='0'>",
        "<meta http-equiv=refresh content='300;url=a.html'>",
        "<meta http-equiv=refresh content='5;url=/'><p>页面不存在，5秒后返回首页",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
        "<iframe src='/files/report.pdf'></iframe>",
        "<iframe src='/pdfjs/web/viewer.html?file=%2Fa.pdf'></iframe>",
        "<iframe src=count.htm style='display:none'></iframe>",
        "<iframe src=count.htm width=0 height=0></iframe>",
        "<iframe src=a.htm></iframe><iframe src=b.htm></iframe>",
        f"<script>location.href='{URL}'</script>",
        "<meta name=ArticleTitle content='示例县2021年年报'><iframe src=a.htm></iframe>",
        "",
    ],
)
def test_who_doubts_stays(body: str) -> None:
    assert hop(Page(URL, body.encode())) is None


@given(st.binary(max_size=2_000))
def test_any_bytes_are_survived(body: bytes) -> None:
    hop(Page(URL, body))
