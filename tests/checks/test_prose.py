"""Prose cut into sentences, however they end."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.checks.prose import normalise, sentences, sentences_around

TEXTS = st.text(alphabet="公开２０ \u3000，。；;！!？?\n", max_size=60)


@given(TEXTS)
def test_no_sentence_holds_an_end_or_is_empty(text: str) -> None:
    found = sentences(text)
    assert all(found)
    assert "".join(found) == re.sub("[。；;！!？?\n]", "", text)


@given(TEXTS)
def test_each_match_comes_with_the_sentence_it_stands_in(text: str) -> None:
    word = re.compile("公开?")
    around = [(match[0], sentence) for match, sentence in sentences_around(word.finditer(text), text)]
    assert around == [(match[0], said) for said in sentences(text) for match in word.finditer(said)]


@given(TEXTS)
def test_digits_become_plain_and_blanks_go(text: str) -> None:
    plain = normalise(text)
    assert plain == text.replace("２", "2").replace("０", "0").replace(" ", "").replace("\u3000", "")
