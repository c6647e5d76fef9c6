"""Pieces of eight characters: how much of one text stands in another, whatever was inserted between. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Set

WIDTH = 8


def shingles(sentences: Iterable[str]) -> frozenset[str]:
    """Never across two sentences: others may have stood between them."""
    return frozenset(
        sentence[start : start + WIDTH]
        for sentence in sentences
        for start in range(len(sentence) - WIDTH + 1)
    )


def containment(part: Set[str], whole: Set[str]) -> float:
    """The share of the first that stands in the second."""
    return len(part & whole) / len(part) if part else 0.0
