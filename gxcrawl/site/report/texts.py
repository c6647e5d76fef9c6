"""What differs between two texts, sentence by sentence. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]*|[。；！？\n]+")
MOST = 1_500  # sentences that are compared one by one
PAIRS = 20_000  # of equal sentences; a text of the same sentence over and over takes half a minute


class Piece(NamedTuple):
    kind: Literal["del", "ins", "same"]  # same: something that is equal in both was left out here
    text: str


def differences(before: str, now: str) -> list[Piece] | None:
    """None: the texts are too long to be compared here."""
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(now)
    if len(old) > MOST or len(new) > MOST or _pairs(old, new) > PAIRS:
        return None
    return list(_pieces(old, new))


def _pairs(old: list[str], new: list[str]) -> int:
    there = Counter(new)
    return sum(count * there[sentence] for sentence, count in Counter(old).items())


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        start, end, new_start, new_end = places
        if kind == "equal":
            yield Piece("same", "")
            continue
        if start < end:
            yield Piece("del", "".join(old[start:end]))
        if new_start < new_end:
            yield Piece("ins", "".join(new[new_start:new_end]))
