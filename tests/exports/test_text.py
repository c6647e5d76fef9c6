"""Text of others is harmless wherever it is opened, and nothing of it is lost in silence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.exports.text import LONGEST, file_name, inert, is_web_address, readable


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|'/c calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "－A1", "'x"]
)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-", "－", "-5", "+3.5", "-1,200", "示例县", "a=b", "—"])
def test_numbers_and_signs_of_blanks_stay_as_they_are(text: str) -> None:
    assert inert(text) == text


@given(st.text())
def test_one_apostrophe_less_is_the_exact_text(text: str) -> None:
    assert inert(text).removeprefix("'") == text or inert(text) == text


@given(st.text(), st.integers(2, 50))
def test_readable_text_fits_and_has_no_character_that_xml_forbids(text: str, longest: int) -> None:
    shown = readable(text, longest)
    assert len(shown.encode("utf-16-le")) // 2 <= longest
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", shown)


def test_long_text_is_cut_with_a_mark() -> None:
    assert readable("长" * LONGEST) == "长" * LONGEST
    assert readable("长" * (LONGEST + 1)) == "长" * (LONGEST - 1) + "…"
    assert readable("😀" * LONGEST).endswith("😀…")


@given(st.text())
def test_every_name_becomes_one_of_a_file(text: str) -> None:
    name = file_name(text)
    assert name.strip(" .") == name != ""
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert len(name.encode()) <= 101


@pytest.mark.parametrize("name", ["CON", "nul.txt", "Com1", "LPT9.docx"])
def test_names_that_windows_keeps_for_itself_are_changed(name: str) -> None:
    assert file_name(name) == f"_{name}"


@given(st.text())
def test_no_text_at_all_breaks_the_test_for_an_address(text: str) -> None:
    is_web_address(f"http://{text}")
