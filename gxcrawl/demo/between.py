"""What does not fit between the years on the sample portals, against what the checks between reports say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date

from gxcrawl.demo.owed import WITH_WORDS, names_its_organ
from gxcrawl.demo.truth import Tally
from gxcrawl.samples.links import broken_links
from gxcrawl.samples.portals import Published, Replica

LINKS = ("Y-CARRY", "Y-VALID", "T2-2019")
WORDS = ("S-SELF", "S-PEER")
_FINDINGS = (
    'SELECT organs.name, findings.year, findings."check", findings.result, cell_sets.cells FROM findings'
    " JOIN organs ON organs.key = findings.organ_key LEFT JOIN cell_sets ON cell_sets.id = findings.cells"
    " WHERE organs.portal = ?"
)
Fact = tuple[str, int, str, frozenset[str]]  # organ, year, check, cells


def hold_links(connection: sqlite3.Connection, replicas: Iterable[Replica], day: date, tally: Tally) -> None:
    for replica in replicas:
        told = _told(connection, replica)
        planted = _planted(_readable(replica, day))
        if replica.verdict == "healthy":
            tally.planted += len(planted)
            _count(replica, planted, told, tally)
        unfounded = {fact for fact, result in told.items() if result == "fail"} - planted
        tally.unfounded += len(unfounded)
        for name, year, check, _ in sorted(unfounded, key=str):
            tally.faults.append(f"{replica.id}: {name} {year}: {check} without cause")


def _told(connection: sqlite3.Connection, replica: Replica) -> Mapping[Fact, str]:
    """Each with its result, the worst one."""
    told: dict[Fact, str] = {}
    for name, year, check, result, cells in connection.execute(_FINDINGS, (replica.id,)):
        if check in LINKS + WORDS:
            named = frozenset(json.loads(cells or "[]")) if check in LINKS else frozenset[str]()
            fact = (name, year, check, named)
            told[fact] = "fail" if "fail" in (result, told.get(fact)) else result
    return told


def _readable(replica: Replica, day: date) -> Mapping[tuple[str, int], Published]:
    return {
        (report.organ.name, report.year): report
        for report in replica.reports
        if report.at(day) and report.carrier in WITH_WORDS and names_its_organ(report)
    }


def _planted(reports: Mapping[tuple[str, int], Published]) -> set[Fact]:
    """Only where both reports can be read."""
    found: set[Fact] = set()
    for (name, year), report in reports.items():
        before = reports.get((name, year - 1))
        if before is None:
            continue
        found |= {(name, year, check, frozenset()) for check in WORDS if check in report.planted}
        if report.carrier == before.carrier == "html":
            earlier, now = (one.versions[-1] for one in (before, report))
            errors = broken_links((earlier.form, earlier.cells), (now.form, now.cells))
            found |= {(name, year, error.check, error.cells) for error in errors}
    return found


def _count(replica: Replica, planted: Iterable[Fact], told: Mapping[Fact, str], tally: Tally) -> None:
    """A doubt of the same check is no accusation, and says that a number was not read or may be explained."""
    doubts = {fact[:3] for fact, result in told.items() if result == "uncertain"}
    for fact in sorted(planted, key=str):
        if told.get(fact) == "fail":
            tally.found += 1
        elif fact[:3] not in doubts:
            tally.overlooked += 1
            tally.faults.append(f"{replica.id}: {fact[0]} {fact[1]}: {fact[2]} was overlooked")
