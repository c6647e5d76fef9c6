"""What became of the reports of 2025, worked out from the sample portals alone: the truth about duties."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from gxcrawl.samples.portals import Organ, Published, Replica

YEAR = 2025
DEPARTMENTS, OTHERS = date(2026, 1, 31), date(2026, 3, 31)
WITH_WORDS = ("html", "tables-as-images")
NAMELESS = re.compile(r"\d{4}年度政府信息公开工作报告")  # a title that names no organ


class Owed(NamedTuple):
    """What must be said of one organ's report, and what cannot be said against it."""

    organ: Organ
    status: str
    days: int | None = None  # overdue
    seen_late: bool = False  # first seen after the due day, so that all depends on a printed date


def owed_on(replica: Replica, looks: Sequence[date]) -> dict[str, Owed]:
    """By name of the organ, after crawls on these days. A portal that fails makes nobody missing."""
    by_organ: dict[Organ, list[Published]] = defaultdict(list)
    for report in replica.reports:
        by_organ[report.organ].append(report)
    silent = any(
        report.year == YEAR and report.at(looks[-1]) and not names_its_organ(report)
        for report in replica.reports
    )
    told = {organ.name: _owed(replica, organ, found, looks, silent) for organ, found in by_organ.items()}
    return {name: owed for name, owed in told.items() if owed}


def _owed(
    replica: Replica, organ: Organ, reports: Sequence[Published], looks: Sequence[date], silent: bool
) -> Owed | None:
    """None when nothing shows that the organ owes a report of that year."""
    due = due_day(organ)
    seen = [report for report in reports if names_its_organ(report) and first_sight(report, looks)]
    this = [report for report in seen if report.year == YEAR]
    if replica.verdict == "healthy" and this:
        return _published(this[0], due, looks)
    if not any(report.year in (YEAR, YEAR - 1) for report in seen):
        return None
    if looks[-1] <= due:
        return Owed(organ, "not_due")
    if replica.verdict != "healthy" or silent:
        return Owed(organ, "unknown")
    return Owed(organ, "missing", (looks[-1] - due).days)


def _published(report: Published, due: date, looks: Sequence[date]) -> Owed:
    """Lists print the day even where the page does not."""
    printed = report.printed_day or report.versions[0].since
    first = first_sight(report, looks)
    if printed <= due:
        return Owed(report.organ, "on_time", seen_late=first is not None and first > due)
    return Owed(report.organ, "late", (printed - due).days, seen_late=True)


def due_day(organ: Organ) -> date:
    return DEPARTMENTS if organ.scope == "部门" else OTHERS


def first_sight(report: Published, looks: Sequence[date]) -> date | None:
    return next((look for look in looks if report.at(look)), None)


def names_its_organ(report: Published) -> bool:
    """In words that are read: those of a file are not."""
    return report.carrier in WITH_WORDS or not NAMELESS.fullmatch(report.title)


def changed_between(replica: Replica, then: date, now: date) -> Mapping[tuple[str, int], Published]:
    """Reports that say something else than before, by organ and year."""
    return {
        (report.organ.name, report.year): report
        for report in replica.reports
        if (before := report.at(then)) and (after := report.at(now)) and before != after
    }
