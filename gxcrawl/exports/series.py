"""Quantities that may be joined across forms, and where a series of them breaks. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gxcrawl.model import Number

FILE = Path(__file__).with_name("series.toml")


class Quantity(NamedTuple):
    id: str
    cells: Mapping[str, Sequence[Sequence[str]]]  # form -> lists of cells to add up, the best first
    about: str = ""
    breaks: Sequence[str] = ()

    @property
    def column(self) -> str:
        return self.id.replace(".", "_")

    def value(self, form: str, values: Mapping[str, Number | None]) -> Number | None:
        """The number in a report of this form; null when any part of it was not read."""
        for cells in self.cells.get(form, ()):
            parts = [values.get(cell) for cell in cells]
            if any(part is not None for part in parts):
                return None if None in parts else sum(part for part in parts if part is not None)
        return None

    def segment(self, form: str) -> str:
        """The form since which it is counted as in this one. Forms are named by years, so they sort."""
        first = min(self.cells)
        return max((start for start in (first, *self.breaks) if start <= form), default=first)


@cache
def quantities() -> tuple[Quantity, ...]:
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    same = content["same"]
    return (
        *(Quantity(**entry) for entry in content["series"]),
        *(Quantity(cell, {form: [[cell]] for form in same["forms"]}) for cell in same["cells"]),
    )
