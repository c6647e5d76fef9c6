"""The tables of the data package: their columns, and what each of them holds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from gxcrawl.exports.series import Quantity, quantities
from gxcrawl.forms import Form, load_form, load_forms
from gxcrawl.store.descriptions import descriptions
from gxcrawl.store.figures import MONEY, figures_of

Type = Literal["string", "integer", "number", "boolean", "date", "datetime"]

FILE = Path(__file__).with_name("tables.toml")
_TWO_LANGUAGES = re.compile(r"(.*?[。；]) ([A-Za-z0-9].*)", re.S)
_UNITS = {"wan_yuan": "万元", "money": "as printed, see cells.unit"}


class Column(NamedTuple):
    name: str
    type: Type
    chinese: str
    english: str
    unit: str = ""
    form: str = ""
    cell: str = ""


class Table(NamedTuple):
    name: str
    chinese: str
    english: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: Mapping[str, str]  # column -> table.column

    @property
    def heads(self) -> list[str]:
        return [column.name for column in self.columns]


@cache
def tables() -> Mapping[str, Table]:
    """All tables by name, one panel for each form."""
    entries: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    panel, series = entries.pop("panel"), entries.pop("series")
    forms = sorted(load_forms(), key=lambda form: form.first_year)
    made = [
        *(_table(f"panel_{form.id}", panel, tuple(_figures(form)), form=form.id) for form in forms),
        _table("series", series, tuple(_series())),
        *(_table(name, entry) for name, entry in entries.items()),
    ]
    return {table.name: table for table in made}


def _table(name: str, entry: Mapping[str, Any], more: tuple[Column, ...] = (), **words: str) -> Table:
    columns = tuple(_column(column) for column in entry["columns"])
    about = in_two_languages(entry["about"].format(**words))
    return Table(name, *about, columns + more, tuple(entry["key"]), entry.get("references", {}))


def _column(entry: Mapping[str, str]) -> Column:
    about = entry.get("about")
    if about is None:
        table, _, column = entry["from"].partition(".")
        about = descriptions()[table].columns[column]
    kind: Any = entry.get("type", "string")
    return Column(entry["name"], kind, *in_two_languages(about))


def _figures(form: Form) -> Iterator[Column]:
    units = {row.id: row.unit for table in form.tables if table.kind == "sheet" for row in table.rows}
    for figure in figures_of(form):
        slot = form.slots[figure.cell]
        kind: Type = "number" if slot.type in MONEY else "integer"
        unit = units.get(slot.row) or _UNITS.get(slot.type, "")
        label = form.label(figure.cell)
        yield Column(figure.name, kind, label, in_english(figure.cell), unit, form.id, figure.cell)


def _series() -> Iterator[Column]:
    for quantity in quantities():
        forms, cells = " ".join(quantity.cells), "; ".join(_shown(quantity))
        about = (
            quantity.about
            or f"{load_form('2021').label(quantity.id)}。 {in_english(quantity.id).capitalize()}."
        )
        chinese, english = in_two_languages(about)
        yield Column(quantity.column, "integer", chinese, english, "", forms, cells)
        if quantity.breaks:
            name = f"{quantity.column}_segment"
            told = "口径段：同一段内可比。", "How it is counted: comparable within one segment."
            yield Column(name, "string", *told, "", forms, "")


def _shown(quantity: Quantity) -> Iterator[str]:
    for form, choices in quantity.cells.items():
        yield f"{form}: " + " or ".join(" + ".join(cells) for cells in choices)


def in_english(cell: str) -> str:
    """The name of a cell as words: table 3, refused, state secret, natural person."""
    table, *rest = cell.split(".")
    where = "sheet" if table == "s" else f"table {table.removeprefix('t')}"
    return ", ".join([where, *(part.replace("_", " ") for part in rest)])


def in_two_languages(about: str) -> tuple[str, str]:
    """Chinese, then English."""
    found = _TWO_LANGUAGES.fullmatch(about)
    return (found[1], found[2]) if found else (about, about)
