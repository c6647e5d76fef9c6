"""What so many say that it proves nothing: the template of a portal, the phrases of a whole country."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from gxcrawl.sameness.limits import Limits
from gxcrawl.sameness.lists import Group, SentenceList, own_length, size

_KEPT = 50_000  # sentences whose holders are remembered
_HOLDERS = "SELECT portal, report FROM sentences WHERE hash = ? AND year = ? LIMIT ?"


class Holder(NamedTuple):
    portal: int
    report: int


class Common:
    """Looks up who says a sentence. Valid as long as the tables of sentences stay as they are."""

    def __init__(self, connection: sqlite3.Connection, limits: Limits) -> None:
        self.connection, self.limits = connection, limits
        self._holders: dict[tuple[int, int], list[Holder] | None] = {}
        self._sizes: dict[Group, int] = {}

    def size(self, group: Group) -> int:
        if group not in self._sizes:
            self._sizes[group] = size(self.connection, group)
        return self._sizes[group]

    def holders(self, digest: int, year: int) -> list[Holder] | None:
        """The reports of the year that hold a sentence; None when it is common in the whole country."""
        key = (digest, year)
        if key not in self._holders:
            if len(self._holders) >= _KEPT:
                self._holders.clear()
            rows = self.connection.execute(_HOLDERS, (*key, self.limits.common + 1)).fetchall()
            self._holders[key] = None if len(rows) > self.limits.common else [Holder(*row) for row in rows]
        return self._holders[key]

    def own(self, told: SentenceList) -> Iterator[tuple[int, list[Holder]]]:
        """The sentences of a report that are its own, and the reports that hold them all the same."""
        for digest in told.lengths:
            holders = self.holders(digest, told.group.year)
            if holders is not None and not self._is_template(holders, told.group):
                yield digest, holders

    def own_hashes(self, told: SentenceList) -> frozenset[int]:
        return frozenset(digest for digest, _ in self.own(told))

    def shared(self, told: SentenceList) -> Counter[int]:
        """Other reports, and how many characters of own sentences they and this one have in common."""
        shared: Counter[int] = Counter()
        for digest, holders in self.own(told):
            templates = self._templates(holders, told.group.year)
            for holder in holders:
                if holder.portal not in templates:
                    shared[holder.report] += told.lengths[digest]
        del shared[told.report]
        return shared

    def resembling(self, told: SentenceList) -> Iterator[int]:
        """Reports for which this one is to be compared: it holds enough of what is their own."""
        least = self.limits.candidate * self.limits.least
        for report, length in self.shared(told).items():
            if length >= least and length >= self.limits.candidate * own_length(self.connection, report):
                yield report

    def _is_template(self, holders: list[Holder], group: Group) -> bool:
        if len(holders) < self.limits.template:
            return False
        count = sum(holder.portal == group.portal for holder in holders)
        return self.limits.is_template(count, self.size(group))

    def _templates(self, holders: list[Holder], year: int) -> frozenset[int]:
        """The portals that give this sentence to their organs."""
        if len(holders) < self.limits.template:
            return frozenset()
        portals = {holder.portal for holder in holders}
        return frozenset(portal for portal in portals if self._is_template(holders, Group(year, portal)))
