"""One row of plain typed numbers for each report: a table for each form, a column for each cell."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gxcrawl.forms import Form, load_forms
from gxcrawl.model import Number

if TYPE_CHECKING:
    from sqlite_utils import Database

MONEY = ("wan_yuan", "money")


class Figure(NamedTuple):
    """A column of a figures table."""

    name: str
    cell: str
    type: str


def table_of(form: str) -> str:
    return f"figures_{form}"


def figures_of(form: Form) -> tuple[Figure, ...]:
    return tuple(
        Figure(slot.id.replace(".", "_"), slot.id, "REAL" if slot.type in MONEY else "INTEGER")
        for slot in form.slots.values()
    )


def add_figures(db: Database) -> None:
    """Make the tables and columns that are not there yet."""
    for form in load_forms():
        table = table_of(form.id)
        columns = [f"{figure.name} {figure.type}" for figure in figures_of(form)]
        key = "report INTEGER PRIMARY KEY REFERENCES reports (id)"
        db.execute(f"CREATE TABLE IF NOT EXISTS {table} ({', '.join([key, *columns])})")
        there = {row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()}
        for column in columns:
            if column.partition(" ")[0] not in there:
                db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


@cache
def insert_into(form_id: str) -> tuple[str, tuple[str, ...]] | None:
    """The statement that writes one row, and the cells it takes; None for a form that has no table."""
    form = next((form for form in load_forms() if form.id == form_id), None)
    if form is None:
        return None
    figures = figures_of(form)
    names = ", ".join(("report", *(figure.name for figure in figures)))
    marks = ", ".join("?" * (len(figures) + 1))
    statement = f"INSERT INTO {table_of(form_id)} ({names}) VALUES ({marks})"
    return statement, tuple(figure.cell for figure in figures)


def figure_row(cells: tuple[str, ...], values: Mapping[str, Number | None]) -> list[int | float | None]:
    """The numbers in the order of the columns. What was not read is null, never zero."""
    row = map(values.get, cells)
    return [float(value) if isinstance(value, Decimal) else value for value in row]
