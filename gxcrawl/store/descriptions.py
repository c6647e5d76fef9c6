"""What every table and column of the main database holds, for people."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from gxcrawl.forms import Form, load_forms
from gxcrawl.store.figures import figures_of, table_of


class Description(NamedTuple):
    about: str
    columns: Mapping[str, str]


@cache
def descriptions() -> Mapping[str, Description]:
    """Table or view -> what it holds. The figures tables are described by their forms."""
    text = (files("gxcrawl.store") / "descriptions.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(text)
    figures = tables.pop("figures")
    told = {name: Description(columns.pop("about"), columns) for name, columns in tables.items()}
    return told | {table_of(form.id): _figures(form, figures) for form in load_forms()}


def _figures(form: Form, words: Mapping[str, str]) -> Description:
    columns = {figure.name: f"{form.label(figure.cell)} {figure.cell}" for figure in figures_of(form)}
    return Description(words["about"].format(form=form.id), {"report": words["report"], **columns})
