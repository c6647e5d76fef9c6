"""The numbers of organs of one kind and area in one year, against which each of them is held."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import NamedTuple

from gxcrawl.checks.across.model import Peers
from gxcrawl.checks.across.peers import spread_of
from gxcrawl.forms import load_forms
from gxcrawl.store.figures import figures_of, table_of


class Group(NamedTuple):
    code: str
    kind: str
    year: int
    form: str


@cache
def _columns(form: str) -> tuple[tuple[str, str], ...]:
    """Name of a cell and of its column."""
    known = next((known for known in load_forms() if known.id == form), None)
    return tuple((figure.cell, figure.name) for figure in figures_of(known)) if known else ()


def peers_of(connection: sqlite3.Connection, group: Group) -> Peers | None:
    """None when the form has no table of figures."""
    columns = _columns(group.form)
    if not columns:
        return None
    query = (
        f"SELECT {', '.join(name for _, name in columns)} FROM organs"
        " JOIN reports ON reports.organ_key = organs.key AND reports.year = ?"
        f" JOIN {table_of(group.form)} AS figures ON figures.report = reports.id"
        " WHERE organs.code = ? AND organs.kind = ? AND reports.current = 1 AND reports.same_as IS NULL"
        " GROUP BY organs.key"
    )
    rows = connection.execute(query, (group.year, group.code, group.kind))
    cells = [cell for cell, _ in columns]
    return spread_of(
        {cell: value for cell, value in zip(cells, row, strict=True) if value is not None} for row in rows
    )
