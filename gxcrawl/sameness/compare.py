"""Compares reports with that of last year and with those of others that share sentences of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gxcrawl.checks.across.model import Remark
from gxcrawl.checks.across.verdict import Verdict, not_assessable
from gxcrawl.sameness import lists
from gxcrawl.sameness.common import Common
from gxcrawl.sameness.judge import Doubt, Other, against_last_year, against_others, generic
from gxcrawl.sameness.limits import Limits
from gxcrawl.sameness.lists import Group, SentenceList
from gxcrawl.sameness.masking import may_be_one
from gxcrawl.sameness.sentences import Text
from gxcrawl.sameness.sources import Source, Sources


@dataclass(frozen=True, slots=True)
class SamenessOutcome:
    """All that is said about one report. Without remarks when it is replaced, unreadable or a second copy."""

    report: int
    organ: str | None  # key
    year: int | None
    remarks: tuple[Remark, ...] = ()
    passed: int = 0
    not_assessable: Mapping[str, str] = field(default_factory=dict)  # check -> why


class Comparison:
    """Valid as long as the tables of sentences stay as they are."""

    def __init__(self, connection: sqlite3.Connection, sources: Sources, limits: Limits) -> None:
        self.connection, self.sources, self.limits = connection, sources, limits
        self.common = Common(connection, limits)

    def resembling(self, reports: Iterable[int]) -> Iterator[int]:
        """Other reports for which these may make a difference."""
        for report in reports:
            if told := lists.stored(self.connection, report):
                yield from self.common.resembling(told)

    def remarks_for(self, reports: Iterable[int]) -> Iterator[SamenessOutcome]:
        for report in reports:
            source = self.sources.source(report)
            if source and source.readable and not self.sources.is_copy(source):
                yield self._outcome(source)
            else:
                yield SamenessOutcome(report, source and source.organ, source and source.year)

    def _outcome(self, source: Source) -> SamenessOutcome:
        section_one = self.sources.sections(source.report).get(1, "")
        verdicts = {
            "S-SELF": self._last_year(source),
            "S-PEER": self._others(source),
            "S-GENERIC": generic(source.report, section_one, source.names),
        }
        return SamenessOutcome(
            source.report,
            source.organ,
            source.year,
            tuple(remark for verdict in verdicts.values() for remark in verdict.remarks),
            sum(verdict.passed for verdict in verdicts.values()),
            {code: verdict.not_assessable for code, verdict in verdicts.items() if verdict.not_assessable},
        )

    def _last_year(self, source: Source) -> Verdict:
        if source.organ is None or source.year is None:
            return not_assessable("机关或年度不明")
        found = map(self.sources.source, self.sources.of_year(source.organ, source.year - 1))
        before = [
            Other(last.report, last.name, source.year - 1, self.sources.text(last)) for last in found if last
        ]
        return against_last_year(source.report, self.sources.text(source), before)

    def _others(self, source: Source) -> Verdict:
        told = lists.stored(self.connection, source.report)
        if told is None:
            return not_assessable("年度不明")
        own = self.common.own_hashes(told)
        length = sum(told.lengths[digest] for digest in own)
        lists.note_own_length(self.connection, source.report, length)
        others = self._candidates(source, told, length) if length >= self.limits.least else ()
        return against_others(source.report, self._own_text(source, own), others)

    def _candidates(self, source: Source, told: SentenceList, length: int) -> Iterator[Other]:
        """Those that share most of what is its own; the last word is with the comparison piece by piece."""
        wanted = self.limits.candidate * length
        near = [(shared, report) for report, shared in self.common.shared(told).items() if shared >= wanted]
        left = self.limits.compared
        for _, report in sorted(near, key=lambda pair: (-pair[0], pair[1])):
            other, its = self.sources.source(report), lists.stored(self.connection, report)
            if other is None or its is None or self._is_one(source, other):
                continue
            text = self._own_text(other, self.common.own_hashes(its))
            doubt = self._doubt(source, other, (told.group, its.group))
            yield Other(report, other.name, told.group.year, text, doubt)
            left -= 1
            if not left:
                return

    def _own_text(self, source: Source, own: frozenset[int]) -> Text:
        return tuple(sentence for sentence in self.sources.text(source) if sentence.hash in own)

    def _is_one(self, source: Source, other: Source) -> bool:
        """One organ, or one page that stands under two."""
        same_organ = source.organ is not None and source.organ == other.organ
        return same_organ or source.is_page_of(other)

    def _doubt(self, source: Source, other: Source, groups: tuple[Group, Group]) -> Doubt:
        """Why two reports that are alike may be so without anybody's fault."""
        if source.organ is None or other.organ is None:
            return "nameless"
        if may_be_one(source.printed, other.printed):
            return "namesake"
        if max(map(self.common.size, groups)) < self.limits.few:
            return "few"
        return ""
