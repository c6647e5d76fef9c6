"""Whoever walks a list by its own rules finds what the truth says; whoever cuts a corner does not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

import pytest

from gxcrawl.samples.portals import DEFAULT_DAY, Replica, Served

Row = tuple[str, str]  # path, title
WALKS: dict[str, Callable[..., list[Row]]] = {}


def normal(href: str) -> str:
    href = re.sub(r"^(?:https?:)?//127\.0\.0\.1:\d+", "", unescape(href).strip())
    return quote(unquote(href), safe="/?&=%") if "%" not in href else href


def anchors(page: str) -> list[Row]:
    page = re.sub(r"<!--.*?-->", "", page, flags=re.S)
    found = []
    for tag, text in re.findall(r"<a ([^>]+)>(.*?)</a>", page, flags=re.S):
        values = {
            name: one or two for name, one, two in re.findall(r"""(\w+)=(?:"([^"]*)"|'([^']*)')""", tag)
        }
        found.append(
            (normal(values["href"]), unescape(values.get("title") or re.sub("<.*?>", "", text)).strip())
        )
    return found


def listed(page: str) -> list[Row]:
    """What stands between the side and the foot of a page."""
    return anchors(page.partition('<div class="main">')[2].partition('<div class="footer">')[0])


def walk_ucap(ask: Callable[..., Any], name: str, path: str, second: int = 2) -> list[Row]:
    rows: list[Row] = []
    number, count = 1, 1
    while number <= count:
        at = path if number == 1 else path.replace(".shtml", f"_{number - 2 + second}.shtml")
        page = ask(name, at).text
        pages, current, total = re.search(r"'page_div',(\d+), (\d+),'\w+','shtml',(\d+)", page).groups()
        assert int(current) == number
        rows += listed(page)
        count, number = int(pages), number + 1
    assert len(rows) == int(total)
    return rows


def walk_search(ask: Callable[..., Any], name: str, channel: str) -> list[Row]:
    rows: list[Row] = []
    for page in range(1, 100):
        data = json.loads(ask(name, f"/common/search/{channel}?_isJson=true&_pageSize=&page={page}").text)[
            "data"
        ]
        rows += [(normal(result["url"]), result["title"]) for result in data["results"]]
        if page * data["rows"] >= data["total"]:
            assert len(rows) == data["total"]
            return rows
    raise AssertionError("the list has no end")


def walk_proxy(ask: Callable[..., Any], name: str, column: int, unit: int, asked: Iterable[str]) -> list[Row]:
    rows: list[Row] = []
    base = f"/module/web/jpage/dataproxy.jsp?columnid={column}&unitid={unit}&"
    for query in asked:
        records = re.findall(r"<record><!\[CDATA\[(.*?)\]\]>", ask(name, base + query).text, flags=re.S)
        rows += [row for record in records for row in anchors(record)]
    return rows


def reports_among(replica: Replica, rows: Iterable[Row]) -> set[str]:
    """The listed addresses that are true reports online; every other row must be a known decoy."""
    assert replica.address
    online = {normal(replica.address(r)): r.title for r in replica.reports if r.at(DEFAULT_DAY)}
    found = set()
    for path, title in rows:
        if path in online:
            assert title == online[path]
            found.add(path)
        else:
            assert title in replica.decoys
    return found


@pytest.fixture
def replica(served: Served, request: pytest.FixtureRequest) -> Replica:
    return served.replicas[request.param]


@pytest.mark.parametrize("replica", ["ucap"], indirect=True)
def test_server_lists_of_both_suffixes(replica: Replica, ask: Callable[..., Any]) -> None:
    everything: set[str] = set()
    for path, truth in replica.lists.items():
        second = 1 if "zfxxgk_list" in path else 2
        found = reports_among(replica, walk_ucap(ask, "ucap", path, second))
        assert len(found) == truth.reports
        everything |= found
    assert everything == {normal(replica.address(r)) for r in replica.reports if r.at(DEFAULT_DAY)}


def test_a_list_grows_and_shrinks_with_the_season(served: Served, ask: Callable[..., Any]) -> None:
    path, shown = "/shilixian/c990003b/zfxxgk_list.shtml", []
    try:
        for day in (date(2026, 1, 5), date(2026, 2, 1), date(2026, 4, 30)):
            served.today = day
            shown.append({row for row in walk_ucap(ask, "ucap", path, 1) if "2025年" in row[1]})
    finally:
        served.today = DEFAULT_DAY
    assert len(shown[0]) < len(shown[1]) < len(shown[2])


def test_the_wrong_suffix_skips_a_page_and_the_pager_says_so(ask: Callable[..., Any]) -> None:
    page = ask("ucap", "/shilixian/c990003b/zfxxgk_list_2.shtml")
    assert re.search(r"'page_div',\d+, 3,", page.text)
    assert ask("ucap", "/shilixian/c990002/common_list_1.shtml").status == 404


def test_hrefs_come_with_blanks_and_by_another_host(served: Served, ask: Callable[..., Any]) -> None:
    page = ask("ucap", "/shilixian/c990002/common_list.shtml").text
    assert 'href=" /shilixian/' in page
    other = served.host("ucap-alias")
    path = re.search(rf'href="http://{other}(/[^"]+)"', page)[1]
    assert ask("ucap-alias", path).body == ask("ucap", path).body.replace(
        served.host("ucap").encode(), other.encode()
    )


@pytest.mark.parametrize("replica", ["ucap-search"], indirect=True)
def test_a_list_whose_rows_are_json(replica: Replica, ask: Callable[..., Any]) -> None:
    ((path, truth),) = replica.lists.items()
    page = ask(replica.id, path).text
    assert listed(page) == []
    channel = re.search(r"/common/search/(\w{32})", page)[1]
    found = reports_among(replica, walk_search(ask, replica.id, channel))
    assert len(found) == truth.reports
    assert '"null"' in ask(replica.id, f"/common/search/{channel}").text
    assert json.loads(ask(replica.id, f"/common/search/{'0' * 32}").text)["data"] is None


@pytest.mark.parametrize("replica", ["ucap-blind"], indirect=True)
def test_a_list_of_which_only_the_column_is_known(replica: Replica, ask: Callable[..., Any]) -> None:
    ((path, truth),) = replica.lists.items()
    home = ask(replica.id).text
    assert "c880011" not in home
    for template in ("list", "common_list", "zfxxgklby_nb"):
        assert ask(replica.id, f"/fanliqu/c880011/{template}.shtml").status == 404
    assert len(reports_among(replica, walk_ucap(ask, replica.id, path))) == truth.reports
    told = json.loads(
        ask(replica.id, "/common/getChannelList?channelCode=c100000&websiteCodeName=fanliqu").text
    )
    (child,) = told["results"]["children"]
    assert child["channelCode"] == "c880011"
    assert len(reports_among(replica, walk_search(ask, replica.id, child["channelId"]))) == truth.reports


@pytest.mark.parametrize("replica", ["ucap-years"], indirect=True)
def test_a_list_that_only_leads_to_the_years(replica: Replica, ask: Callable[..., Any]) -> None:
    tabs = listed(ask("ucap-years", "/nitixian/c106190/navlist.shtml").text)
    assert [title for _, title in tabs] == ["2025年", "2024年", "2023年", "2021年", "2019年"]
    assert [path for path, _ in tabs] == list(replica.lists)
    for path, truth in replica.lists.items():
        assert len(reports_among(replica, walk_ucap(ask, "ucap-years", path))) == truth.reports


@pytest.mark.parametrize("replica", ["jpage-record", "jpage-page"], indirect=True)
def test_jpage_lists_need_the_dialect_of_their_server(replica: Replica, ask: Callable[..., Any]) -> None:
    for path, truth in replica.lists.items():
        page = ask(replica.id, path).text
        decoy, total = map(int, re.findall(r"totalRecord:(\d+)", page)[:2])
        assert (decoy, total > 30) == (1000, True)
        units = [int(unit) for unit in re.findall(r'<div id="(\d+)"><script', page)]
        column = int(re.search(r"columnid:(\d+)", page)[1])
        inline = re.findall(r"<record><!\[CDATA\[(.*?)\]\]>", page, flags=re.S)
        assert (len(units), len(inline)) == (2, 60)  # thirty, and thirty again for telephones
        windows = [
            f"startrecord={first}&endrecord={first + 29}&perpage=10" for first in range(1, total + 1, 30)
        ]
        numbers = [f"page={number}" for number in range(1, -(-total // 30) + 1)]
        right, wrong = (windows, numbers) if replica.id == "jpage-record" else (numbers, windows)
        rows = walk_proxy(ask, replica.id, column, units[1], right)
        assert len(rows) == total
        assert len(reports_among(replica, rows)) == truth.reports
        stuck = walk_proxy(ask, replica.id, column, units[0], wrong)
        assert len(set(stuck)) == 30  # the first thirty for ever
        assert walk_proxy(ask, replica.id, column, 1, right) == []


def test_a_proxy_answers_a_form_too(ask: Callable[..., Any]) -> None:
    body = b"columnid=284&unitid=423656&startrecord=31&endrecord=33"
    told = ask("jpage-record", "/module/web/jpage/dataproxy.jsp?perpage=10", method="POST", body=body)
    assert told.text.count("<record>") == 3


@pytest.mark.parametrize("replica", ["jpaas"], indirect=True)
def test_jpaas_pages_count_inside_paramjson_only(replica: Replica, ask: Callable[..., Any]) -> None:
    ((path, truth),) = replica.lists.items()
    page = ask("jpaas", path).text
    assert [row for row in anchors(page) if "/art" in row[0]] == []
    beside, data = re.findall(r'queryData="([^"]+)"', page)
    assert "推荐" in beside
    pairs = dict(re.findall(r"'(\w+)':'([^']+)'", data))
    query = "&".join(f"{name}={quote(value)}" for name, value in pairs.items())

    def unit(more: str) -> str:
        told = json.loads(
            ask("jpaas", f"/api-gateway/jpaas-publish-server/front/page/build/unit?{query}{more}").text
        )
        return str(told["data"]["html"])

    first = unit("")
    total, size = (int(re.search(rf' {name}="(\d+)"', first)[1]) for name in ("count", "rows"))
    rows: list[Row] = []
    for number in range(1, -(-total // size) + 1):
        rows += anchors(unit("&paramJson=" + quote(json.dumps({"pageNo": number, "pageSize": "15"}))))
    assert len(rows) == total
    assert len(reports_among(replica, rows)) == truth.reports
    assert anchors(unit("&pageNo=2")) == anchors(first)
    assert "...</a>" in first
    assert 'href="//127.0.0.1:' in first
