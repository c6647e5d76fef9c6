"""The part of a text in which words stand, with the words marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gxcrawl.store.search import words_of

BEFORE, AFTER = 30, 90  # characters around a word that are shown
WINDOWS = 3  # words that are shown each in its own place
_PIECE = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]{0,9}"  # the index sees no signs between two characters

Span = tuple[int, int]


class Part(NamedTuple):
    text: str
    hit: bool


def pieces_of(query: str) -> list[str]:
    """The words without the signs in and around them, each once."""
    return list(dict.fromkeys(piece for word in words_of(query) for piece in _PIECE.findall(word)))


def marked(text: str, pieces: Sequence[str]) -> tuple[Part, ...]:
    """Some of the text, with every place marked where one of the pieces stands."""
    places = [list(_places(text, piece)) for piece in pieces]
    firsts = [found[0] for found in places if found][:WINDOWS] or [(0, 0)]
    windows = _united((max(0, start - BEFORE), min(len(text), end + AFTER)) for start, end in firsts)
    spans = _united(span for found in places for span in found)
    return tuple(part for window in windows for part in _parts(text, window, spans) if part.text)


def _places(text: str, piece: str) -> Iterator[Span]:
    spelt = re.escape(piece) if piece.isascii() else _BETWEEN.join(map(re.escape, piece))
    return (found.span() for found in re.finditer(spelt, text, re.IGNORECASE))


def _united(spans: Iterator[Span]) -> list[Span]:
    """Those that overlap or touch become one."""
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(united[-1][1], end)
        else:
            united.append((start, end))
    return united


def _parts(text: str, window: Span, spans: Sequence[Span]) -> Iterator[Part]:
    start, end = window
    inside = [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
    cuts = [start, *(place for span in inside for place in span), end]
    yield Part("…" if start else "", False)
    for number, (a, b) in enumerate(pairwise(cuts)):
        yield Part(text[a:b], number % 2 == 1)
    yield Part("…" if end < len(text) else "", False)
