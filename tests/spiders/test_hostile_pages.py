"""Whatever a portal answers: no family breaks on it, and none asks for ever for what it just got."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.model import Ask, Page
from spiders.base import Family
from spiders.gkmlpt import Gkmlpt
from spiders.jeecms import Jeecms
from spiders.lonsun import Lonsun
from spiders.sanmenxia import Sanmenxia
from spiders.trs import Trs
from spiders.vsb import Vsb

HOME = "http://www.slx.gov.cn/"
FAMILIES: dict[str, tuple[Family, str]] = {
    "trs": (Trs(), f"{HOME}zfxxgknb/index_1.html"),
    "vsb": (Vsb(), f"{HOME}zfxxgknb/3.htm"),
    "sanmenxia": (Sanmenxia(), f"{HOME}4498/0000/list-2.html"),
    "gkmlpt": (Gkmlpt(), f"{HOME}gkmlpt/api/all/5?page=1&sid=9"),
    "gkmlpt-tree": (Gkmlpt(), f"{HOME}gkmlpt/index"),
    "lonsun": (Lonsun(), f"{HOME}site/label/8888?organId=6601&type=3&pageIndex=2"),
    "lonsun-column": (Lonsun(), f"{HOME}public/column/6601?type=3"),
    "jeecms": (Jeecms(), f"{HOME}zfxxgknb/index_2.jhtml"),
}
PIECES = (
    '<a href="./202401/t20240105_1.html">',
    "示例局2023年政府信息公开工作年度报告",
    "</a>",
    "2024-01-05",
    "<TD>",
    "</TR>",
    'createPageHTML(9, 0, "index", "html")',
    "createPageHTML('9','0','index','html')",
    "var countPage = 99999999999;",
    "<script>",
    "</script>",
    '<span class="p_next"><a href="3.htm">下页</a></span>',
    '<a href="2.htm">下页</a>',
    '<a onclick="location.href=\'index_2.jhtml\'" class="next" href="#">',
    "共9条记录 2/3页",
    'href="http://[bad/x"',
    '<a href="/4498/2026/1/22.html">',
    '<a href="/4498/0000/list-2.html">下一页</a>',
    '<a href="/public/6601/1.html">',
    '<a href="/public/column/99999999999999?type=4">',
    "/site/label/8888?organId=&type=4&pageIndex=x'",
    "pageCount: 000",
    "{pageCount: 9, total: 7}",
    "window._CONFIG = {SID: '9', TREE: ",
    '[{"id": 5, "name": "年报", "children": [',
    "]}]",
    "{id: 6, name: '年报', children: null}",
    '{"articles": [',
    '{"id": 5188221, "title": null, "url": "',
    '"}',
    "], ",
    '"total": "7"}',
    "null",
    '"\\ud800"',
    "&#0;",
    "\x00",
    "<!--",
    "-->",
    "\\",
    "'",
    '"',
    "<base href='http://x:99999/'>",
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(["7", "年报"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["articles", "total", "classify", "id", "title", "url", "date", "display_publish_time"]
            ),
            inner,
        )
    ),
    max_leaves=12,
)
STATES = st.dictionaries(
    st.sampled_from(["page", "shift", "seen", "size", "prefix", "suffix", "category", "beside"]),
    st.none()
    | st.integers(-3, 9)
    | st.text(max_size=5)
    | st.lists(st.lists(st.text(max_size=3), max_size=3)),
    max_size=4,
)
BODIES = st.one_of(
    st.binary(max_size=300),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map(
        lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
    ),
    JSON.map(lambda value: json.dumps(value).encode()),
)


@pytest.mark.parametrize("name", FAMILIES)
@given(body=BODIES, state=STATES, status=st.sampled_from([200, 404]))
def test_no_answer_breaks_a_family_or_sends_it_in_a_circle(
    name: str, body: bytes, state: dict[str, object], status: int
) -> None:
    family, url = FAMILIES[name]
    ask, page = Ask(url, state=state), Page(url, body, status)  # type: ignore[arg-type]
    rows = family.rows(page, ask)
    assert all(row.url.startswith("http") for row in rows)
    declared = family.declared(page, ask)
    assert all(number is None or number >= 0 for number in declared)
    assert 0 <= family.detect(page).score <= 100
    assert all(child.url for child in family.children(page, ask))
    for following in (family.next(page, ask), family.otherwise(None, ask), family.otherwise(page, ask)):
        if following is not None:
            assert (following.method, following.url, following.body) != (ask.method, ask.url, ask.body)
            assert json.loads(json.dumps(following.state)) == following.state


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize(
    "piece",
    [
        "createPageHTML(",
        "<a href='",
        "[{",
        "pageCount:",
        "'\\'",
        '{"id":',
        "=/1/0000/a",
        "pagination_script_config ",
        '<span class="p_next"><a>',
        "/site/label/8888?x",
    ],
)
def test_a_page_of_one_piece_repeated_is_read_in_time(name: str, piece: str) -> None:
    family, url = FAMILIES[name]
    text = "window._CONFIG={TREE:[" + piece * (60_000 // len(piece))
    page, ask = Page(url, text.encode()), Ask(url)
    start = time.perf_counter()
    family.rows(page, ask)
    family.next(page, ask)
    family.declared(page, ask)
    family.children(page, ask)
    family.detect(page)
    assert time.perf_counter() - start < 3
