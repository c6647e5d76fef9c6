"""What a form version is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

ValueType = Literal["count", "signed", "wan_yuan", "money"]
TableKind = Literal["blocks", "matrix", "strip", "sheet"]
Relation = Literal["equal", "at_least"]


class Column(NamedTuple):
    id: str
    label: str
    type: ValueType = "count"
    unit: str = ""
    variants: tuple[str, ...] = ()
    group: str = ""  # the heading above it, such as 法人或其他组织; several levels are parted by /
    group_variants: tuple[str, ...] = ()  # other ways to write the lowest level


class Row(NamedTuple):
    id: str
    label: str
    number: str = ""
    group: str = ""
    variants: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()  # rows for which this single row may stand
    type: ValueType = "count"
    unit: str = ""

    @property
    def numbered(self) -> str:
        """Its label behind its number: 一、… （一）… 1.…"""
        mark = "" if not self.number or self.number.endswith("）") else "." if self.number.isdigit() else "、"
        return self.number + mark + self.label


class Slot(NamedTuple):
    """One number that the form asks for."""

    id: str
    table: str
    row: str
    column: str
    type: ValueType
    optional: bool = False  # only some sheets have it: not listed as missing when it is not there


@dataclass(frozen=True)
class Block:
    """Rows under one heading of columns."""

    heading: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]

    @cached_property
    def column_ids(self) -> tuple[str, ...]:
        return tuple(column.id for column in self.columns)


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    kind: TableKind
    title: str
    blocks: tuple[Block, ...]
    groups: tuple[Row, ...] = ()  # headings of rows that are no rows themselves
    corner: str = ""  # what stands over the rows' labels, and is no column
    heads: Mapping[str, tuple[str, ...]] | None = None  # sheets: role of a column -> how it is headed

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for block in self.blocks for row in block.rows)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column once, in the order of the form."""
        return tuple({column.id: column for block in self.blocks for column in block.columns}.values())


class Identity(NamedTuple):
    """Numbers that must agree: the sum of left equals (or is at least) the sum of right."""

    check: str
    key: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    relation: Relation = "equal"
    confirmed: bool = True


@dataclass(frozen=True)
class Form:
    id: str
    title: str
    notice: str
    first_year: int
    last_year: int | None
    marks: tuple[str, ...]
    tables: tuple[Table, ...]
    identities: tuple[Identity, ...]

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        return {slot.id: slot for table in self.tables for slot in slots_of(table)}

    @cached_property
    def single_rows(self) -> Mapping[str, tuple[str, ...]]:
        """Full name of a row that may stand for several -> the full names of those."""
        return {
            join(table.id, row.id): tuple(join(table.id, other) for other in row.instead_of)
            for table in self.tables
            for row in table.rows
            if row.instead_of
        }

    def due_in(self, year: int) -> bool:
        return self.first_year <= year <= (self.last_year or year)

    def table(self, table_id: str) -> Table:
        return next(table for table in self.tables if table.id == table_id)

    def label(self, cell_id: str) -> str:
        """The Chinese name of a cell: “予以公开”×“自然人”."""
        return self._labels.get(cell_id, cell_id)

    def identities_for(self, printed: Iterable[str]) -> tuple[Identity, ...]:
        """The identities as they stand for the cells that are printed (their names): a single row takes the
        place of those it sums up."""
        names = set(printed)
        identities = self.identities
        for single, parts in self.single_rows.items():
            stands = any(name.rpartition(".")[0] == single for name in names)
            absent = {row.partition(".")[2] for row in (parts if stands else (single,))}
            identities = tuple(item for item in identities if item.key not in absent)
            if stands:
                identities = tuple(_with_single_row(item, single, parts) for item in identities)
        return identities

    @cached_property
    def _labels(self) -> dict[str, str]:
        labels = {}
        for table in self.tables:
            for block in table.blocks:
                for row in block.rows:
                    for column in block.columns:
                        head = column.group + column.label if table.kind == "strip" else column.label
                        names = [name for name in (row.numbered, head.replace("/", "")) if name]
                        labels[cell_id(table, row, column)] = "×".join(f"“{name}”" for name in names)
        return labels


def join(*parts: str) -> str:
    return ".".join(part for part in parts if part)


def cell_id(table: Table, row: Row, column: Column) -> str:
    """Sheets name their rows in full (s.3.received); in other tables the parts are joined."""
    return join(row.id, column.id) if table.kind == "sheet" else join(table.id, row.id, column.id)


def slots_of(table: Table) -> list[Slot]:
    """Every number that a table asks for."""
    return [
        Slot(
            id=cell_id(table, row, column),
            table=table.id,
            row=row.id,
            column=column.id,
            type=row.type if table.kind == "sheet" else column.type,
            optional=bool(row.instead_of) or column.id == "cumulative",
        )
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    ]


def _with_single_row(identity: Identity, single: str, parts: tuple[str, ...]) -> Identity:
    def replaced(terms: tuple[str, ...]) -> tuple[str, ...]:
        result: dict[str, None] = {}
        for term in terms:
            row, _, column = term.rpartition(".")
            result[join(single, column) if row in parts else term] = None
        return tuple(result)

    return identity._replace(left=replaced(identity.left), right=replaced(identity.right))
