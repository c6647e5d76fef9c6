"""The day of publication, with the evidence it rests on; each kind of evidence is needed by one test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.model import Grid, Narrative
from gxcrawl.report.dates import exact_date

Report = Callable[..., Narrative]
MakeGrid = Callable[..., Grid]
CHINA = timezone(timedelta(hours=8))
FETCHED = datetime(2022, 2, 1, 9, 0, tzinfo=CHINA)


def published(found: Narrative) -> tuple[date | None, str]:
    return found.published, found.published_basis


@pytest.mark.parametrize("name", ["pubdate", "publishdate", "article:published_time", "firstpublishedtime"])
def test_the_meta_of_the_portal_tells_the_day(report: Report, title: str, outline: str, name: str) -> None:
    found = report(f"{title}\n{outline}", meta={name: "2022-01-26 15:07"})
    assert published(found) == (date(2022, 1, 26), "meta-pubdate")


@pytest.mark.parametrize(
    "line",
    [
        "发布日期：2022-01-26 15:07 浏览次数：12",
        "日期:2022-01-26 来源:示例县人民政府 访问量: 字号:",
        "来源：01 发布时间：2022-01-26 10:44",
        "发表日期:2022年1月26日",
        "时间：2022/1/26",
        "【发布时间】2022.01.26".replace("】", "："),
        "来源：本站发布时间：20220126",
    ],
)
def test_the_visible_date_tells_the_day(report: Report, title: str, outline: str, line: str) -> None:
    found = report(f"{title}\n{line}\n{outline}")
    assert published(found) == (date(2022, 1, 26), "visible-date")


@pytest.mark.parametrize(
    ("words", "day"),
    [("3天前", date(2022, 1, 29)), ("昨天 10:12", date(2022, 1, 31)), ("2小时前", date(2022, 2, 1))],
)
def test_a_relative_date_counts_from_the_time_of_fetching(
    report: Report, title: str, outline: str, words: str, day: date
) -> None:
    page = f"{title}\n发布时间：{words} 来源：本站\n{outline}"
    assert published(report(page, fetched_at=FETCHED)) == (day, "relative-date")
    assert published(report(page)) == (None, "")


def test_the_day_is_that_of_china_not_of_the_server(report: Report, title: str, outline: str) -> None:
    page = f"{title}\n发布时间：昨天 23:00\n{outline}"
    evening = datetime(2022, 1, 31, 17, 0, tzinfo=UTC)  # already 1 February in China
    assert report(page, fetched_at=evening).published == date(2022, 1, 31)
    assert exact_date("2022-01-25T18:12:00Z") == date(2022, 1, 26)


@pytest.mark.parametrize(
    "line", ["2022-01-26 15:07", "2022年01月26日来源:1", "（2022年1月26日）", "[2022-01-26]"]
)
def test_a_bare_date_below_the_title_tells_the_day(
    report: Report, title: str, outline: str, line: str
) -> None:
    assert published(report(f"{title}\n{line}\n{outline}")) == (date(2022, 1, 26), "date-line")


def test_the_date_of_writing_counts_only_when_nothing_else_is_there(
    report: Report, make_grid: MakeGrid, title: str, outline: str
) -> None:
    made = make_grid(1, ("索引号：", "0001/2022-1", "生成日期：", "2022-01-25"))
    assert published(report(made, f"{title}\n{outline}")) == (date(2022, 1, 25), "generated-date")
    both = make_grid(1, ("生成日期", "2022-01-25"), ("发布日期", "2022-01-26"))
    assert published(report(both, f"{title}\n{outline}")) == (date(2022, 1, 26), "visible-date")
    address = "http://www.example.gov.cn/2022/01/28/report.html"
    assert published(report(made, f"{title}\n{outline}", url=address)) == (date(2022, 1, 28), "url")


def test_the_date_of_publishing_is_read_behind_the_date_of_writing_on_one_line(
    report: Report, title: str, outline: str
) -> None:
    found = report(f"{title}\n成文日期：2022-01-10 发布日期：2022-01-20\n{outline}")
    assert published(found) == (date(2022, 1, 20), "visible-date")
    assert [(one.day, one.basis) for one in found.date_candidates] == [
        (date(2022, 1, 20), "visible-date"),
        (date(2022, 1, 10), "generated-date"),
    ]


def test_the_signature_tells_the_day_and_is_no_part_of_section_six(
    report: Report, title: str, outline: str
) -> None:
    found = report(f"{title}\n{outline}\n示例县教育局\n二〇二二年一月二十日")
    assert published(found) == (date(2022, 1, 20), "signature")
    assert found.sections[5].text == "无。"


def test_the_time_of_making_the_page_is_no_date_of_publication(
    report: Report, title: str, outline: str
) -> None:
    """Portals make their pages anew long after; who reported in time would be called late."""
    made = report(f"{title}\n{outline}", meta={"maketime": "2022-08-31 09:25:37"})
    assert published(made) == (None, "")
    created = report(f"{title}\n{outline}", meta={"createdate": "2022-01-31 09:25:37"})
    assert published(created) == (date(2022, 1, 31), "meta-created")


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.gov.cn/art/2022/1/28/art_1_2.html",
        "http://www.example.gov.cn/zfxxgknb/202201/t20220128_3268918.html",
        "http://www.example.gov.cn/columns/ab/202201/28/cd.html",
    ],
)
def test_the_day_in_the_address_is_the_last_resort(
    report: Report, title: str, outline: str, url: str
) -> None:
    assert published(report(f"{title}\n{outline}", url=url)) == (date(2022, 1, 28), "url")
    better = report(f"{title}\n2022-01-20\n{outline}", url=url)
    assert published(better) == (date(2022, 1, 20), "date-line")


def test_the_month_in_an_address_is_a_hint_and_no_day(report: Report, title: str, outline: str) -> None:
    found = report(f"{title}\n{outline}", url="http://www.example.gov.cn/x/c1/202309/c01_1.shtml")
    assert published(found) == (None, "")
    assert [(hint.basis, hint.raw) for hint in found.date_candidates] == [("url-month", "202309")]


def test_every_candidate_is_kept_the_best_first(report: Report, title: str, outline: str) -> None:
    found = report(
        f"{title}\n发布日期：2022-01-26\n{outline}\n示例县教育局\n2022年1月20日",
        meta={"pubdate": "2023-10-12 08:00"},
        url="http://www.example.gov.cn/art/2024/2/3/art_1_2.html",
    )
    assert [(item.day, item.basis) for item in found.date_candidates] == [
        (date(2023, 10, 12), "meta-pubdate"),
        (date(2022, 1, 26), "visible-date"),
        (date(2022, 1, 20), "signature"),
        (date(2024, 2, 3), "url"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "今天是2022年1月26日 星期三",
        "网站更新时间：2022-01-26",
        "2022年1月26日，我局召开政务公开工作会议，部署全年工作。",
        "根据2022年1月26日印发的通知，现予公布，请监督。",
        "示例县财政局2021年政府信息公开工作年度报告 2022-01-26",
    ],
)
def test_clocks_lists_and_running_prose_give_no_date(
    report: Report, title: str, outline: str, line: str
) -> None:
    assert report(f"{line}\n{title}\n{line}\n{outline}\n{line}").published is None


def test_a_day_that_cannot_be_is_left_out(report: Report, title: str, outline: str) -> None:
    for text in ("2001-01-26", "2022-02-09", "2022-02-30"):
        assert report(f"{title}\n发布日期：{text}\n{outline}", fetched_at=FETCHED).published is None


@given(st.text(max_size=60))
def test_random_text_gives_a_date_or_nothing(text: str) -> None:
    found = exact_date(text)
    assert found is None or isinstance(found, date)
