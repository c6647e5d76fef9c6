"""Which label of the form a printed label is, and how sure that is."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from gxcrawl.tables.writing import label_key, printed_numbers

How = Literal["exact", "cut", "joined", "followed", "alike"]

MIN_CUT = 4  # shorter beginnings fit too much
ALIKE = 0.72  # how much of its pairs of characters a label must share with the form's
MARGIN = 0.12  # and by how much more than with any other label


class Match(NamedTuple):
    id: str
    how: How


class Entry(NamedTuple):
    id: str
    labels: Sequence[str]  # official first
    number: str = ""


class LabelIndex:
    """Finds labels of one kind (the rows of a table, its columns …)."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._exact: dict[str, str] = {}
        self._numbers: dict[str, set[str]] = {}
        self._keys: list[tuple[str, str, frozenset[str]]] = []
        headings: list[str] = []
        for entry in entries:
            for label in entry.labels:
                key = label_key(label)
                headings += [] if entry.id else [key]
                if self._exact.setdefault(key, entry.id) == entry.id:
                    self._keys.append((key, entry.id, _pairs(key)))
            self._numbers.setdefault(entry.id, set()).add(entry.number.strip("（）"))
        self._headings = sorted(headings, key=len, reverse=True)

    def exact(self, key: str) -> str | None:
        return self._exact.get(key)

    def match(self, text: str) -> Match | None:
        """The label that a printed text is: as it stands, cut off, behind its group's label, or nearly."""
        key = label_key(text)
        found = self._exact.get(key)
        if found is not None:
            return Match(found, "exact")
        if len(key) < 2 or len(key) > 120:
            return None
        printed = printed_numbers(text)
        ways: Sequence[tuple[Callable[[str], str | None], How]] = (
            (self._cut, "cut"),
            (self._joined, "joined"),
            (self._followed, "followed"),
            (self._nearly, "alike"),
            (self._alike, "alike"),
        )
        for find, how in ways:
            candidate = find(key)
            if candidate is not None and self._number_agrees(candidate, printed):
                return Match(candidate, how)
        return None

    def _number_agrees(self, candidate: str, printed: set[str]) -> bool:
        expected = self._numbers.get(candidate, set())
        return not printed or expected == {""} or bool(printed & expected)

    def _cut(self, key: str) -> str | None:
        if len(key) < MIN_CUT:
            return None
        ids = {entry for label, entry, _ in self._keys if label.startswith(key)}
        return ids.pop() if len(ids) == 1 else None

    def _joined(self, key: str) -> str | None:
        """A longer text: the headings of groups stand before the label."""
        rest = key
        while heading := next((label for label in self._headings if rest.startswith(label)), ""):
            rest = rest[len(heading) :].lstrip("0123456789")
        if rest == key or not rest:
            return None
        return self._exact.get(rest) or self._cut(rest) or self._nearly(rest) or self._alike(rest)

    def _followed(self, key: str) -> str | None:
        """A longer text that begins with a label: an explanation follows."""
        return self._longest(key.startswith)

    def _longest(self, fits: Callable[[str], bool]) -> str | None:
        found = [
            (len(label), entry) for label, entry, _ in self._keys if len(label) >= MIN_CUT and fits(label)
        ]
        best = max(found, default=None)
        return (
            None
            if best is None or any(size == best[0] and entry != best[1] for size, entry in found)
            else best[1]
        )

    def _nearly(self, key: str) -> str | None:
        """One character more, less or other than exactly one label has, or two in the wrong order."""
        if len(key) < MIN_CUT:
            return None
        ids = {entry for label, entry, _ in self._keys if len(label) >= MIN_CUT and _one_apart(key, label)}
        return ids.pop() if len(ids) == 1 else None

    def _alike(self, key: str) -> str | None:
        if len(key) < 3:
            return None
        pairs = _pairs(key)
        best: dict[str, float] = {}
        for label, entry, label_pairs in self._keys:
            # In a short label one word more makes another thing of it (土地行政复议).
            if len(label) >= 6 or 3 <= len(label) >= len(key) - 1:
                shared = 2 * len(pairs & label_pairs) / (len(pairs) + len(label_pairs))
                best[entry] = max(shared, best.get(entry, 0.0))
        ranked = sorted(best.items(), key=lambda item: -item[1])[:2]
        if not ranked or ranked[0][1] < ALIKE or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN):
            return None
        return ranked[0][0]


def _pairs(key: str) -> frozenset[str]:
    return frozenset(map("".join, itertools.pairwise(key))) or frozenset({key})


def _one_apart(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        swapped = one[start + 1 : start + 2] + one[start : start + 1] + one[start + 2 :]
        return one[start + 1 :] == other[start + 1 :] or swapped == other[start:]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[start + 1 :] == shorter[start:]
