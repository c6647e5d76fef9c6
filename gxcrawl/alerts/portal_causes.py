"""From how portals were crawled to the causes of alerts: to the operator, and a summary to readers. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gxcrawl.alerts.model import Cause, digest
from gxcrawl.alerts.organ_causes import short
from gxcrawl.alerts.rules import advice, rules
from gxcrawl.clock import day_of
from gxcrawl.duties.season import calendar

SUMMARY = "portal-summary"  # it is told once, and is no fault


class Run(NamedTuple):
    id: str
    started: str
    failure: str  # class; "" for a healthy run


class Summary(NamedTuple):
    """What the first healthy run of a portal brought to light."""

    organs: int
    reports: int
    missing: int  # before the running year, as the two below
    late: int
    failed: int


class PortalSeen(NamedTuple):
    """How a portal was crawled."""

    id: str
    name: str
    code: str
    latest: Run
    last_good: Run | None
    unhealthy: int  # runs since then
    since: str  # start of the first of these; "" when there is none
    unnamed: int = 0  # organs of which nothing can be said, because nobody knows whose some reports are
    example: str = ""  # why, for one of these organs
    summary: Summary | None = None  # None: it was told before, or no run was healthy yet


def causes_of_portal(seen: PortalSeen, running: int, today: date) -> Iterator[Cause]:
    if seen.unhealthy >= rules().unhealthy_runs:
        yield _unhealthy(seen)
    days = (today - day_of(seen.latest.started)).days
    if days > calendar().fresh_days:
        last = day_of(seen.latest.started)
        yield _cause(seen, "portal-stale", (seen.latest.id,), last=last, days=days)
    if seen.unnamed:
        counts = {"count": seen.unnamed, "year": running, "example": seen.example}
        yield _cause(seen, "reports-unnamed", (str(running),), **counts)
    if seen.summary is not None:
        yield _cause(seen, SUMMARY, (seen.id,), year=running, **seen.summary._asdict())


def _unhealthy(seen: PortalSeen) -> Cause:
    good = seen.last_good
    return _cause(
        seen,
        "portal-unhealthy",
        (seen.latest.failure,),
        since=day_of(seen.since),
        count=seen.unhealthy,
        failure=seen.latest.failure,
        last_good=day_of(good.started) if good else rules().words["never"],
        advice=advice().get(seen.latest.failure, advice()["error"]),
    )


def _cause(seen: PortalSeen, kind: str, facts: tuple[str, ...], **values: object) -> Cause:
    words = rules().own[kind]
    evidence = {"run": seen.latest.id, "last_good": seen.last_good.id if seen.last_good else None}
    return Cause(
        kind,
        seen.id,
        words.stream,
        words.severity,
        short(words.message.format(name=seen.name, **values)),
        digest(facts),
        seen.code,
        evidence,
        portal=seen.id,
    )
