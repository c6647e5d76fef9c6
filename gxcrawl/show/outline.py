"""How the tables of a form are laid out for people: which labels stand where, before any number is drawn."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from gxcrawl.forms import Block, Column, Row, Table
from gxcrawl.forms.schema import cell_id

STEP = "  "  # one level of the outline: 一、 then （一） then 1.
SHEET_HEADS = {"": "统计数", "cumulative": "历年累计"}


class Line(NamedTuple):
    label: str
    cells: tuple[str, ...]  # ids; empty for a heading


class Part(NamedTuple):
    """Lines that share their heads."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def parts(table: Table, present: Container[str]) -> list[Part]:
    """The parts of a table that have at least one of the cells that are present."""
    if table.kind == "strip":
        return _strip(table, present)
    found: list[Part] = []
    for block in table.blocks:
        lines = tuple(_lines(table, block, present))
        heads = tuple(_head(table, column) for column in block.columns)
        if found and found[-1].heads == heads:  # 行政许可 and 行政处罚 need their heading but once
            found[-1] = Part(heads, found[-1].lines + lines)
        elif lines:
            found.append(Part(heads, lines))
    return found


def _strip(table: Table, present: Container[str]) -> list[Part]:
    """The one row of a strip, turned into one line for each kind of case."""
    [block] = table.blocks
    [row] = block.rows
    groups = dict.fromkeys(column.group for column in block.columns)
    heads = tuple(dict.fromkeys(column.label for column in block.columns))
    lines = [
        Line(
            group.replace("/", "，"),
            tuple(cell_id(table, row, column) for column in block.columns if column.group == group),
        )
        for group in groups
    ]
    shown = tuple(line for line in lines if any(cell in present for cell in line.cells))
    return [Part(heads, shown)] if shown else []


def _lines(table: Table, block: Block, present: Container[str]) -> Iterator[Line]:
    headings = {group.label: group for group in table.groups}
    for row in block.rows:
        ids = tuple(cell_id(table, row, column) for column in block.columns)
        if not any(cell in present for cell in ids):
            continue
        heading = headings.pop(row.group, None)
        if heading and heading.label != row.label:
            yield Line(_label(heading), ())
        yield Line(_label(row), ids)


def _head(table: Table, column: Column) -> str:
    if table.kind == "sheet":
        return SHEET_HEADS[column.id]
    return column.label + (f"（{column.unit}）" if column.unit else "")


def _label(row: Row) -> str:
    """The label with its number, indented as deep as the style of the number tells."""
    unit = f"（{row.unit}）" if row.unit else ""
    if not row.number:
        return row.label + unit
    if row.number.isdecimal():
        return f"{STEP * 2}{row.number}.{row.label}{unit}"
    if row.number.startswith("（"):
        return f"{STEP}{row.number}{row.label}{unit}"
    return f"{row.number}、{row.label}{unit}"
