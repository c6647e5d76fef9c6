"""What was not understood, or only by reasoning, as problems with a place."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gxcrawl.forms import Form, Table
from gxcrawl.model import Cell, Document, Grid, Paragraph, Problem
from gxcrawl.problems import problem
from gxcrawl.tables.numbers import is_value
from gxcrawl.tables.pieces import RowReading, Unread
from gxcrawl.tables.writing import label_key, plain

MIN_NUMBERS = 4  # numbers that make a table look like data
SOLVED = "勾稽关系只允许一组数值，已据此还原"
UNSOLVED = "不止一种读法，没有取数"


def table_problems(form: Form, rows: Sequence[RowReading], cells: Mapping[str, Cell]) -> Iterator[Problem]:
    for table in form.tables:
        own = [row for row in rows if row.target.table is table]
        yield from _cut_labels(own)
        yield from _lost_columns(table, own, cells)
        yield from _shifted(table, own)
        yield from _parts(table, own)
        if own and table.kind == "matrix" and not any(row.printed for row in own):
            yield problem("R-ORDER", own[0].place, table=table.title)


def unread_problems(rows: Sequence[RowReading], unread: Sequence[Unread]) -> Iterator[Problem]:
    """Rows of numbers without a name, in tables of which other rows were read."""
    titles = {row.grid.number: row.target.table.title for row in rows}
    for item in unread:
        if item.grid.number in titles:
            label = item.label.strip()[:60] or "（无行名）"
            place = item.tokens[0].place if item.tokens else ""
            yield problem("R-LABEL", place, table=titles[item.grid.number], printed=label)


def extra_tables(grids: Sequence[Grid], used: frozenset[int]) -> Iterator[Problem]:
    """Tables that look like data and belong to no form."""
    for grid in grids:
        if grid.number in used or grid.hidden:
            continue
        cells = [cell for row in grid.rows for cell in row if cell is not None]
        numbers = sum(1 for cell in cells if cell.text and cell.text.isdigit())
        words = next((cell.text.strip() for cell in cells if cell.text and not is_value(cell.text)), "")
        if numbers >= MIN_NUMBERS and words:
            place = grid.place(cells[0])
            yield problem("R-EXTRATABLE", place, rows=len(grid.rows), printed=words[:40])


def absent_tables(form: Form, document: Document, cells: Mapping[str, Cell]) -> Iterator[Problem]:
    """Headings of tables under which no table was read: pictures, or lost. Never zeros."""
    for table in form.tables:
        names = [name for name, slot in form.slots.items() if slot.table == table.id and not slot.optional]
        if any(cells[name].state != "missing" for name in names if name in cells):
            continue
        heading = _heading(table, document)
        if heading is not None:
            yield problem("R-NOTABLE", heading.place, what=f"“{heading.text.strip()[:40]}”")


def _heading(table: Table, document: Document) -> Paragraph | None:
    title = plain(table.title)
    return next(
        (item for item in document.paragraphs if len(item.text) < 60 and title in plain(item.text)), None
    )


def _cut_labels(rows: Sequence[RowReading]) -> Iterator[Problem]:
    for row in rows:
        if row.target.row.label in row.label:
            continue
        key, official = label_key(row.label), label_key(row.target.row.label)
        if 4 <= len(key) < len(official) and official.startswith(key):
            yield problem("R-TRUNC", row.place, printed=row.label.strip(), label=row.target.row.label)


def _lost_columns(table: Table, rows: Sequence[RowReading], cells: Mapping[str, Cell]) -> Iterator[Problem]:
    short = [
        row
        for row in rows
        if row.values is None and len(row.columns) > 2 and _printed(row) < len(row.columns)
    ]
    if not short:
        return
    states = [cells[name].state for row in short for name in _names(row) if name in cells]
    outcome = SOLVED if all(state == "inferred" for state in states) else UNSOLVED
    counts = sorted({_printed(row) for row in short})
    yield problem(
        "R-MISSCOL",
        short[0].place,
        table=table.title,
        rows=len(short),
        printed="、".join(map(str, counts)),
        expected=len(short[0].columns),
        outcome=outcome,
    )


def _shifted(table: Table, rows: Sequence[RowReading]) -> Iterator[Problem]:
    """Rows of the same depth whose values do not begin in the same field."""
    if table.kind != "matrix":
        return
    top = table.groups[0].label if table.groups else ""
    starts: dict[tuple[bool, bool], list[int]] = {}
    for row in rows:
        if row.tokens and row.grid.kind in ("fields", "table"):
            depth = (bool(row.target.row.group), row.target.row.group == top)
            starts.setdefault(depth, []).append(row.tokens[0].cell.column)
    moved = sum(len(some) - Counter(some).most_common(1)[0][1] for some in starts.values())
    if moved:
        first = next(row for row in rows if row.tokens)
        yield problem("R-SHIFT", first.place, table=table.title, rows=moved)


def _parts(table: Table, rows: Sequence[RowReading]) -> Iterator[Problem]:
    """A table in several grids, or with empty lines between its rows."""
    grids = {row.grid.number for row in rows if not row.grid.hidden}
    lines = sorted({place.cell.line for row in rows for place in row.tokens[:1] if row.grid.kind == "fields"})
    one_line_rows = len(lines) == len([row for row in rows if row.tokens]) and _rows_are_lines(rows)
    gaps = [after for before, after in itertools.pairwise(lines) if after - before == 2]
    if len(grids) > 1 and table.kind == "matrix":
        yield problem("R-SPLITTABLE", rows[0].place, table=table.title, parts=len(grids))
    elif gaps and one_line_rows and table.kind == "matrix":
        yield problem("R-SPLITTABLE", f"line {gaps[0]}", table=table.title, parts=len(gaps) + 1)


def _rows_are_lines(rows: Sequence[RowReading]) -> bool:
    return all(len({token.cell.line for token in row.tokens}) <= 1 for row in rows)


def _printed(row: RowReading) -> int:
    return sum(1 for token in row.tokens if token.text)


def _names(row: RowReading) -> list[str]:
    prefix = ".".join(part for part in (row.target.table.id, row.target.row.id) if part)
    return [f"{prefix}.{column}" for column in row.columns]
