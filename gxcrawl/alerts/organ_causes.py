"""From what was found about organs to the causes of alerts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from gxcrawl.alerts.model import Alert, Cause, Trust, digest, worst
from gxcrawl.alerts.rules import Rule, rules
from gxcrawl.checks.slips import without_slip
from gxcrawl.model import Severity
from gxcrawl.show.wide import clean

Owed = tuple[str, int]  # an organ's key, and the year of the report


class Found(NamedTuple):
    """A failed finding."""

    organ: str
    year: int
    check: str
    severity: Severity
    message: str
    mark: str
    report: int | None
    portal: str | None
    url: str
    first_seen: str | None  # of the version of the report
    dismissed: bool = False  # by a person


class Duty(NamedTuple):
    """A row of `duties`, as far as alerts rest on it."""

    organ: str
    year: int
    due: str
    rule: str
    basis: str
    status: str
    published: str | None
    report: int | None
    lacking: str | None


class Organ(NamedTuple):
    key: str
    name: str
    code: str
    portal: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """All that is known of some organs."""

    found: tuple[Found, ...] = ()  # in the order of organ, year, check
    duties: Mapping[Owed, Duty] = field(default_factory=dict)
    organs: Mapping[str, Organ] = field(default_factory=dict)
    blind: frozenset[str] = frozenset()  # organs with a portal whose latest run was not healthy
    unread: frozenset[str] = frozenset()  # those of them with a report that this run did not get to see
    first_healthy: Mapping[str, str] = field(default_factory=dict)  # portal -> start of that run

    def trusted(self, what: Alert | Cause, *, present: bool) -> Trust:
        """Whether what is known could have shown the contrary: what our own failure may have brought about is
        not told."""
        rule = rules().checks.get(what.kind)
        if rule is None or what.organ is None or what.year is None:
            return "judged"
        if self._could_tell(rule, (what.organ, what.year), present=present):
            return "judged"
        return "lasting" if present and rule.lasts else "blind"

    def _could_tell(self, rule: Rule, owed: Owed, *, present: bool) -> bool:
        """A duty that is settled, and a report put right, are enough to say that the cause is gone."""
        organ, duty = owed[0], self.duties.get(owed)
        if rule.rests_on == "report":
            return not present or organ not in self.unread
        if duty is not None and duty.status in rules().undecided:
            return False
        return organ not in self.blind or (rule.rests_on == "duty" and not present)


def causes_of(seen: Seen, running: int) -> list[Cause]:
    """One for each check, organ and year. `running` is the running year."""
    groups = groupby(seen.found, key=lambda found: (found.organ, found.year, found.check))
    standing = ((check, _standing(group)) for (_, _, check), group in groups)
    return [_cause(seen, rules().checks[check], group, running) for check, group in standing if group]


def _standing(group: Iterable[Found]) -> list[Found]:
    """Those that nobody dismissed. A report that stands at two addresses has the same findings twice."""
    first: dict[str, Found] = {}
    dismissed: set[str] = set()
    for found in group:
        first.setdefault(found.message, found)
        if found.dismissed:
            dismissed.add(found.message)
    return [found for message, found in first.items() if message not in dismissed]


def _cause(seen: Seen, rule: Rule, group: list[Found], running: int) -> Cause:
    severity = worst(found.severity for found in group)
    first = next(found for found in group if found.severity == severity)
    organ, duty = seen.organs[first.organ], seen.duties.get((first.organ, first.year))
    return Cause(
        first.check,
        subject_of(first.organ, first.year),
        "organ",
        severity,
        _message(first, len(group) - 1),
        _facts(rule, group, duty),
        organ.code,
        _evidence(first, group, duty),
        first.organ,
        first.year,
        first.portal or organ.portal,
        first.year >= running or _is_news(rule, group, seen.first_healthy),
    )


def subject_of(organ: str, year: int) -> str:
    return f"{organ} {year}"


def _message(first: Found, more: int) -> str:
    """The own words of a finding, which say when an organ is only a name; guesses stay with it."""
    said, _ = without_slip(first.message)
    return short(said) + (rules().words["more"].format(count=more) if more else "")


def short(text: str) -> str:
    """One line that a message can hold, whatever a page has put into it."""
    most = rules().message_length
    line = clean(text[: most * 4])
    return line if len(line) <= most else line[: most - 1] + "…"


def _facts(rule: Rule, group: list[Found], duty: Duty | None) -> str:
    if rule.rests_on == "duty" and duty is not None:
        facts = (duty.status, duty.due, duty.rule, duty.published or "", str(duty.report or ""))
        return digest(facts)
    return digest(sorted({found.mark for found in group}))


def _evidence(first: Found, group: list[Found], duty: Duty | None) -> Mapping[str, object]:
    """What `gxcrawl explain` and a reader of the table start from."""
    marks = [found.mark for found in group[: rules().evidence_length]]
    told: dict[str, object] = {"findings": len(group), "marks": marks}
    if first.report is not None:
        told |= {"report": first.report, "url": first.url}
    if duty is not None:
        told["duty"] = {"status": duty.status, "due": duty.due, "basis": duty.basis, "lacking": duty.lacking}
    return told


def _is_news(rule: Rule, group: list[Found], first_healthy: Mapping[str, str]) -> bool:
    if rule.news == "version":
        return any(_came_later(found, first_healthy) for found in group)
    return rule.news == "always"


def _came_later(found: Found, first_healthy: Mapping[str, str]) -> bool:
    start = first_healthy.get(found.portal or "")
    return start is not None and found.first_seen is not None and found.first_seen > start
