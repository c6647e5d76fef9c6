"""龙讯: the label behind the page, type 3 for every organ, and counts that belong to something else."""

from __future__ import annotations

from datetime import date

from gxcrawl.pages.model import Ask, Declared, Page
from gxcrawl.portals.model import Column, Portal
from spiders.lonsun import Lonsun
from spiders.steps import query_of

FAMILY = Lonsun()
HOME = "http://www.slx.gov.cn/"
COLUMN = f"{HOME}public/column/6601?type=3&action=list"
PORTAL = Portal("slx", "示例县", "990101", "lonsun", ("www.slx.gov.cn",), options={"site": "679"})
ROWS = (
    '<ul class="doc_list"><li><a href="/public/6601/9001.html"'
    ' title="示例县民政局2020年政府信息公开工作年度报告">'
    "示例县民政局2020年...</a><span>2021-01-22</span></li><li><a href='/public/6601/8001.html'>"
    "示例县民政局2019年政府信息公开工作年度报告</a><span>2020-01-21</span></li></ul>"
)
TREE = (
    '<div><a href="/public/column/6601?type=1">制度</a><a href="/public/column/6601?type=4">示例县民政局</a>'
    '<a href="/public/column/6602?type=2">政府信息公开指南</a>'
    '<a href="/public/column/6602?type=4&amp;action=list">示例县卫生健康委员会</a>'
    '<a href="/public/column/6603?type=4" title="柳林乡人民政府">柳林乡</a></div>'
)


def page(body: str, url: str = COLUMN) -> Page:
    head = '<meta charset="utf-8"><meta name="SiteId" content="679"><title>政府信息公开年报</title>'
    return Page(url, f"<html><head>{head}</head><body>{body}</body></html>".encode())


def test_a_column_without_rows_leads_to_the_label_that_has_them() -> None:
    following = FAMILY.next(page(TREE), Ask(COLUMN))
    assert following is not None
    assert following.url.startswith(f"{HOME}site/label/8888?")
    asked = query_of(following.url)
    wanted = {
        "labelName": "publicInfoList",
        "siteId": "679",
        "organId": "6601",
        "type": "3",
        "pageIndex": "1",
    }
    assert wanted.items() <= asked.items()
    assert dict(following.headers)["Referer"] == COLUMN


def test_the_pages_own_call_of_the_label_is_kept_but_for_the_type() -> None:
    label = "/site/label/8888?IsAjax=1&amp;siteId=7&pageSize=8&organId=6609&type=4&catId=5"
    call = f"<script>load('{label}')</script>"
    following = FAMILY.next(page(call), Ask(COLUMN))
    assert following is not None
    asked = query_of(following.url)
    assert {
        "siteId": "7",
        "pageSize": "8",
        "organId": "6609",
        "catId": "5",
        "type": "3",
    }.items() <= asked.items()


def test_every_other_organ_is_asked_for_its_reports() -> None:
    organs = FAMILY.children(page(TREE), Ask(COLUMN))
    assert [(child.title, child.kind) for child in organs] == [
        ("示例县卫生健康委员会", "organ"),
        ("柳林乡人民政府", "organ"),
    ]
    assert organs[0].url == f"{HOME}public/column/6602?type=3&action=list"
    label = FAMILY.next(page(TREE), Ask(COLUMN))
    assert label is not None
    assert FAMILY.children(page(ROWS, label.url), label) == organs, "the label's answer does not name them"


def test_the_label_is_walked_by_its_count_of_pages() -> None:
    first = FAMILY.next(page(TREE), Ask(COLUMN))
    assert first is not None
    pager = "<script>Ls.pagination({total:5,pageIndex:1,pageCount:3});</script>"
    answer = page(ROWS + pager, first.url)
    assert FAMILY.declared(answer, first) == Declared(5, 3)
    second = FAMILY.next(answer, first)
    assert second is not None
    assert query_of(second.url)["pageIndex"] == "2"
    third = FAMILY.next(page(ROWS + pager, second.url), second)
    assert third is not None
    assert FAMILY.next(page(ROWS + pager, third.url), third) is None
    assert FAMILY.next(page("<p>暂无信息</p>", second.url), second) is None


def test_a_page_that_shows_its_first_rows_itself_goes_on_with_as_many() -> None:
    shown = page(f"{ROWS}<script>init({{currPage: 1, pageCount: 4}})</script>")
    following = FAMILY.next(shown, Ask(COLUMN))
    assert following is not None
    asked = query_of(following.url)
    assert (asked["pageIndex"], asked["pageSize"]) == ("2", "2")


def test_news_beside_an_empty_column_are_not_its_list() -> None:
    news = (
        "<ul><li><a href='/public/6601/7001.html'>示例县民政局召开会议</a><span>2021-05-06</span></li></ul>"
    )
    assert FAMILY.rows(page(news), Ask(COLUMN)) == ()
    following = FAMILY.next(page(news), Ask(COLUMN))
    assert following is not None
    assert query_of(following.url)["pageIndex"] == "1"


def test_a_page_that_tells_no_count_is_compared_with_its_label() -> None:
    label = "/site/label/8888?siteId=679&organId=6601&type=3"
    shown = page(f"{ROWS}<script>load('{label}')</script>")
    first = FAMILY.next(shown, Ask(COLUMN))
    assert first is not None
    assert query_of(first.url)["pageIndex"] == "1"
    behind = FAMILY.otherwise(page(ROWS, first.url), first)
    assert behind is not None
    assert query_of(behind.url)["pageIndex"] == "2"
    assert FAMILY.otherwise(page(ROWS, behind.url), behind) is None


def test_the_total_of_something_else_ends_no_list() -> None:
    counter = "<script>visits = {total: 1};</script>" + "x" * 400
    assert FAMILY.declared(
        page(f"{counter}{ROWS}<script>p({{pageCount:4}})</script>"), Ask(COLUMN)
    ) == Declared(None, 4)
    near = page(f"{ROWS}<script>p({{total:2,pageCount:4}})</script>")
    assert FAMILY.declared(near, Ask(COLUMN)) == Declared(None, 4)


def test_rows_and_ways() -> None:
    first, _ = FAMILY.rows(page(ROWS), Ask(COLUMN))
    assert (first.title, first.day) == ("示例县民政局2020年政府信息公开工作年度报告", date(2021, 1, 22))
    urls = [ask.url for ask in FAMILY.ways(PORTAL, Column(ref="6601"))]
    assert urls[0] == COLUMN
    assert query_of(urls[1])["organId"] == "6601"
    assert query_of(urls[1])["siteId"] == "679"
    other = FAMILY.ways(PORTAL, Column(url=f"{HOME}public/column/6601?type=4&action=list"))
    assert [ask.url for ask in other[:2]] == [f"{HOME}public/column/6601?type=4&action=list", COLUMN]
    assert FAMILY.ways(PORTAL, Column(url=f"{HOME}zfxxgk/")) == (Ask(f"{HOME}zfxxgk/"),)


def test_it_is_recognised_by_its_label_and_its_columns() -> None:
    assert FAMILY.detect(page(TREE)).score >= 80
    assert FAMILY.detect(Page(f"{HOME}a.html", b"<html><p>a</p></html>")).score == 0
