"""Words made to be slow: the checks take time in proportion to the text, whatever it says."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from gxcrawl.checks import check_report
from gxcrawl.model import Report

LENGTH = 300_000
PIECES = [
    "收到政府信息公开申请",
    "1,234",
    "由总体情况、",
    "9",
    "十",
    "国务院办公厅",
    "政府信息公开行政复议、",
    "其中1件",
    "（",
    "考核没有",
    "国办公开办涵〔2021〕1号",
    "一是",
    " ",
    "\n",
]


@pytest.mark.parametrize("piece", PIECES)
def test_repeated_words_cost_no_more_than_their_length(piece: str, report: Callable[..., Report]) -> None:
    text = piece * (LENGTH // len(piece))
    hostile = report(sections={1: text, 5: text, 6: text}, opening=text, organ="示例县人民政府")
    start = time.perf_counter()
    check_report(hostile)
    assert time.perf_counter() - start < 10
