"""What the database holds, against what is truly on the sample portals."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from gxcrawl.pages.address import key
from gxcrawl.samples.arithmetic import broken
from gxcrawl.samples.model import Planted, Value
from gxcrawl.samples.portals import Published, Replica

ARITHMETIC = ("T3-BAL", "T3-COL", "T3-ROW", "T4-SUM")
_REPORTS = (
    "SELECT reports.id, reports.portal, pages.key, reports.organ, reports.year, reports.title"
    " FROM reports JOIN pages ON pages.id = reports.page WHERE reports.current = 1 ORDER BY reports.id"
)
_ALARMS = (
    'SELECT "check", cell_sets.cells, message FROM findings JOIN cell_sets ON cell_sets.id = findings.cells'
    " WHERE report = ? AND result = 'fail'"
)


class Stored(NamedTuple):
    """A report of the database: its newest version."""

    id: int
    portal: str
    key: str
    organ: str | None
    year: int | None
    title: str


@dataclass
class Tally:
    """What was found and read, held against the truth."""

    reports: int = 0  # that the healthy portals truly show
    missed: int = 0
    decoys: int = 0  # stored although they are no report
    filed: int = 0  # found, but their text is a file or a picture
    right: int = 0
    open: int = 0  # not read, and said so
    wrong: int = 0
    planted: int = 0  # sums, and links to the year before
    found: int = 0
    overlooked: int = 0  # though all of its numbers were read
    unfounded: int = 0  # alarms although the numbers agree
    example: str = ""
    faults: list[str] = field(default_factory=list)  # everything that must not be, one line for each

    @property
    def hidden(self) -> int:
        return self.planted - self.found - self.overlooked


def hold(connection: sqlite3.Connection, replicas: Mapping[str, Replica], day: date) -> Tally:
    """The newest version of every report against the portals on the day of their last crawl."""
    tally = Tally()
    truths = {name: _online(replica, day) for name, replica in replicas.items()}
    ever = {name: _ever(replica) for name, replica in replicas.items()}
    unseen = {
        (name, address)
        for name, online in truths.items()
        for address in online
        if replicas[name].verdict == "healthy"  # what a failed run did not see, it does not deny
    }
    tally.reports = len(unseen)
    for stored in map(Stored._make, connection.execute(_REPORTS).fetchall()):
        unseen.discard((stored.portal, stored.key))
        if stored.key not in ever[stored.portal]:
            tally.decoys += 1
            tally.faults.append(f"{stored.portal}: {stored.title} ({stored.key}) is no report")
        elif published := truths[stored.portal].get(stored.key):
            _report(connection, stored, published, day, tally)
    tally.missed = len(unseen)
    tally.faults += [f"{portal}: the report {address} was not found" for portal, address in sorted(unseen)]
    return tally


def _online(replica: Replica, day: date) -> dict[str, Published]:
    return {address: one for address, one in _ever(replica).items() if one.at(day)}


def _ever(replica: Replica) -> dict[str, Published]:
    """All reports that are, were or will be there, by the key of their page."""
    where = replica.address
    return {key(f"http://host{where(one)}"): one for one in replica.reports} if where else {}


def _report(
    connection: sqlite3.Connection, stored: Stored, published: Published, day: date, tally: Tally
) -> None:
    version = published.at(day)
    told = f"{stored.portal}: {stored.title} is of"
    if stored.year not in (None, published.year):
        tally.faults.append(f"{told} {published.year}, not of {stored.year}")
    if stored.organ and stored.organ not in published.organ.name:  # often a part of the whole name
        tally.faults.append(f"{told} {published.organ.name}, not of {stored.organ}")
    if published.carrier != "html" or version is None:
        tally.filed += 1
        return
    values = dict(connection.execute("SELECT id, value FROM cells WHERE report = ?", (stored.id,)))
    for name, true in version.cells.items():
        value = values.get(name)
        if name not in values or (value is None and true is not None):
            tally.open += 1
        elif _same(value, true):
            tally.right += 1
        else:
            tally.wrong += 1
            tally.faults.append(f"{stored.portal}: {stored.title}: {name} is {true}, not {value}")
    planted = broken(version.form, version.cells) if version.form else ()
    _sums(connection, stored, planted, version.cells, values, tally)


def _same(value: float | None, true: Value) -> bool:
    return (None if value is None else Decimal(str(value))) == true


def _sums(
    connection: sqlite3.Connection,
    stored: Stored,
    planted: tuple[Planted, ...],
    true: Mapping[str, Value],
    values: Mapping[str, float | None],
    tally: Tally,
) -> None:
    """The arithmetic errors that are truly printed, against the findings."""
    alarms = dict(_alarms(connection, stored.id))
    for error in planted:
        message = alarms.pop((error.check, error.cells), "")
        tally.planted += 1
        if message:
            tally.found += 1
            first = f"{stored.organ} {stored.year}: {error.check}: {message.partition('。')[0]}。"
            tally.example = tally.example or first
        elif all(values.get(name) is not None for name in error.cells):
            tally.overlooked += 1
            tally.faults.append(f"{stored.portal}: {stored.title}: {error.check} was overlooked")
    for (check, cells), message in alarms.items():
        if all(true.get(name) is not None for name in cells):
            tally.unfounded += 1
            tally.faults.append(f"{stored.portal}: {stored.title}: {check} without cause: {message}")


def _alarms(connection: sqlite3.Connection, report: int) -> Iterator[tuple[tuple[str, frozenset[str]], str]]:
    for check, cells, message in connection.execute(_ALARMS, (report,)):
        if check in ARITHMETIC:
            yield (check, frozenset(json.loads(cells))), message
