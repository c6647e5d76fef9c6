"""Lists below lists: years, classes of organs, columns of single organs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.children import children_of
from gxcrawl.pages.model import Child, Page

URL = "http://www.shili.gov.cn/zwgk/zfxxgknb/index.html"
PLAIN = "http://www.shili.gov.cn/zwgk/c1234/index.html"


def children(markup: str, url: str = URL) -> tuple[Child, ...]:
    return children_of(Page(url, f"<html><body>{markup}</body></html>".encode()))


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("2021", 2021),
        ("2021年", 2021),
        ("2021年度", 2021),
        ("2021年年报", 2021),
        ("２０２１年", 2021),
        ("2021<br>年", 2021),
    ],
)
def test_tabs_for_years_are_lists(label: str, year: int) -> None:
    found = children(f'<a href="2021/">{label}</a>')
    assert [(child.kind, child.year) for child in found] == [("year", year)]
    assert found[0].url == "http://www.shili.gov.cn/zwgk/zfxxgknb/2021/"


@pytest.mark.parametrize(
    "label",
    [
        "区直部门",
        "镇街",
        "乡镇（街道）",
        "政府部门",
        "区本级",
        "县级部门年报",
        "市直单位",
        "街道办事处",
        "各县区",
        "县（市、区）",
        "市政府部门",
        "直属机构",
        "乡镇人民政府",
        "街道（镇）",
        "市级部门",
        "县直部门政府信息公开年报",
        "区政府工作部门",
        "区本级政府信息公开年度报告专栏",
        "各部门",
        "各镇街",
        "区政府",
        "中省直单位",
        "驻区单位",
        "乡镇街道",
        "部门<br>年报",
        "乡镇、街道",
        "县政府组成部门",
        "派出机构",
        "区级",
        "各乡镇",
        "镇（街道）年报",
        "公共企事业单位",
    ],
)
def test_classes_of_organs_are_lists(label: str) -> None:
    assert [child.kind for child in children(f'<li><a href="bm/">{label}</a></li>')] == ["class"]


@pytest.mark.parametrize(
    "label",
    [
        "示例县统计局",
        "示例镇",
        "示例街道",
        "示例街道办事处",
        "县政府办公室",
        "市发展改革委",
        "示例镇人民政府",
        "县卫生健康委员会",
        "示例<br>  县财政局",
        "县机关事务服务中心",
        "示例经济开发区管委会",
    ],
)
def test_columns_of_organs_are_lists(label: str) -> None:
    assert [child.kind for child in children(f'<a href="../gszbm/auto1/?id=17">{label}</a>')] == ["organ"]


@pytest.mark.parametrize(
    "label",
    [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "依申请公开",
        "首页",
        "机构职能",
        "领导之窗",
        "更多",
        "下一页",
        "示例县",
        "本单位",
        "新闻中心",
        "政务公开",
        "示例镇2021年政府信息公开工作年度报告",
        "1",
        "21",
        "部门动态",
        "部门解读",
        "乡镇新闻",
    ],
)
def test_other_menus_are_no_lists_of_reports(label: str) -> None:
    assert children(f'<a href="../x/">{label}</a>') == ()


@pytest.mark.parametrize(
    "href",
    [
        "./202201/t20220120_1.html",
        "../a/1.pdf",
        "javascript:void(0)",
        "#",
        "index.html",
        "./",
        "/art/2022/1/20/art_1_2.html",
        "../info/1001/2.htm",
        "/s/c1/202201/c01_2535.shtml",
    ],
)
def test_articles_files_and_the_page_itself_are_no_lists(href: str) -> None:
    assert children(f'<a href="{href}">示例县统计局</a><a href="{href}">2021年</a>') == ()


def test_a_list_is_named_once_in_the_order_of_the_page() -> None:
    found = children(
        '<a href="2022/">2022年</a><a href="bm/">区直部门</a><a href="2022/index.html">2022</a>'
        '<a href="zj/" title="镇街">镇…</a>'
    )
    assert [child.title for child in found] == ["2022年", "区直部门", "镇街"]


LINK = '<a href="a/">示例县统计局</a>'


@pytest.mark.parametrize(
    "markup",
    [
        f"<title>政府信息公开年报_示例县</title>{LINK}",
        f"<meta name='ColumnName' content='政府信息公开年报'>{LINK}",
        f"<h2>政府信息<br>公开年报</h2>{LINK}",
        f'<div class="crumbs"><a href="/">首页</a> &gt; <a href="/b/">信息公开年报专栏</a></div>{LINK}',
        f"<div>当前位置：<a href='/'>首页</a>&gt;<span>年度报告</span></div>{LINK}",
    ],
)
def test_a_page_tells_that_it_is_about_reports(markup: str) -> None:
    assert [child.kind for child in children(markup, PLAIN)] == ["organ"]


@pytest.mark.parametrize(
    "markup",
    [
        LINK,
        f'<ul class="menu"><li><a href="/zfxxgknb/">政府信息公开年报</a></li></ul>{LINK}',
        f"<meta name='ColumnName' content='政府信息公开指南'><h2>年报</h2>{LINK}",
        f'<h3><a href="/nb/">政府信息公开年报</a></h3>{LINK}',
    ],
)
def test_menus_of_other_pages_are_left_alone(markup: str) -> None:
    assert children(markup, PLAIN) == ()


@pytest.mark.parametrize(
    ("path", "about"),
    [
        ("zxqgkndbg/", True),
        ("s/c5546/zfxxgklby_nb.shtml", True),
        ("xxgknb_9490/", True),
        ("a/nb_2022n/", True),
        ("2021nb/", True),
        ("OpennessAnnualReport/show/1.html", True),
        ("list.jsp?cat=gknb", True),
        ("henbin/", False),
        ("nbj/", False),
        ("shenbao/", False),
    ],
)
def test_addresses_tell_about_reports(path: str, about: bool) -> None:
    assert bool(children(LINK, f"http://www.shili.gov.cn/{path}")) is about


@given(
    st.lists(
        st.sampled_from(
            [
                "<a href=a/>",
                "<a href=b/ title='镇街'>",
                "2021年",
                "局",
                "<br>",
                "</a>",
                "（",
                "乡镇",
                "<h1>",
                "\x00",
            ]
        ),
        max_size=30,
    )
)
def test_torn_menus_are_read_without_harm(parts: list[str]) -> None:
    found = children("".join(parts))
    assert len({child.url for child in found}) == len(found)


def test_menus_without_end_are_read_in_time() -> None:
    label = "镇乡街道" * 9
    assert children(f'<a href="a/">{label}</a>' * 5_000) == ()
