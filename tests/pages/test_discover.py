"""On a page nobody knows the way to the annual reports comes first, and decoys do not come at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.discover import Lead, leads
from gxcrawl.pages.model import Page

URL = "http://www.shili.gov.cn/"


def found(body: str, url: str = URL) -> tuple[Lead, ...]:
    return leads(Page(url, body.encode()))


PLATFORM = """
<meta name=ColumnName content=政府信息公开指南><title>示例县人民政府-政府信息公开</title>
<h3><a href="http://xxgk.shili.gov.cn/zfxxgkzn/"><em></em>政府信息<br>
       公开指南</a></h3>
<h3><a href="/zfxxgkzd/">政府信息<br>公开制度</a></h3>
<h3><a href="http://xxgk.shili.gov.cn/zfxxgknb/"><em></em>政府信息<br>
       公开年报</a></h3>
<!-- <h3><a href="/old/zfxxgknb/">政府信息公开年报</a></h3> -->
<a href="/ysqgk/">依申请公开</a>
<a href="/u/report_tb_2300000009.pdf"><img alt="政府网站年度报表"></a>
"""


def test_a_label_broken_over_lines_is_the_first_lead_and_a_comment_is_none() -> None:
    best, *rest = found(PLATFORM)
    assert (best.url, best.kind) == ("http://xxgk.shili.gov.cn/zfxxgknb/", "column")
    assert best.text in {"政府信息 公开年报", "政府信息公开年报"}
    assert best.reasons
    assert not [lead for lead in rest if lead.kind == "column" or "old" in lead.url]


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/nb/'>信息公开年报专栏</a>",
        "<a href='/nb/'>政府信息公开年度报告</a>",
        "<a href='/nb/'>政府信息公开工作年度报告</a>",
        "<a href='/nb/'>公开年报</a>",
        "<a href='/nb/'>信息公开 年度报告</a>",
        "<a href='/nb/'><img src=nb.png alt='政府信息公开年报'></a>",
        "<a href='/nb/' title='政府信息公开年报'><img src=nb.png></a>",
        "<a href='javascript:;' onclick=\"window.open('/nb/')\">政府信息公开年报</a>",
        "<map><area href='/nb/' alt='政府信息公开年报'></map>",
        "<a href='/nb/'>年报</a>",
    ],
)
def test_the_column_is_found_however_it_is_linked(link: str) -> None:
    other = "<a href='/zwgk/'>政务公开</a><a href='/zfgzbg/'>政府工作报告</a><a href='/tjnb/'>统计年报</a>"
    best, *rest = found(other + link)
    assert (best.url, best.kind) == ("http://www.shili.gov.cn/nb/", "column")
    assert {lead.url for lead in rest} <= {"http://www.shili.gov.cn/zwgk/"}


def test_an_address_word_counts_where_the_label_is_short() -> None:
    leads_found = found("<a href='/zfxxgk/zfxxgkndbg/'>更多</a><a href='/x/'>更多</a>")
    assert [lead.url for lead in leads_found] == ["http://www.shili.gov.cn/zfxxgk/zfxxgkndbg/"]


def test_an_address_set_by_a_script_beats_the_one_it_replaces() -> None:
    body = (
        "<div id=left_lan><a href='/dead/'>政府信息公开</a></div>"
        "<script>$(\"#left_lan a:contains('政府信息公开')\").attr('href','http://xxgk.shili.gov.cn/zfxxgk_2/');</script>"
    )
    first, second = found(body)
    assert (first.url, first.kind) == ("http://xxgk.shili.gov.cn/zfxxgk_2/", "platform")
    assert second.url == "http://www.shili.gov.cn/dead/"


@pytest.mark.parametrize(
    "text",
    [
        "2021年政府网站工作年度报表",
        "法治政府建设年度报告",
        "企业年报公示",
        "2021年统计年报",
        "年报解读",
        "财政决算年度报告",
    ],
)
def test_a_decoy_is_no_lead(text: str) -> None:
    assert found(f"<a href='/a/'>{text}</a>") == ()


def test_another_block_of_the_platform_is_a_last_way_to_it() -> None:
    guide, column = "<a href='/zn/'>政府信息公开指南</a>", "<a href='/nb/'>政府信息公开年报</a>"
    assert [lead.kind for lead in found(guide)] == ["platform"]
    assert [lead.url for lead in found(guide + column)] == [f"{URL}nb/", f"{URL}zn/"]


def test_one_report_is_not_the_list_of_them() -> None:
    report = "<a href='/202201/t20220118_15.html'>示例县民政局2021年政府信息公开工作年度报告</a>"
    best, *rest = found(report + "<a href='/nb/'>政府信息公开年报</a>")
    assert best.url.endswith("/nb/")
    assert all(lead.score < best.score for lead in rest)


@pytest.mark.parametrize(
    "url",
    [
        "/zfxxgknb/202501/t20250118_15.html",
        "/slx/zfxxgknb/202501/c01_967462.shtml",
        "/art/2025/1/18/art_3021_118000.html",
        "/info/1031/5678.htm",
        "/zfxxgknb/2025/1/2206615.html",
    ],
)
@pytest.mark.parametrize(
    "text", ["示例县民政局2024年政府信息公开工作年度报告", "我县部署政府信息公开年度报告编制"]
)
def test_news_about_annual_reports_do_not_hide_the_way_to_their_list(url: str, text: str) -> None:
    best, *rest = found(f"<a href='{url}'>{text}</a><a href='/zfxxgk/'>政府信息公开</a>")
    assert best.kind == "platform"
    assert all(lead.score < 3 for lead in rest), "no list that a crawl would try"


def test_a_block_that_leads_to_one_article_is_still_followed() -> None:
    [lead] = found("<a href='/art/2025/1/18/art_3021_118000.html'>政府信息公开年报</a>")
    assert lead.kind == "column"
    assert lead.score >= 3


def test_homes_of_other_offices_come_last() -> None:
    body = "<a href='http://jia.gov.cn/'>甲镇人民政府</a>"
    body += "<a href='/zfxxgk/'>政府信息公开</a><a href='/'>示例县政府网</a>"
    assert [lead.kind for lead in found(body)] == ["platform", "home-of-other"]


@given(st.binary(max_size=2_000))
def test_any_bytes_are_survived(body: bytes) -> None:
    assert isinstance(leads(Page(URL, body)), tuple)


@pytest.mark.parametrize(
    "piece", ["<a href=/nb/>年报", "<script>$('a').attr('href','/a')", '$("a").eq(', "<a onclick=open("]
)
def test_three_hostile_megabytes_take_bounded_time(piece: str) -> None:
    body = piece * (3_000_000 // len(piece.encode()))
    start = time.perf_counter()
    found(body)
    assert time.perf_counter() - start < 10
