"""The areas whose division codes are known, each with its source; and what lies in which."""

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


# How many digits say which province, city, county, township a place lies in.
_LEVELS = (2, 4, 6, 9)


def lies_in(code: str, area: str) -> bool:
    """An area is all that lies in it: 230100 and 2301 a whole city, 230112 a county with its townships."""
    if not (area.isascii() and area.isdigit()):
        return code == area  # where no code is known a portal stands for its area
    return code.startswith(prefix_of(area))


def prefix_of(area: str) -> str:
    """The digits that count: zeros which stand for a whole level only fill a code up."""
    for digits in reversed(_LEVELS):
        if len(area) > digits and set(area[digits:]) == {"0"}:
            area = area[:digits]
    return area


def areas_above(code: str) -> tuple[str, ...]:
    """The code itself and those of the areas in which it lies, the smallest first; as far as digits tell."""
    if len(code) < 6 or not (code.isascii() and code.isdigit()):
        return (code,)
    township = (code[:9],) if len(code) > 9 else ()
    return tuple(dict.fromkeys((code, *township, code[:6], f"{code[:4]}00", f"{code[:2]}0000")))
