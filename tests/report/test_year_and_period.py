"""The year of the report, not of its publication, and the period it counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gxcrawl.model import Narrative
from gxcrawl.report.period import find_period

Report = Callable[..., Narrative]


def test_title_body_and_period_are_told_apart_so_that_a_contradiction_shows(
    report: Report, outline: str
) -> None:
    found = report(
        "示例县柳林街道2018年政府信息公开工作年度报告\n"
        "现公布柳林街道编制的2019年度政府信息公开年度报告。"
        "本报告所列数据的统计期限为2019年1月1日至12月31日。\n" + outline
    )
    assert found.year == 2018
    assert dict(found.years) == {"title": 2018, "body": 2019, "period": 2019}


def test_a_report_published_the_year_after_keeps_its_own_year(report: Report, outline: str) -> None:
    found = report("示例县教育局2021年度政府信息公开工作年度报告\n发布日期：2022-01-20\n" + outline)
    assert found.year == 2021


def test_without_a_title_the_first_words_tell_the_year(report: Report) -> None:
    found = report(
        "一、总体情况\n2020年，我局公开信息三十条。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况"
    )
    assert (found.year, dict(found.years)) == (2020, {"text": 2020})


def test_no_year_is_better_than_a_guess(report: Report, outline: str) -> None:
    assert report("示例县教育局政府信息公开工作年度报告\n" + outline).year is None


@pytest.mark.parametrize(
    "sentence",
    [
        "统计期限自2021年1月1日至2021年12月31日截止",
        "报告中所列数据的统计期限为2021年1月1日至12月31日",
        "数据统计时间从2021年1月1日起，到2021年12月31日止",
        "所列数据的统计期限自 2021 年 1 月 1 日起至 2021 年 12 月 31 日止",
        "统计期限：二〇二一年一月一日至十二月三十一日",
        "统计期限为2021.1.1—2021.12.31",
        "统计期限为２０２１年１月１日～１２月３１日",
    ],
)
def test_the_period_is_read_however_it_is_written(sentence: str) -> None:
    assert find_period(f"前言。{sentence}。后语")[0] == (date(2021, 1, 1), date(2021, 12, 31))


def test_a_wrong_period_is_read_as_printed() -> None:
    period, text = find_period("依据条例编制。本报告统计期限为2020年1月1日至2021年11月30日。")
    assert period == (date(2020, 1, 1), date(2021, 11, 30))
    assert text == "本报告统计期限为2020年1月1日至2021年11月30日"


def test_the_days_of_an_event_are_no_period() -> None:
    assert find_period("我局于2021年5月3日至5月7日开展政务公开培训活动。") == (None, "")
