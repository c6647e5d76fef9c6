"""The metadata of Datasette, out of tables.toml, queries.toml, the forms and the descriptions of tables.

No units in it, though Datasette 0.65 has a key for them. It rounds what has one (1.234 k件), and it computes
what readers write into a filter of such a column: 9**9**9 stops the server. Units stand in the descriptions.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gxcrawl.exports.tables import Column, tables
from gxcrawl.forms import load_forms
from gxcrawl.store.descriptions import Description, descriptions
from gxcrawl.store.figures import table_of

FOLDER = Path(__file__).parent
NAME = "gxcrawl"  # Datasette calls a database by the name of its file: gxcrawl.db


class Query(NamedTuple):
    """One entry of queries.toml."""

    name: str
    title: str
    description: str
    sql: str
    params: tuple[str, ...] = ()


def render() -> str:
    """The file datasette-metadata.json."""
    return json.dumps(metadata(), ensure_ascii=False, indent=2) + "\n"


def metadata() -> dict[str, Any]:
    words = _read("database.toml")
    described: dict[str, Any] = {"tables": _tables(), "queries": _queries()}
    return {**words["instance"], "databases": {NAME: {**words["database"], **described}}}


@cache
def queries() -> tuple[Query, ...]:
    raw = _read("queries.toml")
    pieces: Mapping[str, str] = raw["pieces"]
    return tuple(
        Query(
            entry["name"],
            entry["title"],
            " ".join([entry["about"], *(raw["parameters"][name] for name in entry["params"])]),
            _filled(entry["sql"], pieces),
            tuple(entry["params"]),
        )
        for entry in raw["query"]
    )


def _filled(sql: str, pieces: Mapping[str, str]) -> str:
    for name, piece in pieces.items():
        sql = sql.replace(f"<{name}>", piece.strip())
    return sql.strip()


def _queries() -> dict[str, Any]:
    return {
        query.name: {
            "title": query.title,
            "description": query.description,
            "sql": query.sql,
            "params": list(query.params),
            "hide_sql": True,  # the form shows the parameters first; one click shows the query
        }
        for query in queries()
    }


def _tables() -> dict[str, Any]:
    raw = _read("tables.toml")
    units: Mapping[str, str] = raw.pop("units")
    figures = raw.pop("figures")
    told = {name: {**_described(name, about), **raw.pop(name, {})} for name, about in descriptions().items()}
    for form in load_forms():
        told[table_of(form.id)] |= {**figures, "columns": dict(_figures(form.id, units))}
    return told | raw  # what is left are tables of the tools, not of ours


def _described(name: str, about: Description) -> dict[str, Any]:
    return {
        "title": f"{_title(about.about)} {name}",
        "description": about.about,
        "columns": dict(about.columns),
    }


def _title(about: str) -> str:
    """What a description begins with: 门户：爬取的政府网站。"""
    end = min(place for sign in "：；（，。" if (place := about.find(sign)) > 0)
    return about[:end]


def _figures(form: str, units: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "report", descriptions()[table_of(form)].columns["report"]
    for column in tables()[f"panel_{form}"].columns:
        if column.cell:
            yield column.name, _figure(column, units)


def _figure(column: Column, units: Mapping[str, str]) -> str:
    unit = units.get(column.unit, column.unit) or units.get(column.cell.partition(".")[0], "")
    counted = f"，单位：{unit}" if unit else ""
    return f"{column.chinese}{counted}。 {column.english.capitalize()}. {column.cell}"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
