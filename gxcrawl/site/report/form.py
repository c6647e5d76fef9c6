"""Draws the tables of a form as the official form has them, heads and labels merged. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from gxcrawl.forms import Block, Form, Row, Table
from gxcrawl.forms.schema import cell_id
from gxcrawl.show.people import TABLE_NUMBERS
from gxcrawl.site.report.words import words

Path = tuple[str, ...]  # what stands over a column or before a row, from the outside in


class Box(NamedTuple):
    """One box of a table: a head, the number of a cell, or a plain text."""

    text: str = ""
    scope: str = ""  # of a head, as HTML calls it
    cell: str = ""  # name of the number
    rows: int = 1
    cols: int = 1


Line = tuple[Box, ...]


class Drawn(NamedTuple):
    """Lines that are heads of all, then groups of lines. Without any: nothing of the table was read."""

    id: str
    title: str
    heads: tuple[Line, ...] = ()
    bodies: tuple[tuple[Line, ...], ...] = ()
    left_out: int = 0  # lines of which nothing is printed

    @property
    def cells(self) -> list[str]:
        return [box.cell for body in self.bodies for line in body for box in line if box.cell]


def drawn(form: Form, seen: Collection[str]) -> list[Drawn]:
    """All tables; `seen`: the names of cells that are printed in the report."""
    return [_drawn(table, seen) for table in form.tables]


def _drawn(table: Table, seen: Collection[str]) -> Drawn:
    title = TABLE_NUMBERS.get(table.id, "") + table.title
    names = {cell_id(table, row, column) for row in table.rows for column in table.columns}
    if names.isdisjoint(seen):
        return Drawn(table.id, title)
    if table.kind == "strip":
        return Drawn(table.id, title, *_strip(table))
    if table.kind == "matrix":
        return Drawn(table.id, title, *_matrix(table, seen))
    if table.kind == "blocks":
        return Drawn(table.id, title, (), _blocks(table))
    return _sheet(table, title, seen)


def _blocks(table: Table) -> tuple[tuple[Line, ...], ...]:
    """One group of lines for each article; its last column is widened where others have more."""
    width = max(len(block.columns) for block in table.blocks)
    return tuple(tuple(_block(table, block, width)) for block in table.blocks)


def _block(table: Table, block: Block, width: int) -> Iterator[Line]:
    rest = width - len(block.columns) + 1
    widths = [1] * (len(block.columns) - 1) + [rest]
    yield (Box(block.heading, "rowgroup", cols=width + 1),)
    heads = (column.label + (f"（单位：{column.unit}）" if column.unit else "") for column in block.columns)
    yield (
        Box(table.corner, "col"),
        *(Box(head, "col", cols=cols) for head, cols in zip(heads, widths, strict=True)),
    )
    for row in block.rows:
        cells = (cell_id(table, row, column) for column in block.columns)
        yield (
            Box(row.label, "row"),
            *(Box(cell=cell, cols=cols) for cell, cols in zip(cells, widths, strict=True)),
        )


def _matrix(table: Table, seen: Collection[str]) -> tuple[tuple[Line, ...], tuple[tuple[Line, ...], ...]]:
    [block] = table.blocks
    rows = _printed_rows(table, block, seen)
    paths = [_row_path(table, row) for row in rows]
    labels = _merged(paths)
    said = words()[table.id]
    heads = _merged([(said["over_columns"], *_column_path(c.group), c.label) for c in block.columns])
    lines = [
        (
            *(Box(p.text, "row", rows=p.length, cols=p.depth) for p in labels if p.start == number),
            *(Box(cell=cell_id(table, row, column)) for column in block.columns),
        )
        for number, row in enumerate(rows)
    ]
    corner = Box(said["corner"], rows=_levels(heads), cols=max(map(len, paths)))
    return _head_lines(heads, corner), (tuple(lines),)


def _printed_rows(table: Table, block: Block, seen: Collection[str]) -> list[Row]:
    """A single row or those for which it may stand, whichever the report prints."""

    def is_printed(row: Row) -> bool:
        return any(cell_id(table, row, column) in seen for column in block.columns)

    single = [row for row in block.rows if row.instead_of]
    stands = {row.id for row in single if is_printed(row)}
    replaced = {other for row in single if row.id in stands for other in row.instead_of}
    return [
        row
        for row in block.rows
        if (not row.instead_of or row.id in stands) and (row.id not in replaced or is_printed(row))
    ]


def _row_path(table: Table, row: Row) -> Path:
    """一、 alone; （一） within 三、; 1. within （三） within 三、."""
    groups = {group.label: group for group in table.groups}
    outermost = table.groups[0]
    if not row.group:
        return (row.numbered,)
    if row.group == outermost.label:
        return outermost.numbered, row.numbered
    return outermost.numbered, groups[row.group].numbered, row.numbered


def _column_path(group: str) -> Path:
    return tuple(group.split("/")) if group else ()


def _strip(table: Table) -> tuple[tuple[Line, ...], tuple[tuple[Line, ...], ...]]:
    [block] = table.blocks
    [row] = block.rows
    heads = _merged([(*_column_path(column.group), column.label) for column in block.columns])
    cells = tuple(Box(cell=cell_id(table, row, column)) for column in block.columns)
    return _head_lines(heads), ((cells,),)


def _sheet(table: Table, title: str, seen: Collection[str]) -> Drawn:
    """The old sheets ask for far more than anybody printed: only what is there is drawn."""
    columns = [c for c in table.columns if any(cell_id(table, row, c) in seen for row in table.rows)]
    rows = [row for row in table.rows if any(cell_id(table, row, c) in seen for c in columns)]
    names = table.heads or {}
    heads = ("indicator", "unit", *("cumulative" if column.id else "value" for column in columns))
    lines = (
        (
            Box(row.label, "row"),
            Box(row.unit),
            *(Box(cell=cell_id(table, row, column)) for column in columns),
        )
        for row in rows
    )
    head = tuple(Box(names[role][0], "col") for role in heads)
    return Drawn(table.id, title, (head,), (tuple(lines),), len(table.rows) - len(rows))


class _Merged(NamedTuple):
    """A head that stands over several columns, or a label before several rows."""

    text: str
    level: int  # 0: the outermost
    start: int  # the first column or row
    length: int
    depth: int  # levels that it takes


def _merged(paths: Sequence[Path]) -> list[_Merged]:
    """Equal neighbours become one; what has no more levels reaches down to the numbers."""
    levels = max(map(len, paths))
    found = []
    for level in range(levels):
        for path, run in groupby(range(len(paths)), key=lambda place: paths[place][: level + 1]):
            places = list(run)
            reaches_down = len(paths[places[0]]) == level + 1
            if len(path) > level:
                depth = levels - level if reaches_down else 1
                found.append(_Merged(path[-1], level, places[0], len(places), depth))
    return found


def _levels(heads: Sequence[_Merged]) -> int:
    return max(head.level for head in heads) + 1


def _head_lines(heads: Sequence[_Merged], *corner: Box) -> tuple[Line, ...]:
    return tuple(
        (
            *(corner if level == 0 else ()),
            *(Box(h.text, "col", rows=h.depth, cols=h.length) for h in heads if h.level == level),
        )
        for level in range(_levels(heads))
    )
