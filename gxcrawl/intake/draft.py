"""Checks a report before it is published: by itself, and against what the organ reported before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from gxcrawl.checks import check_report
from gxcrawl.checks.across.model import Case, Event, Filed
from gxcrawl.checks.across.run import check_case
from gxcrawl.intake.given import RefusedError
from gxcrawl.intake.names import means
from gxcrawl.model import Report
from gxcrawl.registry.kinds import kind_of
from gxcrawl.registry.locality import Locality, locality
from gxcrawl.registry.names import place_of
from gxcrawl.store.filed import filed_of
from gxcrawl.store.organ_facts import events_of, is_registered, names_of
from gxcrawl.store.organs import known_organ, locality_in

_OF_THAT_NAME = """
SELECT DISTINCT organs.key, organs.code FROM organs LEFT JOIN organ_names ON organ_names.organ = organs.key
WHERE ? IN (organs.name, organ_names.name) ORDER BY organs.key
"""
_ORGAN = "SELECT key, name, kind, code FROM organs WHERE key = ?"


class Organ(NamedTuple):
    """Whose draft it is. `key` is empty where the database does not know it."""

    key: str
    name: str
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Before:
    """What the database knows of the organ."""

    organ: Organ
    here: Locality
    filed: Mapping[int, Filed] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    names: tuple[str, ...] = ()
    confirmed: bool = False


class Draft(NamedTuple):
    report: Report  # with the findings of all checks
    mismatches: tuple[str, ...]  # what it prints otherwise than was said, in Chinese
    compared: Filed | None  # the report of the year before
    not_assessable: Mapping[str, str]  # checks against other reports that could not be made, and why


def before_of(connection: sqlite3.Connection | None, name: str, code: str) -> Before:
    """RefusedError: several organs have the name. Without a database only the name is known."""
    key = _key(connection, name, code) if connection else None
    if connection is None or key is None:
        here = locality_in(connection, code) if connection and code else locality(code, "")
        return Before(Organ("", name, kind_of(place_of(name, here).core), code), here)
    organ = Organ(*connection.execute(_ORGAN, (key,)).fetchone())
    return Before(
        organ,
        locality_in(connection, organ.code),
        filed_of(connection, key),
        tuple(happened.event for happened in events_of(connection, key)),
        names_of(connection, key),
        is_registered(connection, key),
    )


def _key(connection: sqlite3.Connection, name: str, code: str) -> str | None:
    if code:
        return known_organ(connection, name, code)
    found = connection.execute(_OF_THAT_NAME, (name,)).fetchall()
    if len(found) > 1:
        codes = ", ".join(code for _, code in found)
        raise RefusedError(f"several organs are called {name}; say with --code which one: {codes}")
    return str(found[0][0]) if found else None


def check_draft(report: Report, name: str, year: int, before: Before, today: date) -> Draft:
    """What was said about the draft holds, whatever it prints."""
    mismatches = tuple(_mismatches(report, name, year, before.here))
    report = replace(report, narrative=replace(report.narrative, organ=name, year=year))
    alone = check_report(report)
    case = Case(
        before.organ.key,
        before.organ.name,
        before.organ.kind,
        before.organ.code,
        year,
        today,
        {**before.filed, year: _filed(report, year)},
        before.events,
        confirmed=before.confirmed,
        aliases=before.names,
    )
    across = check_case(case)
    findings = (
        *(finding for finding in alone.findings if finding.check not in across.settled),
        *(remark.finding for remark in across.remarks),
    )
    checked = replace(report, findings=findings, passed=alone.passed + across.passed)
    return Draft(checked, mismatches, before.filed.get(year - 1), across.not_assessable)


def _mismatches(report: Report, name: str, year: int, here: Locality) -> Iterator[str]:
    printed = report.narrative.organ_names
    if printed and not means(name, printed, here):
        yield f"稿件中的机关是“{printed[0]}”，与所给的“{name}”不同，以所给的为准"
    if report.year and report.year != year:
        yield f"稿件中的年度是{report.year}年，与所给的{year}年不同，以所给的为准"


def _filed(report: Report, year: int) -> Filed:
    """The draft as others of its organ are filed."""
    cells = report.cells.values()
    texts: dict[int, str] = {}
    for section in report.sections:
        before = texts.get(section.number)
        texts[section.number] = section.text if before is None else f"{before}\n{section.text}"
    return Filed(
        0,
        year,
        report.form,
        {cell.id: cell.value for cell in cells if cell.value is not None},
        frozenset(cell.id for cell in cells if cell.state == "inferred"),
        texts,
        organ_names=report.narrative.organ_names,  # no title: the year is the one that was given
    )
