"""A sentence is known again wherever it stands, and pieces of it where it was changed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from town import sentence, some, words

from gxcrawl.sameness.sentences import SHORTEST, hash_of, length_of, sentences_of
from gxcrawl.sameness.shingles import WIDTH, containment, shingles


def test_the_number_of_a_sentence_is_the_same_in_another_process_and_fits_into_the_database() -> None:
    code = "from gxcrawl.sameness.sentences import hash_of; print(hash_of('示例'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) == hash_of("示例") == 2167749179362731871
    assert all(0 <= hash_of(str(number)) < 2**63 for number in range(1_000))


def test_a_sentence_is_quoted_as_it_was_printed_and_compared_as_it_is_masked() -> None:
    (said,) = sentences_of({1: "2021 年，青石镇共组织政务公开培训3次。无。"}, ["示例县青石镇人民政府"])
    assert said.masked == "0年某共组织政务公开培训0次"
    assert said.printed == "2021年，青石镇共组织政务公开培训3次"


def test_a_sentence_that_stands_twice_counts_once_and_short_ones_not_at_all() -> None:
    text = sentences_of({1: words(1, 2, 1) + "无。" + "甲" * (SHORTEST - 1) + "。"}, ())
    assert [said.printed for said in text] == [sentence(1)[:-1], sentence(2)[:-1]]
    assert length_of(text) == 60


def test_pieces_never_reach_across_the_end_of_a_sentence() -> None:
    assert shingles(["一二三四五六七八九", "甲"]) == {"一二三四五六七八", "二三四五六七八九"}
    assert shingles(["甲" * (WIDTH - 1)]) == frozenset()


def test_nothing_is_contained_in_anything() -> None:
    assert containment(set(), {"a"}) == 0


@given(st.sets(st.integers(0, 40), min_size=1), st.sets(st.integers(0, 40), min_size=1))
def test_the_share_of_common_pieces_is_that_of_common_sentences(one: set[int], other: set[int]) -> None:
    first, second = (
        shingles(said.masked for said in sentences_of({1: words(*each)}, ())) for each in (one, other)
    )
    assert containment(first, second) == pytest.approx(len(one & other) / len(one))


@pytest.mark.parametrize(
    "hostile", ["", "。" * 100_000, "\0", "\ud800" * 30, "甲" * 1_000_000, "<b>" * 50_000]
)
def test_no_text_is_too_much(hostile: str) -> None:
    text = sentences_of({1: hostile, 2: hostile}, [hostile])
    assert len(shingles(said.masked for said in text)) <= 60_000


def test_a_thousand_names_are_not_looked_for_one_by_one() -> None:
    names = [f"示例县{chr(0x5000 + number)}镇人民政府" for number in range(10_000)]
    assert sentences_of({1: some(1)}, names) == sentences_of({1: some(1)}, names[:1])
