"""What a detail page tells: its title, each day with its basis, the organ and never 来源 for it."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.detail import read_detail
from gxcrawl.pages.model import Detail, Marks, Page

URL = "http://www.shili.gov.cn/shili/c1/202310/c01_77.shtml"
TITLE = "示例县民政局2021年政府信息公开工作年度报告"
TEXT = "示例县民政局认真落实政府信息公开条例，全年主动公开政府信息，按时办结全部申请，健全管理制度。" * 5
NONE = Marks()


def read(body: str, marks: Marks = NONE, url: str = URL) -> Detail:
    return read_detail(Page(url, body.encode()), marks)


def test_the_usual_page_is_read_whole() -> None:
    detail = read(
        f"<title>示例县人民政府 年报专栏 {TITLE}</title><meta name='SiteName'content='示例县人民政府'>"
        f"<meta name=ArticleTitle content='{TITLE}'><meta name='PubDate' content='2023-10-08 16:28'>"
        "<meta name=ContentSource content='01'><meta name=SiteIDCode content=2300000009>"
        f"<h1>示例县人民政府</h1><h1>{TITLE}</h1><div>发布日期：2022-01-20 10:11 来源：示例县人民政府</div>"
        f"<div id=zoom><p>{TEXT}</p><a href=nb.docx>附件</a></div>"
    )
    assert detail.title == TITLE
    assert detail.days == {
        "meta-pubdate": date(2023, 10, 8),
        "visible-date": date(2022, 1, 20),
        "url-month": date(2023, 10, 1),
    }
    assert (detail.source, detail.organ, detail.site_code) == ("01", "", "2300000009")
    assert detail.has_body
    assert [one.url for one in detail.attachments] == ["http://www.shili.gov.cn/shili/c1/202310/nb.docx"]


@pytest.mark.parametrize(
    "head",
    [
        (
            "<table class=xxgktab>"
            "<tr><td>索引号：</td><td>1/2021</td><td>发布机构：</td><td>示例县民政局</td></tr>"
            "<tr><td>生成日期：</td><td>2022-01-18</td><td>文件编号：</td><td></td></tr></table>"
        ),
        (
            "<div class='detail_xxgk_info zcwj'><ul><li><span>索 引 号</span><div>1/2021</div></li>"
            "<li><span>发布机构</span><div>示例县民政局</div></li><li><span>成文日期</span><div>2022年1月18日</div></li></ul></div>"
        ),
        "<p>索引号: 736/2023-08939 发布机构: 示例县民政局 生成日期: 2022.01.18 浏览次数: 3</p>",
        "<p>发布单位 | 示例县民政局</p><p>生成日期 | 2022-01-18 16:24:38</p>",
        f"<ul><li>SL42/2022-00001</li><li>示例县民政局</li><li>{TITLE}</li><li>2022-01-18</li><li>2022-01-20</li></ul>",
    ],
)
def test_the_field_for_the_organ_is_read_in_every_layout(head: str) -> None:
    detail = read(f"<h1>{TITLE}</h1>{head}<div id=zoom><p>{TEXT}</div>")
    assert detail.organ == "示例县民政局"
    assert detail.days["generated-date"] == date(2022, 1, 18)


def test_the_source_is_never_the_organ() -> None:
    detail = read(
        f"<h1>{TITLE}</h1><p>日期:2022-01-29 来源:示例县人民政府 访问量: 字号:</p><div id=zoom>{TEXT}</div>"
    )
    assert (detail.organ, detail.source) == ("", "示例县人民政府")
    assert detail.days["visible-date"] == date(2022, 1, 29)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2025-01-26 15:07", date(2025, 1, 26)),
        ("发布时间：2025-01-26 10:44", date(2025, 1, 26)),
        ("2025年01月26日来源:1", date(2025, 1, 26)),
        ("发表日期:2025-01-26 文章来源:示例县", date(2025, 1, 26)),
        ("[2025/01/26]", date(2025, 1, 26)),
        ("时间：2025.01.26", date(2025, 1, 26)),
    ],
)
def test_a_day_below_the_title_is_visible(line: str, day: date) -> None:
    assert read(f"<h1>{TITLE}</h1><div>{line}</div><div id=zoom>{TEXT}</div>").days["visible-date"] == day


def test_only_printed_days_count() -> None:
    clock = "<p>今天是2026年3月3日 星期二</p><p>发布日期：</p><p>2021年1月1日至12月31日</p>"
    assert read(clock + f"<div id=zoom>{TEXT}</div>", url="http://www.shili.gov.cn/a.html").days == {}


@pytest.mark.parametrize(
    ("url", "basis", "day"),
    [
        ("/zfxxgknb/202206/t20220615_32.html", "url-date", date(2022, 6, 15)),
        ("/art/2022/1/8/art_284_11.html", "url-date", date(2022, 1, 8)),
        ("/columns/1/202206/15/ab.html", "url-date", date(2022, 6, 15)),
        ("/c1/202206/c01_9.shtml", "url-month", date(2022, 6, 1)),
        ("/10390/2026/1/220.html", "url-month", date(2026, 1, 1)),
    ],
)
def test_the_day_or_the_month_of_an_address(url: str, basis: str, day: date) -> None:
    assert read("<p>x", url=f"http://www.shili.gov.cn{url}").days == {basis: day}


@pytest.mark.parametrize(
    "url", ["/202213/a.html", "/c/20220230_1.html", "/2022/a.html", "/info/1202/2022.htm"]
)
def test_an_address_without_a_day_gives_none(url: str) -> None:
    assert read("<p>x", url=f"http://www.shili.gov.cn{url}").days == {}


def test_a_title_that_is_cut_off_gives_way_to_the_whole_one() -> None:
    assert (
        read(f"<meta name=ArticleTitle content='2021年政府信息公开工作年度报告'><h1>{TITLE}</h1>").title
        == TITLE
    )


def test_the_title_of_the_window_is_the_last_resort_and_loses_the_site() -> None:
    assert read(f"<title>{TITLE}-示例县人民政府</title><p>x").title == TITLE
    lines = "<div id=zoom><h1>示例县民政局2021年</h1><h1>政府信息公开工作年度报告</h1></div>"
    assert read(f"<title>{TITLE} - 示例县人民政府</title>{lines}").title == TITLE
    assert read("<h1 class=own>甲</h1><h3 id=t>乙丙</h3>", Marks(title=("#t",))).title == "乙丙"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<div id=zoom><p>{TEXT}</p></div>", True),
        ("<div id=zoom><table>" + "<tr><td>1<td>2<td>3</tr>" * 12 + "</table></div>", True),
        (f"<table><tr><td>菜单</td><td><p>{TEXT}</p><p>{TEXT}</p></td></tr></table>", True),
        (f"<div id=zoom>附件：<a href=a.docx>{TITLE}.docx</a></div>", False),
        (f"<div id=zoom>{TITLE}<p>现将我局年度报告公布如下，详见附件</p></div>", False),
        ("<div id=zoom></div>", False),
        ("", False),
        ("<ul>" + f"<li><a href=1.html>{TEXT}</a></li>" * 9 + "</ul>", False),
    ],
)
def test_a_link_to_a_file_is_no_body(body: str, expected: bool) -> None:
    assert read(body).has_body is expected


def test_an_article_in_a_script_is_a_body() -> None:
    script = f'window._CONFIG={{DETAIL:{{"content":"\\u003Cp\\u003E{TEXT}\\u003C/p\\u003E"}}}}'
    assert read(f"<div id=app></div><script>{script}</script>").has_body


@given(st.binary(max_size=2_000), st.text(max_size=50))
def test_any_bytes_and_addresses_are_survived(body: bytes, url: str) -> None:
    assert isinstance(read_detail(Page(url, body), NONE), Detail)


@pytest.mark.parametrize("piece", ["<p>发布机构：", "<span>", "<td>来源", "<h1>题", "发布日期 ", "<title>"])
def test_three_hostile_megabytes_take_bounded_time(piece: str) -> None:
    body = piece * (3_000_000 // len(piece.encode()))
    start = time.perf_counter()
    read(body)
    assert time.perf_counter() - start < 15
