"""gkmlpt: the tree in the script, the interface behind it, and JSON that is not what it should be."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from gxcrawl.pages.detail import read_detail
from gxcrawl.pages.model import Ask, Declared, Page
from gxcrawl.portals.model import Column, Portal
from spiders.gkmlpt import Gkmlpt
from spiders.gkmlpt_tree import read_config, report_nodes

FAMILY = Gkmlpt()
HOME = "http://www.sls.gov.cn/"
INDEX = f"{HOME}gkmlpt/index"
API = f"{HOME}gkmlpt/api/all/5188?page=1&sid=990015"
PORTAL = Portal("sls", "示例市", "990100", "gkmlpt", ("www.sls.gov.cn",))


def index(tree: str, url: str = INDEX) -> Page:
    script = (
        f"window._CONFIG = {{\n SID: '990015',\n SERVICE_AREA_ID: 1,\n TREE: {tree},\n NAME: '示例市'\n}};"
    )
    markup = f"<html><head><meta charset='utf-8'></head><body><div id='app'></div><script>{script}</script>"
    return Page(url, f"{markup}</body></html>".encode())


def node(number: object, name: object, *below: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"id": number, "name": name, "children": list(below), **more}


def answer(articles: object, total: object = 1, url: str = API) -> Page:
    return Page(
        url, json.dumps({"classify": {"post_count": 7}, "total": total, "articles": articles}).encode()
    )


def article(**changes: object) -> dict[str, object]:
    known: dict[str, object] = {
        "id": 5188221,
        "title": "示例市教育局2021年政府信息公开工作年度报告",
        "publisher": "示例市教育局",
        "date": "2022-01-20 10:00:00",
        "url": f"{HOME}sljy/gkmlpt/content/5/5188/post_5188221.html",
    }
    return known | changes


def test_the_tree_leads_to_the_interface_and_links_to_other_sites_are_skipped() -> None:
    tree = [
        node(11, "政府信息公开年报", jump_url="http://old.example/"),
        node(12, "公示", node(13, "企业年报"), node(14, "政府网站工作年度报表")),
        node("5130", "政府信息公开", node("5188", "政府信息公开\n年报", jump_url=None)),
    ]
    following = FAMILY.next(index(json.dumps(tree)), Ask(INDEX))
    assert following is not None
    assert following.url == API
    assert FAMILY.children(index(json.dumps(tree)), Ask(INDEX)) == ()
    assert FAMILY.rows(index(json.dumps(tree)), Ask(INDEX)) == ()


def test_several_categories_are_several_lists() -> None:
    tree = [
        node(20, "年报", node(21, "2021年"), node(22, "部门"), node(23, "外链", jump_url="/a"), post_count=0)
    ]
    page = index(json.dumps(tree), f"{HOME}sljy/gkmlpt/index")
    assert FAMILY.next(page, Ask(page.url)) is None
    years, departments = FAMILY.children(page, Ask(page.url))
    assert (years.url, years.kind, years.year) == (
        f"{HOME}sljy/gkmlpt/api/all/21?page=1&sid=990015",
        "year",
        2021,
    )
    assert (departments.title, departments.kind) == ("部门", "class")


def test_a_tree_in_the_hand_of_a_programmer_is_read() -> None:
    tree = "[{id: 7, name: '历年\\'年报\\' \"全\"', jump_url: undefined, children: [],},]"
    config = read_config(index(tree).text)
    assert config is not None
    assert [(one.id, one.name) for one in report_nodes(config.tree)] == [("7", "历年'年报'\"全\"")]


def test_a_category_known_by_its_number_needs_no_name() -> None:
    (first,) = FAMILY.ways(PORTAL, Column(url=f"{INDEX}#5199"))
    assert first == Ask(INDEX, state={"category": "5199"})
    tree = json.dumps([node(5188, "年报"), node(5199, "公开报告")])
    following = FAMILY.next(index(tree), first)
    assert following is not None
    assert "/api/all/5199?" in following.url
    by_options = Portal(
        "s", "示", "1", "gkmlpt", ("www.sls.gov.cn",), options={"sid": "990015", "department": "sljy"}
    )
    urls = [ask.url for ask in FAMILY.ways(by_options, Column(ref="5188"))]
    assert urls == [f"{HOME}sljy/gkmlpt/api/all/5188?page=1&sid=990015", f"{HOME}sljy/gkmlpt/index"]
    zero = FAMILY.ways(PORTAL, Column(url=API.replace("page=1", "page=0")))
    assert zero[0].url == API, "page 0 is page 1 once more, so nobody asks for it"


def test_a_row_has_its_true_organ() -> None:
    (row,) = FAMILY.rows(answer([article()]), Ask(API))
    assert (row.organ, row.day) == ("示例市教育局", date(2022, 1, 20))


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"date": None, "display_publish_time": 1642644000}, date(2022, 1, 20)),
        ({"date": "", "first_publish_time": "1642694400"}, date(2022, 1, 21)),
        ({"date": "null", "display_publish_time": 1642644000000}, date(2022, 1, 20)),
        ({"date": {"a": 1}, "created_at": "2022-01-19T23:30:00+00:00"}, date(2022, 1, 20)),
        ({"date": True, "display_publish_time": -5}, None),
        ({"date": 10**40, "display_publish_time": "9" * 400}, None),
    ],
)
def test_days_come_as_text_as_seconds_as_milliseconds_or_not_at_all(
    changes: dict[str, object], day: date | None
) -> None:
    (row,) = FAMILY.rows(answer([article(**changes)]), Ask(API))
    assert row.day == day


def test_an_article_without_an_address_is_found_by_its_number() -> None:
    (row,) = FAMILY.rows(answer([article(url="null", post_url=None, id="5188221")]), Ask(API))
    assert row.url == f"{HOME}gkmlpt/content/5/5188/post_5188221.html"


def test_an_article_is_asked_for_in_the_way_that_the_interface_answered() -> None:
    (own,) = FAMILY.rows(
        answer([article(url="https://www.sls.gov.cn/gkmlpt/content/5/5188/post_1.html")]), Ask(API)
    )
    assert FAMILY.detail(own, answer([])).url == f"{HOME}gkmlpt/content/5/5188/post_1.html"
    other = own._replace(url="https://www.other.gov.cn/gkmlpt/content/5/5188/post_1.html")
    assert FAMILY.detail(other, answer([])).url == other.url


def test_the_interface_is_walked_by_its_total_though_numbers_come_as_text() -> None:
    articles = [article(id=n, url=f"{HOME}gkmlpt/content/5/5188/post_{n}.html") for n in range(100)]
    first = answer(articles, "130")
    assert FAMILY.declared(first, Ask(API)) == Declared(130, 2)
    second = FAMILY.next(first, Ask(API))
    assert second is not None
    assert "page=2" in second.url
    last = answer(articles[:30], "130", second.url)
    assert FAMILY.declared(last, second) == Declared(130, 2)
    assert FAMILY.next(last, second) is None


def test_an_entry_that_cannot_be_had_keeps_the_list_from_being_whole() -> None:
    page = answer([article(), article(id=None, url=""), "junk"], 3)
    assert len(FAMILY.rows(page, Ask(API))) == 1
    declared = FAMILY.declared(page, Ask(API))
    assert declared.rows == 3
    assert (declared.pages or 0) > 1


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body><a href='/a.html'>x</a></body></html>",
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"articles": {"a": 1}}',
        b'{"articles": [[]], "total": {}}',
        b'{"articles":' + b"[" * 50_000,
    ],
)
def test_what_is_no_answer_gives_no_rows_and_no_next_page(body: bytes) -> None:
    page = Page(API, body)
    assert FAMILY.rows(page, Ask(API)) == ()
    assert FAMILY.declared(page, Ask(API)).rows is None
    following = FAMILY.next(page, Ask(API))
    assert following is None or following.url != API


def test_an_article_kept_in_the_script_is_read() -> None:
    text = "\\u003Cp\\u003E本年度主动公开政府信息一百二十条。\\u003C/p\\u003E" * 8
    script = f'window._CONFIG = {{SID: "990015", DETAIL: {{"title": "示例", "content": "{text}"}}}};'
    body = f"<div class='article-content'></div><script>{script}</script>"
    markup = f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>"
    page = Page(f"{HOME}gkmlpt/content/5/5188/post_5188221.html", markup.encode())
    assert read_detail(page, FAMILY.marks).has_body


def test_the_platform_is_recognised() -> None:
    assert FAMILY.detect(index("[]")).score >= 80
    assert FAMILY.detect(Page(f"{HOME}index.html", b"<html><p>a</p></html>")).score == 0
