"""What a cell of the registry's table may hold, and how Excel writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple
from unicodedata import category

from gxcrawl.duties.deadlines import KINDS
from gxcrawl.registry.kinds import LEVELS

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_CODE = re.compile("[0-9]{6,12}")


class Cell(NamedTuple):
    """`wrong`: what is the matter, "" when nothing is. `read`: as it is kept, "" for what is wrong."""

    wrong: Callable[[str], str]
    read: Callable[[str], str]


def escaped(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def unescaped(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def day(cell: str) -> str:
    """Excel makes 2024/1/5 of 2024-01-05."""
    found = _DAY.fullmatch(cell)
    try:
        return date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def _wrong_day(cell: str) -> str:
    return "" if day(cell) else f"{cell!r} is no day; write it like 2024-01-05."


def _wrong_code(cell: str) -> str:
    return (
        "" if _CODE.fullmatch(cell) else f"{cell!r} is no division code; write its 6 digits, such as 230112."
    )


def _wrong_text(cell: str) -> str:
    if any(category(char) == "Cc" for char in cell):
        return f"{cell!r} holds a control character; write it anew."
    return ""


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    return lambda cell: (
        "" if cell in words else f"{cell!r} is not known; it is one of {', '.join(words)}, or empty."
    )


def _as_it_is(cell: str) -> str:
    return cell


CELLS: Mapping[str, Cell] = {
    "key": Cell(_wrong_text, _as_it_is),
    "name": Cell(_wrong_text, _as_it_is),
    "aliases": Cell(_wrong_text, _as_it_is),
    "kind": Cell(_one_of(KINDS), _as_it_is),
    "level": Cell(_one_of(LEVELS), _as_it_is),
    "code": Cell(_wrong_code, _as_it_is),
    "valid_from": Cell(_wrong_day, day),
    "valid_to": Cell(_wrong_day, day),
}
