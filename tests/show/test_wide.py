"""Widths in a terminal."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.show.wide import clean, left, right, shortened, width, wrapped

LINE = st.text(alphabet="ab1 总计（一）·—…", max_size=60)


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("abc", 3), ("总计", 4), ("１２", 4), ("（一）", 6), ("e\u0301", 1)]
)
def test_a_wide_character_counts_twice(text: str, columns: int) -> None:
    assert width(text) == columns


@given(LINE, st.integers(4, 40))
def test_wrapping_loses_nothing_and_stays_within_the_columns(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert "".join(lines) == text
    assert all(width(line) <= columns or re.fullmatch("[!-~]+", line) for line in lines)


def test_an_address_or_a_number_is_never_broken() -> None:
    text = "存档见 gxcrawl-archive/acheng/2026-02-10/a.warc.gz 位置 1234567890123，摘要相符"
    lines = wrapped(text, 20)
    assert "gxcrawl-archive/acheng/2026-02-10/a.warc.gz" in lines
    assert any("1234567890123" in line for line in lines)
    assert "".join(lines) == text


@given(LINE, st.integers(4, 40))
def test_a_shortened_text_fits_and_begins_like_the_whole(text: str, columns: int) -> None:
    short = shortened(text, columns)
    assert width(short) <= columns
    assert text.startswith(short.removesuffix("…"))


def test_padding_counts_columns_and_not_characters() -> None:
    assert left("总计", 6) + "|" == "总计  |"
    assert right("总计", 6) == "  总计"


@given(st.text())
def test_cleaned_text_is_one_line_that_any_terminal_prints(text: str) -> None:
    assert not {unicodedata.category(char) for char in clean(text)} & {"Cc", "Cf", "Zl", "Zp"}
