"""The values of coded columns and what they mean, for the table `values` and the codebook."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from gxcrawl.exports.tables import Table, in_two_languages

FILE = Path(__file__).with_name("values.toml")
Row = tuple[str, str, str, str, str]  # table, column, value, Chinese, English


@cache
def coded_columns() -> Mapping[str, Mapping[str, str]]:
    """table.column -> value -> words."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["coded"]
    return {column: entry["values"] for entry in entries for column in entry["columns"]}


def values_of(table: Table) -> Iterator[Row]:
    """Of the coded columns of a table, in the order of its columns."""
    family = "panel" if table.name.startswith("panel_") else table.name
    for column in table.columns:
        for value, words in coded_columns().get(f"{family}.{column.name}", {}).items():
            yield (table.name, column.name, value, *in_two_languages(words))
