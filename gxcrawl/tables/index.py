"""A form's labels, made ready for looking up. Built once for each form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gxcrawl.forms import Block, Form, Row, Table, load_form
from gxcrawl.tables.labels import Entry, LabelIndex
from gxcrawl.tables.writing import label_key


@dataclass(frozen=True)
class RowTarget:
    """Where a row's numbers belong."""

    table: Table
    block: Block
    row: Row

    @property
    def key(self) -> tuple[str, str]:
        return (self.table.id, self.row.id)


@dataclass(frozen=True)
class StripIndex:
    """The heads of a table with one row of numbers: kinds of case, and outcomes under each."""

    table: Table
    groups: LabelIndex  # 行政复议, 未经复议直接起诉, 复议后起诉 -> their id
    outcomes: LabelIndex  # 结果维持 … -> their id
    letters: tuple[frozenset[str], ...]  # the characters of each outcome's official label

    @property
    def block(self) -> Block:
        return self.table.blocks[0]


class FormIndex:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.targets: dict[str, RowTarget] = {}
        entries: list[Entry] = []
        for table in form.tables:
            if table.kind in ("blocks", "matrix"):
                entries += self._row_entries(table)
        self.rows = LabelIndex(entries)
        self.columns = {
            id(block): _column_index(block, table.corner) for table in form.tables for block in table.blocks
        }
        self.strips = tuple(_strip_index(table) for table in form.tables if table.kind == "strip")
        # Labels of rows that are outcomes of cases too.
        self.shared = frozenset(
            key
            for strip in self.strips
            for column in strip.block.columns
            for label in (column.label, *column.variants)
            if self.rows.exact(key := label_key(label))
        )
        self.marks = tuple(label_key(mark) for mark in form.marks)

    def _row_entries(self, table: Table) -> list[Entry]:
        entries = []
        for block in table.blocks:
            for row in block.rows:
                name = f"{table.id}.{row.id}"
                self.targets[name] = RowTarget(table, block, row)
                entries.append(Entry(name, (row.label, *row.variants), row.number))
        # A group's heading is no row, but it must not be taken for one that looks like it.
        entries += [Entry("", (group.label, *group.variants), group.number) for group in table.groups]
        return entries


def _column_index(block: Block, corner: str) -> LabelIndex:
    """The columns, and what else stands in their line so that it is not taken for a column."""
    columns = [Entry(column.id, (column.label, *column.variants)) for column in block.columns]
    others = dict.fromkeys([column.group for column in block.columns] + [corner, block.heading])
    return LabelIndex([*columns, *(Entry("", (other,)) for other in others if other)])


def _strip_index(table: Table) -> StripIndex:
    groups: dict[str, tuple[str, ...]] = {}
    outcomes: dict[str, tuple[str, ...]] = {}
    for column in table.columns:
        group, outcome = column.id.split(".")
        groups[group] = (column.group.split("/")[-1], *column.group_variants)
        outcomes[outcome] = (column.label, *column.variants)
    return StripIndex(
        table,
        LabelIndex(Entry(group, labels) for group, labels in groups.items()),
        LabelIndex(Entry(outcome, labels) for outcome, labels in outcomes.items()),
        tuple(frozenset(labels[0]) for labels in outcomes.values()),
    )


@cache
def form_index(form_id: str) -> FormIndex:
    return FormIndex(load_form(form_id))
