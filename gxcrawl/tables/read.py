"""Document -> Tables."""

from __future__ import annotations

from typing import NamedTuple

from gxcrawl.forms import load_form, load_forms
from gxcrawl.forms.schema import join
from gxcrawl.model import Document, Grid, Paragraph, Problem, Tables
from gxcrawl.problems import problem
from gxcrawl.tables.build import build_cells
from gxcrawl.tables.explicit import ExplicitReader
from gxcrawl.tables.index import FormIndex, form_index
from gxcrawl.tables.merge import merge_rows
from gxcrawl.tables.nameless import name_by_order
from gxcrawl.tables.names import RowNames
from gxcrawl.tables.pieces import RowReading, Unread
from gxcrawl.tables.ragged import RaggedReader
from gxcrawl.tables.recognise import recognise
from gxcrawl.tables.sheet import read_sheets
from gxcrawl.tables.strip import StripReading
from gxcrawl.tables.strips import strip_rows
from gxcrawl.tables.trouble import absent_tables, extra_tables, table_problems, unread_problems

CONTEXT = 3  # paragraphs before a table that may name it


def read_tables(document: Document) -> Tables:
    """Read every cell of the form that the document's tables have."""
    grids = document.grids
    form_id, also = recognise(grids)
    if form_id is None:
        newest = load_forms()[0]
        problems = [*extra_tables(grids, frozenset()), *absent_tables(newest, document, {})]
        return Tables(None, {}, tuple(problems))
    form = load_form(form_id)
    if any(table.kind == "sheet" for table in form.tables):
        return read_sheets(form, grids)
    found = _read_grids(document, form_index(form_id))
    named = name_by_order(found.readings, found.unread)
    merged = merge_rows(form, [*found.readings, *named, *strip_rows(found.strips)])
    identities = form.identities_for(f"{table}.{row}.total" for table, row in merged.rows)
    cells = build_cells(form, identities, merged)
    share = cells.share()
    cells.fill_missing()
    rows = list(merged.rows.values())
    used = frozenset(
        [item.grid.number for item in found.readings] + [item.grid.number for item in found.strips]
    )
    left = [item for item in found.unread if not any(item.tokens is row.tokens for row in named)]
    problems = [
        *(_mixed(form_id, also) if also else ()),
        *merged.problems,
        *table_problems(form, rows, cells.all),
        *cells.problems,
        *found.problems,
        *unread_problems(rows, left),
        *extra_tables(grids, used),
        *absent_tables(form, document, cells.all),
    ]
    return Tables(form_id, cells.all, tuple(problems), used, _labels(rows), share)


def _labels(rows: list[RowReading]) -> dict[str, str]:
    """Every row's and column's name as printed, by its own name."""
    labels: dict[str, str] = {}
    headed: set[int] = set()
    for row in rows:
        if id(row.target.block) not in headed and row.printed:
            headed.add(id(row.target.block))
            for column, text in row.printed.items():
                labels.setdefault(join(row.target.table.id, column), text)
        if row.label:
            labels[join(row.target.table.id, row.target.row.id)] = row.label
    return labels


class _Found(NamedTuple):
    readings: list[RowReading]
    strips: list[StripReading]
    unread: list[Unread]
    problems: list[Problem]


def _read_grids(document: Document, index: FormIndex) -> _Found:
    """Every grid with the reader for its kind; both see the grids in the order of the document."""
    names = RowNames(index)
    explicit, ragged = ExplicitReader(index, names), RaggedReader(index, names)
    before: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            before = [block.text, *before[: CONTEXT - 1]]
            continue
        if block.kind == "table" and _is_rectangular(block):
            explicit.read(block, before)
        else:
            ragged.read(block, before)
        before = []
    return _Found(
        explicit.readings + ragged.readings,
        explicit.strips + ragged.strips,
        explicit.unread + ragged.unread,
        explicit.problems,
    )


def _is_rectangular(grid: Grid) -> bool:
    """Text tables whose lines differ in length have lost their spans: only the order is left."""
    return len({len(row) for row in grid.rows}) == 1


def _mixed(form_id: str, also: list[str]) -> list[Problem]:
    others = "、".join(also)
    return [problem("R-FORM", "", forms=others, outcome=f"相符之处最多的是{form_id}年表式，按它读取")]
