"""What is wrong with a file of portals: every fault with its line, in the order of the lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from gxcrawl.portals.lines import Where


class PortalsError(ValueError):
    """Raised with one line for each fault: file, line, and what to do."""


class Source:
    """One file while it is read."""

    def __init__(self, name: str, lines: Mapping[Where, int]) -> None:
        self.name = name
        self._lines = lines
        self._faults: list[tuple[int, str]] = []

    def line(self, where: Where) -> int:
        while where and where not in self._lines:
            where = where[:-1]
        return self._lines.get(where, 1)

    def place(self, where: Where) -> str:
        return f"{self.name}:{self.line(where)}"

    def fault(self, where: Where, sentence: str) -> None:
        self.fault_in(self.line(where), sentence)

    def fault_in(self, line: int, sentence: str) -> None:
        self._faults.append((line, sentence))

    @property
    def faults(self) -> tuple[str, ...]:
        return tuple(f"{self.name}:{line}: {sentence}" for line, sentence in sorted(self._faults))


def nearest(word: str, known: Sequence[str]) -> str:
    """What was probably meant, or all there is to choose from; a half sentence."""
    match = get_close_matches(word, known, n=1)
    if match:
        return f"did you mean {match[0]}?"
    return f"there is {', '.join(known)}." if known else "there is none."
