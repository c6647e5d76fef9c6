"""Keeps the tables of sentences in step with the reports, and says whose comparison may end otherwise now."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gxcrawl.sameness import lists
from gxcrawl.sameness.common import Common
from gxcrawl.sameness.limits import Limits
from gxcrawl.sameness.lists import Group, SentenceList
from gxcrawl.sameness.sources import Source, Sources


class Change(NamedTuple):
    """A report that was looked at anew."""

    report: int
    source: Source | None
    before: SentenceList | None
    now: SentenceList | None


class Counts(NamedTuple):
    """A portal and year: its reports, and in how many of them each sentence stands."""

    reports: int
    sentences: Mapping[int, int]

    def templates(self, limits: Limits) -> set[int]:
        return {digest for digest, count in self.sentences.items() if limits.is_template(count, self.reports)}


class Touched(NamedTuple):
    """Reports to be judged again."""

    changed: frozenset[int]  # their own text is another one now: whoever resembles them is to be judged, too
    beside: frozenset[int]  # only what they are compared with is another one


def update(
    connection: sqlite3.Connection, sources: Sources, limits: Limits, reports: Iterable[int]
) -> Touched:
    """Take in what these reports say now."""
    changes = [_change(connection, sources, report) for report in _with_copies(sources, reports)]
    moved = [change for change in changes if change.before != change.now]
    before = {group: _counts(connection, group) for group in _groups(moved)}
    gone = [change.before for change in moved if change.before]
    beside = {*_resembling(connection, limits, gone), *_next_years(sources, changes)}
    for told in gone:
        lists.remove(connection, told)
    for change in moved:
        if change.now:
            lists.add(connection, change.now)
    changed = {change.report for change in changes}
    changed.update(_phrase_changes(connection, limits, moved))
    for group, counts in before.items():
        changed.update(_group_changes(connection, limits, group, counts))
    return Touched(frozenset(changed), frozenset(beside - changed))


def _with_copies(sources: Sources, reports: Iterable[int]) -> list[int]:
    """When a report goes, the same one at another address takes its place."""
    wanted = set(reports)
    for report in tuple(wanted):
        source = sources.source(report)
        if source and not source.readable:
            wanted.update(sources.copies(source))
    return sorted(wanted)


def _change(connection: sqlite3.Connection, sources: Sources, report: int) -> Change:
    source = sources.source(report)
    now = None
    if source and source.group and source.readable and not sources.is_copy(source):
        now = lists.list_of(report, source.group, source.organ, sources.text(source))
    return Change(report, source, lists.stored(connection, report), now)


def _groups(moved: Iterable[Change]) -> set[Group]:
    """The portals and years that lose or gain a report."""
    return {told.group for change in moved for told in (change.before, change.now) if told}


def _counts(connection: sqlite3.Connection, group: Group) -> Counts:
    sentences: Counter[int] = Counter()
    reports = 0
    for told in lists.members(connection, group):
        sentences.update(told.lengths.keys())
        reports += 1
    return Counts(reports, sentences)


def _resembling(
    connection: sqlite3.Connection, limits: Limits, lists_before: Iterable[SentenceList]
) -> Iterator[int]:
    """Whoever resembles what will be gone."""
    common = Common(connection, limits)
    for told in lists_before:
        yield from common.resembling(told)


def _group_changes(
    connection: sqlite3.Connection, limits: Limits, group: Group, before: Counts
) -> Iterator[int]:
    """Reports of a portal whose template is another one now, or which has enough reports only now."""
    if not before.reports:  # all of them are new
        return
    now = _counts(connection, group)
    if (before.reports < limits.few) != (now.reports < limits.few):
        yield from (told.report for told in lists.members(connection, group))
    for digest in before.templates(limits) ^ now.templates(limits):
        holders = _holders(connection, digest, group.year, limits.common + 1)
        if len(holders) <= limits.common:
            yield from holders


def _phrase_changes(connection: sqlite3.Connection, limits: Limits, moved: Iterable[Change]) -> Iterator[int]:
    """Holders of sentences that became or ceased to be common in the whole country."""
    gained: Counter[tuple[int, int]] = Counter()
    for change in moved:
        if change.before:
            gained.subtract((digest, change.before.group.year) for digest in change.before.lengths)
        if change.now:
            gained.update((digest, change.now.group.year) for digest in change.now.lengths)
    for (digest, year), more in gained.items():
        holders = _holders(connection, digest, year, limits.common + max(more, 0) + 1)
        now, was = len(holders) > limits.common, len(holders) - more > limits.common
        if now != was:
            yield from holders


def _holders(connection: sqlite3.Connection, digest: int, year: int, most: int) -> list[int]:
    query = "SELECT report FROM sentences WHERE hash = ? AND year = ? LIMIT ?"
    return [row[0] for row in connection.execute(query, (digest, year, most))]


def _next_years(sources: Sources, changes: Iterable[Change]) -> Iterator[int]:
    """The reports of the year after, which are compared with these."""
    followed = set()
    for _, source, before, _ in changes:
        if before and before.organ:
            followed.add((before.organ, before.group.year + 1))
        if source and source.organ and source.year is not None:
            followed.add((source.organ, source.year + 1))
    for organ, year in followed:
        yield from sources.of_year(organ, year)
