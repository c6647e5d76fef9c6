"""No input makes the reader crash or crawl."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.model import Document, Narrative, Paragraph, ReadError, Tables
from gxcrawl.report import read_narrative

Read = Callable[..., Narrative | ReadError]
WORDS = (
    "一、 总体情况 信息公开 年度报告 2021年 1月1日 至 示例县 人民政府 我局 请与 联系 地址： 电话 发布日期："
    " （ ） 。 六、其他需要报告的事项 9 @"
)
SCRAPS = st.sampled_from([*WORDS.split(), "\n", " ", "\u200b", "\ud800"])


@given(st.lists(SCRAPS | st.text(max_size=8), max_size=60), st.booleans())
def test_random_text_is_read_or_refused_but_never_crashes(scraps: list[str], with_form: bool) -> None:
    lines = "".join(scraps).splitlines()
    document = Document(tuple(Paragraph(line, "line 1") for line in lines), "text", "".join(scraps)[:99])
    found = read_narrative(document, Tables("2021" if with_form else None, {}), url="".join(scraps))
    assert isinstance(found, Narrative | ReadError)


@pytest.mark.parametrize(
    "unit",
    ["9", " ", "我", "县", "请与", "（", "信息公开", "2021年1月1日至", "a@", "现将", "电话", "一、", "报告"],
)
def test_a_line_without_end_costs_time_in_proportion(read: Read, title: str, outline: str, unit: str) -> None:
    def cost(length: int) -> float:
        line = unit * (length // len(unit))
        begin = time.perf_counter()
        read(f"{title}\n{line}\n{outline}\n{line}", form=None)
        return time.perf_counter() - begin

    cost(1000)
    assert cost(200_000) < 2


def test_forty_thousand_headings_or_titles_end_soon(read: Read, title: str, outline: str) -> None:
    begin = time.perf_counter()
    for line in (title, "一、总体情况", "总体情况", "公开年报报告" * 15, "发布日期：3天前"):
        read(f"{outline}\n" + f"{line}\n" * 40_000 + outline)
    assert time.perf_counter() - begin < 10
