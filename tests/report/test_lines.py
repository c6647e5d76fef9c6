"""Text on one line, whatever blanks and invisible signs the page put into it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.report.lines import fold


@given(st.text(alphabet="公开 \u3000\xa0\t\n\u200b\ufeff。", max_size=30))
def test_runs_of_blanks_are_one_and_invisible_signs_none(text: str) -> None:
    assert fold(text) == " ".join(re.sub("[\u200b\ufeff]", "", text).split())
