"""What a report is made of. Plain frozen values: nothing in here reads, writes or decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Number = int | Decimal

State = Literal["ok", "inferred", "blank", "placeholder", "invalid", "ambiguous", "missing"]
Severity = Literal["error", "warn", "info"]
Result = Literal["pass", "fail", "uncertain", "not_assessable"]
GridKind = Literal["table", "fields", "stream", "layout"]


# --- documents: any carrier, as paragraphs and grids in reading order ---------------------------


class Paragraph(NamedTuple):
    """A run of text as the reader sees it."""

    text: str
    place: str
    level: int = 0  # 1-6 when the carrier marks it as a heading, else 0


class GridCell(NamedTuple):
    """One printed cell. In a grid the same object stands in every position it spans."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    line: int = 0  # 1-based line of a text carrier; 0 when the carrier has no lines
    start: int = 0  # first and last character position in its line ("layout" grids only)
    end: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as found, its spans expanded. None: nothing is printed at that position.

    kind tells how far positions can be trusted:
      table   rows and columns are explicit (HTML, markdown, pipes)
      fields  every field is explicit, empty ones too, but columns may have shifted (tabs)
      stream  only what is printed is known; empty cells may have vanished (one cell per line)
      layout  the position in the line (start, end) is all there is (pdftotext -layout)
    """

    number: int
    rows: tuple[tuple[GridCell | None, ...], ...]
    kind: GridKind = "table"
    hidden: bool = False

    def place(self, cell: GridCell) -> str:
        if cell.line:
            return f"line {cell.line} field {cell.column + 1}"
        return f"table {self.number} row {cell.row + 1} column {cell.column + 1}"


class Problem(NamedTuple):
    """Something that was not understood, or understood only by reasoning. About us, not about the organ."""

    code: str
    message: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What a carrier holds, whatever the carrier."""

    blocks: tuple[Paragraph | Grid, ...]
    carrier: str
    title: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    problems: tuple[Problem, ...] = ()

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def grids(self) -> list[Grid]:
        return [block for block in self.blocks if isinstance(block, Grid)]


# --- tables: the numbers ---------------------------------------------------------------------------


class Cell(NamedTuple):
    """One number of a form: what was printed, and what can be said about it."""

    id: str
    value: Number | None
    raw: str
    state: State
    place: str
    note: str = ""  # what stood in brackets behind the number
    unit: str = ""  # a unit printed in the cell itself
    candidates: tuple[Number | None, ...] = ()  # the readings that fit, when ambiguous


@dataclass(frozen=True, slots=True)
class Tables:
    """All cells of the form that the tables have, or form None when no table of any form is there."""

    form: str | None
    cells: Mapping[str, Cell]
    problems: tuple[Problem, ...] = ()
    used: frozenset[int] = frozenset()  # numbers of the grids that were read
    labels: Mapping[str, str] = field(default_factory=dict)  # row or column name -> label as printed
    share: float = 0.0  # of the cells that the form (as printed) wants, those that were placed


# --- report ----------------------------------------------------------------------------------------


class Section(NamedTuple):
    number: int  # 1-6, the place in the official outline
    heading: str  # as printed, numbering included
    text: str
    place: str
    printed_number: str = ""  # the numbering as printed: "一", "6", "" ...


class DateCandidate(NamedTuple):
    day: date
    basis: str  # meta-pubdate, visible-date, relative-date, url ...
    raw: str
    place: str


class Finding(NamedTuple):
    """The outcome of one check on one report."""

    check: str
    result: Result
    severity: Severity
    message: str
    cells: tuple[str, ...] = ()
    expected: str = ""
    printed: str = ""
    place: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class ReadError:
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """Everything a report says outside its tables."""

    title: str = ""
    titles: tuple[str, ...] = ()  # every title line found, the chosen one among them
    title_place: str = ""
    organ: str | None = None
    organ_names: tuple[str, ...] = ()  # every name of the organ found, longest first
    year: int | None = None
    years: Mapping[str, int] = field(default_factory=dict)  # where a year was read: title, body, period
    published: date | None = None
    published_basis: str = ""
    date_candidates: tuple[DateCandidate, ...] = ()
    period: tuple[date, date] | None = None
    period_text: str = ""
    opening: str = ""  # the text before section one
    sections: tuple[Section, ...] = ()
    headings: tuple[Section, ...] = ()  # every section heading met, repeated and empty ones too
    contact: Mapping[str, str] = field(default_factory=dict)  # organ, address, telephone, email
    self_references: Mapping[str, int] = field(default_factory=dict)  # 我镇 -> how often
    text: str = ""  # the whole report without its tables


@dataclass(frozen=True, slots=True)
class Report:
    """One report, read. `error` is set when the input is no readable report."""

    source: str
    narrative: Narrative
    form: str | None = None
    cells: Mapping[str, Cell] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    passed: int = 0  # checks that passed; they are counted, not listed
    not_assessable: Mapping[str, str] = field(default_factory=dict)  # check -> why
    labels: Mapping[str, str] = field(default_factory=dict)
    error: ReadError | None = None

    @property
    def organ(self) -> str | None:
        return self.narrative.organ

    @property
    def year(self) -> int | None:
        return self.narrative.year

    @property
    def title(self) -> str:
        return self.narrative.title

    @property
    def published(self) -> date | None:
        return self.narrative.published

    @property
    def sections(self) -> tuple[Section, ...]:
        return self.narrative.sections
