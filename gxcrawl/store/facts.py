"""The facts of a reading, and what differs between two readings of the same bytes. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from gxcrawl.model import Number

SAID = ("organ", "year", "form", "published")

Fact = Number | str
Facts = Mapping[str, Fact]  # organ, year ..., name of a cell, section 1, section 1 again ...


class Change(NamedTuple):
    """One fact that is told differently now. None: there was none, or there is none any more."""

    report: int
    fact: str
    before: Fact | None
    now: Fact | None


class Changes(NamedTuple):
    """What another reading of the archive says."""

    read: int  # reports
    added: tuple[Change, ...]
    changed: tuple[Change, ...]
    lost: tuple[Change, ...]
    unreadable: tuple[tuple[int, str], ...]  # report and reason: its archived record could not be read


def facts_of(
    said: Mapping[str, Any], cells: Iterable[tuple[str, Number | None]], sections: Iterable[tuple[int, str]]
) -> Facts:
    facts: dict[str, Fact] = {name: said[name] for name in SAID if said[name] is not None}
    facts |= {cell: value for cell, value in cells if value is not None}
    met: Counter[int] = Counter()
    for number, text in sections:
        met[number] += 1
        facts[f"section {number}" + (f" ({met[number]})" if met[number] > 1 else "")] = text
    return facts


def changes_between(report: int, before: Facts, now: Facts) -> list[Change]:
    names = [*before, *(name for name in now if name not in before)]
    pairs = (Change(report, name, before.get(name), now.get(name)) for name in names)
    return [change for change in pairs if change.before != change.now]


def sorted_out(read: int, changes: Iterable[Change], unreadable: Iterable[tuple[int, str]]) -> Changes:
    all_changes = tuple(changes)
    return Changes(
        read,
        added=tuple(change for change in all_changes if change.before is None),
        changed=tuple(
            change for change in all_changes if change.before is not None and change.now is not None
        ),
        lost=tuple(change for change in all_changes if change.now is None),
        unreadable=tuple(unreadable),
    )
