"""What a sample is made of: printed tables and lines on the way in, a file with its truth on the way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Literal, NamedTuple

Value = int | Decimal | None


class Planted(NamedTuple):
    """An arithmetic identity that fails in the printed numbers, or a link to those of the year before."""

    check: Literal["T3-ROW", "T3-COL", "T3-BAL", "T4-SUM", "Y-CARRY", "Y-VALID", "T2-2019"]
    cells: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sample:
    """One generated report: its bytes, and what a perfect reader would know of them."""

    name: str
    data: bytes
    layout: str
    form: str
    organ: str
    year: int
    title: str
    published: date | None
    cells: Mapping[str, Value]  # the whole form, and t3.other.* where its three rows are printed as one
    states: Mapping[str, str]  # blank, placeholder, invalid, missing; all other cells print their number
    unknowable: frozenset[str]  # the layout destroyed them: null or the true value, never another number
    planted: tuple[Planted, ...]
    clean: bool


class Span(NamedTuple):
    """A printed cell of a table, before a layout gives it a body."""

    text: str
    rows: int = 1
    cols: int = 1
    cell: str = ""  # name of the number it prints; "" for labels and heads


@dataclass(frozen=True, slots=True)
class Table:
    name: str  # t2, t3, t4, or a part of one
    rows: tuple[tuple[Span, ...], ...]
    heads: int = 0  # how many of the first rows are a header that a new page repeats


class Line(NamedTuple):
    """A paragraph outside the tables."""

    text: str
    kind: Literal["title", "heading", "subheading", "text"] = "text"


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is laid out."""

    form: str
    organ: str
    year: int
    title: str
    published: date | None
    blocks: tuple[Line | Table, ...]


class Printed(NamedTuple):
    """One number as it will stand on paper, and what it is worth."""

    text: str
    value: Value
    state: str = "ok"


@dataclass(frozen=True, slots=True)
class Page:
    """A draft laid out as a file."""

    data: bytes
    unknowable: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Layout:
    """A way real reports are laid out, and how much dirt it can carry without lying."""

    name: str
    suffix: str
    render: Callable[[Draft, Random], Page]
    vanishing: bool = False  # an empty cell leaves no trace
    exact: bool = False  # values are guessed from arithmetic, so they must be plain and add up
    spaced: bool = True  # blanks inside a label or a cell do not look like the end of it
