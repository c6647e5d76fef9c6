"""The building blocks of replicas carry the faults of real pages, on purpose."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest

from gxcrawl.samples.portals.county import county
from gxcrawl.samples.portals.pages import (
    Entry,
    Head,
    Site,
    commented,
    decoys,
    document,
    foot,
    heading_lines,
    metas,
    moved,
    neighbours,
    not_found,
    page_reply,
    shelf,
    truth_of,
)

SITE = Site("示例县人民政府", "9901010001", county("示例县", organs=8, years=(2021, 2024, 2025)))
TODAY = date(2026, 5, 1)


class Metas(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "meta" and values.get("name"):
            self.found[str(values["name"])] = values.get("content") or ""


@pytest.mark.parametrize("style", ["plain", "glued", "single", "bare"])
def test_metas_say_the_same_in_every_style(style: str) -> None:
    head = Head("年报", "示例县2021年“年报”<1>", date(2023, 10, 9), "01", "/a.html", "09:30:15")
    told = metas(SITE, head, style=style, drop=["Author"])
    found = Metas(told).found
    assert found["ArticleTitle"] == "示例县2021年“年报”<1>"
    assert found["PubDate"] == "2023-10-09 09:30:15"
    assert (found["SiteIDCode"], found["ContentSource"], found["Url"]) == ("9901010001", "01", "/a.html")
    assert "Author" not in found
    assert ('"content=' in told) == (style == "glued")


def test_a_column_has_no_article() -> None:
    assert not {"ArticleTitle", "PubDate"} & set(Metas(metas(SITE, Head())).found)


def test_a_page_in_gb18030_may_say_that_it_is_utf8() -> None:
    reply = page_reply(document("", "䶮", "<p>李镕，20㎡</p>", charset="utf-8"), encoding="gb18030")
    assert "李镕，20㎡" in reply.body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        reply.body.decode()
    assert dict(reply.headers)["Content-Type"].endswith("utf-8")


def test_decoys_of_every_kind_stand_between_the_reports() -> None:
    false = decoys(SITE, (2021, 2024), lambda key, day: f"/{day:%Y}/{key}.html")
    words = (
        "网站工作年度报表",
        "政府工作报告",
        "法治政府",
        "通知",
        "格式",
        "依申请公开",
        "指南",
        "制度",
        "决算",
        "绩效",
        "企业",
    )
    for word in words:
        assert sum(word in row.title for row in false) == 2
    assert len({row.path for row in false}) == len(false) == 22
    rows = shelf(SITE.county.reports, false, lambda report: f"/{report.year}/{report.organ.name}", TODAY)
    assert [row.day for row in rows] == sorted((row.day for row in rows), reverse=True)
    true = [report for report in SITE.county.reports if report.at(TODAY)]
    assert len(rows) == len(false) + len(true)
    assert truth_of(rows, "no-next").reports == len({(report.organ, report.year) for report in true})
    assert not [row for row in shelf(SITE.county.reports, false, lambda r: r.title, date(2019, 1, 1)) if row]


def test_neighbours_lead_to_other_organs() -> None:
    rows = [Entry(f"甲局{year}年", f"/{year}.html", date(year, 1, 1)) for year in (2023, 2022, 2021)]
    told = neighbours(rows[1], rows)
    assert "上一篇" in told
    assert 'href="/2023.html"' in told
    assert 'href="/2021.html"' in told
    assert "没有了" in neighbours(rows[0], rows)


def test_long_headings_are_broken_and_short_ones_are_not() -> None:
    assert (
        heading_lines("示例县2021年政府信息公开工作年度报告") == "示例县2021年<br/>\n政府信息公开工作年度报告"
    )
    assert heading_lines("2024年度示例县财政局年报").startswith("2024年度<br/>")
    assert "<br" not in heading_lines("年报")


def test_a_row_that_was_commented_out_is_no_link() -> None:
    row = commented(Entry("甲局", "/a.html", TODAY))
    assert row.startswith("<!--")
    assert row.endswith("-->")


def test_answers_that_are_no_page() -> None:
    assert (not_found().status, not_found(soft=True).status) == (404, 200)
    assert "不存在" in not_found(soft=True).body.decode()
    assert ("Location", "/b") in moved("/b", 302).headers
    assert SITE.code in foot(SITE)
