"""Reports of one organ in years that follow each other: which may be compared, and what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from gxcrawl.checks.across.model import Case, Event, Filed
from gxcrawl.checks.across.verdict import Verdict, not_assessable
from gxcrawl.checks.across.wording import day
from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import around, normalise, quote, sentences
from gxcrawl.model import Number

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SEASON_ENDS = (3, 31)  # until then the reports of the year before are written
_EVENTS = {"renamed": "更名", "merged": "合并", "split": "分设", "abolished": "撤销"}


class Pair(NamedTuple):
    """A report and that of the year before."""

    year: int
    now: Filed
    before: Filed


Kind = Callable[[Check, Case], Verdict]


def over_two_years(kind: Callable[[Check, Pair], Verdict]) -> Kind:
    """A kind of check on a pair, made where the two may be compared."""

    def made(check: Check, case: Case) -> Verdict:
        reason = why_apart(check, case, (case.year, case.year - 1))
        if reason:
            return not_assessable(reason)
        return kind(check, Pair(case.year, case.filed[case.year], case.filed[case.year - 1]))

    return made


def why_apart(check: Check, case: Case, years: Sequence[int]) -> str:
    """Why the reports of these years are not compared; empty when they may be."""
    for year in years:
        if reason := _unfit(check, case, year):
            return reason
    if len({case.filed[year].report for year in years}) < len(years):
        return "两个年度对应同一份报告，年度存疑"
    event = _event_between(case.events, min(years), max(years))
    if event:
        return f"{day(event.day)}机关{_EVENTS.get(event.kind, '变动')}，前后年度的数不作比较"
    return ""


def _unfit(check: Check, case: Case, year: int) -> str:
    filed = case.filed.get(year)
    if filed is None:
        return f"没有读到该机关{year}年度的报告"
    if filed.form is None:
        return f"{year}年度报告没有可读的表格"
    if check.forms and filed.form not in check.forms:
        return f"只适用于{'、'.join(check.forms)}年版表式，{year}年度报告为{filed.form}年版"
    printed = {int(found) for found in _YEAR.findall(normalise(filed.title))}
    if filed.year != year or (printed and year not in printed):
        return f"{year}年度报告的标题写的是另一年度，年度存疑"
    return ""


def _event_between(events: Iterable[Event], first: int, last: int) -> Event | None:
    """One in these years, or while the last report was written."""
    within = (event for event in events if date(first, 1, 1) <= event.day <= date(last + 1, *_SEASON_ENDS))
    return min(within, key=lambda event: event.day, default=None)


def total(cells: Iterable[Number | None]) -> Number | None:
    """The sum, None unless all are known."""
    known = list(cells)
    numbers = [number for number in known if number is not None]
    return sum(numbers) if len(numbers) == len(known) else None


def explanation(check: Check, reports: Iterable[Filed]) -> str:
    """A sentence by which one of the reports accounts for numbers that do not follow from each other."""
    for sentence in _sentences(reports):
        if found := check.patterns["explained"].search(sentence):
            short = quote(sentence)
            return short if len(short) == len(sentence) else around(sentence, *found.span())
    return ""


def _sentences(reports: Iterable[Filed]) -> Iterator[str]:
    for filed in reports:
        for text in filed.texts.values():
            yield from sentences(normalise(text))
