"""Every way to print a date gives that date or nothing, never another one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.report.numerals import read_date, read_number

DIGITS = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
DAYS = st.dates(date(2008, 1, 1), date(2099, 12, 31))


def small(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones else "")


def chinese(day: date, zero: str = "〇") -> str:
    year = "".join(DIGITS[int(digit)] for digit in str(day.year)).replace("〇", zero)
    return f"{year}年{small(day.month)}月{small(day.day)}日"


STYLES = (
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year} 年 {day.month:02} 月 {day.day:02} 日",
    lambda day: f"{day.year}年{day.month}月{day.day}号",
    lambda day: day.isoformat(),
    lambda day: f"[{day.isoformat()}]",
    lambda day: f"{day.isoformat()} 10:12:33",
    lambda day: f"{day.isoformat()}T10:12:33",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month:02}.{day.day:02}",
    lambda day: f"{day.year}年{day.month}月{day.day}日".translate(WIDE),
    lambda day: f"{day:%Y%m%d}",
    chinese,
    lambda day: chinese(day, "○"),
    lambda day: chinese(day, "零"),
    lambda day: chinese(day, "O"),
)


@given(DAYS, st.sampled_from(STYLES), st.sampled_from(["", "发布日期：", "（", "来源 "]))
def test_a_printed_date_is_read_back(day: date, style: object, before: str) -> None:
    assert read_date(before + style(day)) == day  # type: ignore[operator]


@given(st.integers(0, 99))
def test_chinese_numbers_are_read_back(number: int) -> None:
    assert read_number(small(number) or "〇") == number
    assert read_number(str(number).translate(WIDE)) == number


@pytest.mark.parametrize(
    "text",
    [
        "2021年",
        "1月20日",
        "2022-13-01",
        "2022年2月30日",
        "12022-01-20",
        "2022-01-200",
        "2022-01/20",
        "2022.1.2.3",
    ],
)
def test_half_a_date_is_no_date(text: str) -> None:
    assert read_date(text) is None


@given(st.text(alphabet="0123456789年月日-/.二〇一十 ", max_size=40))
def test_random_scraps_give_a_day_that_is_printed_or_nothing(text: str) -> None:
    if day := read_date(text):
        assert 2000 <= day.year <= 2099
