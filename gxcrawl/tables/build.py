"""From rows of printed values to the cells of the form."""

from __future__ import annotations

from collections.abc import Sequence

from gxcrawl.forms import Form, Identity
from gxcrawl.tables.cells import Cells
from gxcrawl.tables.doubt import wrong_head
from gxcrawl.tables.merge import Merged
from gxcrawl.tables.padding import padding_of, without_padding
from gxcrawl.tables.reasoning import Reasoner
from gxcrawl.tables.sums import Sums


def build_cells(form: Form, identities: Sequence[Identity], merged: Merged) -> Cells:
    """Every cell that has a place; the rest of the form is not in it yet."""
    cells, sums = Cells(form), Sums(identities)
    reasoner = Reasoner(cells, sums)
    rows = list(merged.rows.values())
    full = [row for row in rows if row.values is None and row.is_full]
    complete = {
        row.target.table.id for row in rows if row.values is not None or (row.explicit and row.is_full)
    }
    paddings = {
        table.id: padding_of([row for row in rows if row.target.table is table]) for table in form.tables
    }
    doubted = _under_wrong_heads(form, merged, sums, cells)
    for key, reading in merged.rows.items():
        if id(reading) in doubted:
            cells.leave_open(reading)
        elif key in merged.conflicting:
            cells.conflict(merged.conflicting[key])
        elif reading.values is not None:
            cells.place(reading, reading.values, sure=True)
        else:
            trimmed = reading._replace(tokens=tuple(without_padding(reading, paddings[key[0]])))
            reasoner.place(trimmed, full, complete=trimmed.explicit and key[0] in complete)
    reasoner.settle()
    return cells


def _under_wrong_heads(form: Form, merged: Merged, sums: Sums, cells: Cells) -> set[int]:
    """The rows under a head that the numbers contradict."""
    doubted: set[int] = set()
    for table in form.tables:
        found = wrong_head([row for row in merged.rows.values() if row.target.table is table], sums)
        if found is not None:
            doubted |= {id(row) for row in found.rows}
            cells.complain("R-HEAD", found.rows[0].place, table=table.title, rows=found.broken)
    return doubted
