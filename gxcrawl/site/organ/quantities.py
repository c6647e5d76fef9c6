"""The numbers of an organ's years: read, or a word for why there is none. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gxcrawl.exports.readings import Printed
from gxcrawl.exports.series import Quantity, quantities
from gxcrawl.forms import load_form
from gxcrawl.model import Number

FILE = Path(__file__).with_name("words.toml")
SUMMED = ("2019", "2021")  # forms whose rows have the same names
READ = ("ok", "inferred")  # states of cells that have a value
REFUSED = "refused"  # the row whose parts are the reasons


class Row(NamedTuple):
    id: str
    label: str
    quantity: Quantity


class Figure(NamedTuple):
    """A number of one year; without a value its state says why."""

    value: Number | None
    state: str


@cache
def words() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def rows() -> tuple[Row, ...]:
    known = {quantity.id: quantity for quantity in quantities()}
    return tuple(
        Row(
            entry["id"],
            entry["label"],
            known[entry["series"]] if "series" in entry else _sum(entry["id"], entry["sum"]),
        )
        for entry in words()["row"]
    )


@cache
def reasons() -> tuple[Row, ...]:
    """Why information was refused, in the words of the form."""
    labels = {f"t3.{row.id}.total": row.label for row in load_form(SUMMED[-1]).table("t3").rows}
    refused = next(row for row in rows() if row.id == REFUSED)
    cells = refused.quantity.cells[SUMMED[-1]][0]
    return tuple(Row(cell, labels[cell], _sum(cell, [cell])) for cell in cells)


def figure(row: Row, form: str | None, cells: Mapping[str, Printed]) -> Figure:
    if form is None:
        return Figure(None, "no_report")
    ways = row.quantity.cells.get(form)
    if not ways:
        return Figure(None, "no_row")
    value = row.quantity.value(form, {name: cell.value for name, cell in cells.items()})
    parts = [cells[name].state if name in cells else "missing" for name in _printed(ways, cells)]
    if value is None:
        unread = [state for state in parts if state not in READ]
        return Figure(None, "incomplete" if len(unread) < len(parts) else unread[0])
    return Figure(value, "inferred" if "inferred" in parts else "ok")


def _printed(ways: Sequence[Sequence[str]], cells: Mapping[str, Printed]) -> Sequence[str]:
    """The cells of which the quantity is made: of the first way of which anything was read."""
    there = (way for way in ways if any(name in cells and cells[name].value is not None for name in way))
    return next(there, ways[0])


def _sum(name: str, cells: Sequence[str]) -> Quantity:
    return Quantity(name, {form: [cells] for form in SUMMED})
