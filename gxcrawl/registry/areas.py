"""The areas whose division codes are known, each with its source."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Area(NamedTuple):
    """A row of areas.csv; the names are its columns."""

    code: str
    name: str
    level: str
    parent: str  # code; "" above a province
    source: str
    as_of: str


@cache
def areas() -> Mapping[str, Area]:
    """By code; an area stands behind the one above it."""
    text = Path(__file__).with_name("areas.csv").read_text(encoding="utf-8")
    return {row["code"]: Area(**row) for row in csv.DictReader(text.splitlines())}


def above(code: str) -> Iterator[Area]:
    """The city and the province of a code, as far as they are known; the code itself need not be."""
    for known in (f"{code[:4]}00", f"{code[:2]}0000"):
        if known != code and known in areas():
            yield areas()[known]


def below(code: str) -> Iterator[Area]:
    return (area for area in areas().values() if area.parent == code)
