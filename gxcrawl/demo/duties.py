"""The statuses and alerts of a check, held against what truly became of the reports."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gxcrawl.demo.owed import YEAR, Owed, changed_between, owed_on
from gxcrawl.samples.portals import Replica

_DUTIES = (
    "SELECT organs.name, duties.status, duties.days FROM duties JOIN organs ON organs.key = duties.organ"
    " WHERE duties.year = ? AND organs.portal = ?"
)
_ALERTS = (
    "SELECT alerts.kind, organs.name, alerts.year FROM alerts JOIN organs ON organs.key = alerts.organ"
    " WHERE organs.portal = ? AND alerts.state = 'open'"
)
_TO_OPERATOR = "SELECT kind, portal FROM alerts WHERE stream = 'crawler' AND state = 'open'"
ACCUSING = {"missing": "P-MISSING", "late": "P-LATE"}
ON_DUTIES = frozenset(f"{code}{local}" for code in ACCUSING.values() for local in ("", "-LOCAL"))
RUNS_TO_TELL = 2  # so many unhealthy ones in a row, and the operator is told


@dataclass
class Told:
    """What one check said about the reports of the year."""

    statuses: Counter[str] = field(default_factory=Counter)
    right: int = 0
    open: int = 0  # there, but the day on which it was published was not read
    faults: list[str] = field(default_factory=list)  # what is wrong, one line for each


def hold_duties(connection: sqlite3.Connection, replicas: Iterable[Replica], looks: Sequence[date]) -> Told:
    """After crawls on these days, and a check on the last of them."""
    told, to_operator = Told(), set[tuple[str, str]]()
    for replica in replicas:
        truth = owed_on(replica, looks)
        settled = set(_hold_statuses(connection, replica, truth, told))
        told.faults += _hold_alerts(connection, replica, looks, [truth[name] for name in sorted(settled)])
        if replica.verdict != "healthy" and len(looks) >= RUNS_TO_TELL:
            to_operator.add(("portal-unhealthy", replica.id))
        if replica.verdict == "healthy" and any(owed.status == "unknown" for owed in truth.values()):
            to_operator.add(("reports-unnamed", replica.id))
    alarmed = set(connection.execute(_TO_OPERATOR))
    for kind, portal in sorted(to_operator ^ alarmed):
        told.faults.append(
            f"{portal}: {kind} is {'without cause' if (kind, portal) in alarmed else 'not told'}"
        )
    return told


def _hold_statuses(
    connection: sqlite3.Connection, replica: Replica, truth: Mapping[str, Owed], told: Told
) -> Iterator[str]:
    """Returns the organs whose status is the true one."""
    rows = {name: (status, days) for name, status, days in connection.execute(_DUTIES, (YEAR, replica.id))}
    for name in sorted({*rows, *truth}):
        owed, (status, days) = truth.get(name), rows.get(name, ("no duty", None))
        told.statuses[status] += name in rows
        if owed is None:
            told.faults.append(f"{replica.id}: {name}: {status} is told, and nothing is owed")
        elif name not in rows and replica.verdict != "healthy":
            continue  # its report of the year before was not had
        elif status == owed.status and (days or 0) <= (owed.days or 0):
            told.right += 1
            yield name
        elif status == "date_unknown" and owed.seen_late:
            told.open += 1
        else:
            told.faults.append(f"{replica.id}: {name}: {status} {days or ''} is told, {owed[1:3]} is true")


def _hold_alerts(
    connection: sqlite3.Connection, replica: Replica, looks: Sequence[date], settled: Iterable[Owed]
) -> Iterator[str]:
    """Whoever is missing or late is told about, whoever is not is not; and so are changes, of any year."""
    expected = {
        (f"{ACCUSING[owed.status]}{'-LOCAL' if owed.organ.scope == '镇街' else ''}", owed.organ.name, YEAR)
        for owed in settled
        if owed.status in ACCUSING
    }
    if len(looks) > 1 and replica.verdict == "healthy":
        expected |= {("P-CHANGED", *key) for key in changed_between(replica, *looks)}
    found = {row for row in connection.execute(_ALERTS, (replica.id,)) if row[0] in {*ON_DUTIES, "P-CHANGED"}}
    for kind, name, year in sorted(expected ^ found):
        said = "without cause" if (kind, name, year) in found else "not told"
        yield f"{replica.id}: {name} {year}: {kind} is {said}"
