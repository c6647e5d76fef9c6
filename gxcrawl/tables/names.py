"""The labels of one document's rows, each looked up once."""

from __future__ import annotations

from gxcrawl.tables.index import FormIndex, RowTarget
from gxcrawl.tables.labels import Match
from gxcrawl.tables.writing import LabelKeys

MAX_GUESSED = 2_000  # labels that are compared with all others; a document that has more is no report


class RowNames:
    def __init__(self, index: FormIndex) -> None:
        self._index = index
        self._guessed: dict[str, Match | None] = {}
        self.keys = LabelKeys()

    def exact(self, text: str) -> str | None:
        """The row's name, "" for the heading of a group, None for anything else."""
        return self._index.rows.exact(self.keys[text])

    def match(self, text: str) -> Match | None:
        """The same with forgiveness."""
        if text not in self._guessed:
            if len(self._guessed) >= MAX_GUESSED:
                found = self.exact(text)
                return Match(found, "exact") if found is not None else None
            self._guessed[text] = self._index.rows.match(text)
        return self._guessed[text]

    def is_shared(self, text: str) -> bool:
        """Whether the label is an outcome of cases too (总计, 其他)."""
        return self.keys[text] in self._index.shared

    def target(self, name: str) -> RowTarget:
        return self._index.targets[name]
