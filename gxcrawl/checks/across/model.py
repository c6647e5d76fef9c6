"""What checks between reports are given, and what they answer. Plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from gxcrawl.duties.model import Duty, Look, Sight
from gxcrawl.model import Finding, Number


@dataclass(frozen=True, slots=True)
class Filed:
    """The report of one organ and year, as other reports are compared with it."""

    report: int
    year: int
    form: str | None
    values: Mapping[str, Number]  # numbers that can be used, inferred ones too
    inferred: frozenset[str] = frozenset()  # names of those that were found by reasoning
    texts: Mapping[int, str] = field(default_factory=dict)  # number of a section -> its text
    title: str = ""
    organ_names: tuple[str, ...] = ()  # as the report itself prints them
    corrected: bool = False  # a later version changed its numbers: the first ones are in `as_published`
    as_published: Mapping[str, Number] = field(default_factory=dict)


class Event(NamedTuple):
    """Something that happened to an organ; years on both sides of it are not compared."""

    kind: str  # renamed, merged, split, abolished
    day: date


@dataclass(frozen=True, slots=True)
class Peers:
    """Organs of the same kind and area, in the same year and form: cell -> median and median deviation."""

    count: int
    spread: Mapping[str, tuple[float, float]]


class Changed(NamedTuple):
    """A later version of a page's report, against the one before it."""

    report: int
    before: int
    day: date  # on which the new version was first seen
    cells: tuple[tuple[str, Number | None, Number | None], ...]  # name, before, now
    sections: tuple[int, ...]  # numbers of the sections whose text differs
    announced: bool  # the new text speaks of a correction


class Page(NamedTuple):
    """What the page of a report holds."""

    report: int
    carrier: str  # html, or the carrier of the file to which the list leads
    files: tuple[str, ...]  # addresses of the files and pictures on it
    has_text: bool  # sections were read
    has_tables: bool  # numbers were read


@dataclass(frozen=True, slots=True)
class Publication:
    """How the report of one organ and year was published."""

    duty: Duty
    sights: tuple[Sight, ...] = ()
    page: Page | None = None  # of the report that counts
    backdated: Look | None = None  # a look after the printed date that lacked the report
    changes: tuple[Changed, ...] = ()
    dead_links: tuple[str, ...] = ()  # addresses in the list or the text that lead nowhere
    outside_column: bool = False  # found, but in no list of annual reports
    figures: Mapping[int, str] = field(default_factory=dict)  # report -> equal for those with equal numbers


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that is known about one organ and year."""

    organ: str  # key
    name: str
    kind: str  # government, department, town, township, subdistrict, area_committee, vertical, other
    code: str
    year: int
    today: date
    filed: Mapping[int, Filed] = field(default_factory=dict)  # all years
    events: tuple[Event, ...] = ()
    publication: Publication | None = None
    peers: Peers | None = None
    column_organ: str = ""  # the organ to which the list says this row belongs, where it says so
    confirmed: bool = True  # False: a name that was met, and that nobody has confirmed yet
    aliases: tuple[str, ...] = ()  # its other names, as the registry has them
    foreign_organ: str = ""  # another registered organ of the area that the list or the report names instead


class Remark(NamedTuple):
    """A finding with what it rests on outside the report."""

    finding: Finding
    report: int | None = None
    other: int | None = None  # the report that it was compared with
    evidence: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Across:
    """The outcome of all checks on one case."""

    remarks: tuple[Remark, ...] = ()
    passed: int = 0
    not_assessable: Mapping[str, str] = field(default_factory=dict)  # check -> why
    settled: frozenset[str] = frozenset()  # checks whose findings on the report alone this outcome replaces
