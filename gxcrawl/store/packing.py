"""The cells of a report in little room, and back.

A report has about two hundred cells. What they hold is stored as one list of numbers; their names and
places, which many reports share, are stored once for all of them; a note is kept only for a cell of which
more is to be said than its number.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from gxcrawl.forms import load_forms
from gxcrawl.model import Number
from gxcrawl.show.jsonl import encode

_NUMBER = re.compile(r"([0-9]{1,9})")
_PLAIN = ("id", "value", "raw", "state", "place")  # what is said of every cell; most have nothing else

CellData = Mapping[str, Any]  # a cell as `gxcrawl parse --jsonl` prints it


class Run(NamedTuple):
    """Cells that follow one another, in places that differ by one number only, which counts up."""

    position: int  # of the first cell
    head: str
    first: int | None  # None: all of them have the place `head`
    tail: str


class Note(NamedTuple):
    position: int
    raw: str | None  # None: the number, or nothing where there is none
    state: str
    note: str | None
    unit: str | None
    candidates: str | None


class Packed(NamedTuple):
    names: list[str]
    places: list[str]
    values: str  # a JSON list; decimals keep their printed digits
    notes: list[Note]


def pack(form: str | None, cells: Iterable[CellData]) -> Packed:
    order = _order(form)
    ordered = sorted(cells, key=lambda cell: order.get(cell["id"], len(order)))
    numbers = [_digits(cell["value"]) for cell in ordered]
    return Packed(
        [cell["id"] for cell in ordered],
        [cell["place"] for cell in ordered],
        f"[{','.join(numbers)}]",
        list(_notes(ordered, numbers)),
    )


def digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def values_of(packed: str) -> list[Number | None]:
    """The numbers of a packed reading, digit by digit as they were printed."""
    values: list[Number | None] = json.loads(packed, parse_float=Decimal)
    return values


@cache
def _order(form: str | None) -> Mapping[str, int]:
    known = next((known for known in load_forms() if known.id == form), None)
    return {cell: position for position, cell in enumerate(known.slots)} if known else {}


def _digits(value: Number | None) -> str:
    """A number of JSON. 1.1900 stays 1.1900."""
    if value is None:
        return "null"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _notes(ordered: Sequence[CellData], numbers: Sequence[str]) -> Iterator[Note]:
    for position, (cell, number) in enumerate(zip(ordered, numbers, strict=True)):
        if cell["raw"] == number and cell["state"] == "ok" and len(cell) == len(_PLAIN) and "." not in number:
            continue  # nearly all cells are plain whole numbers
        if note := _note(position, cell):
            yield note


def _note(position: int, cell: CellData) -> Note | None:
    value, raw, state = cell["value"], cell["raw"], cell["state"]
    plain = raw == "" and state == "blank" if value is None else isinstance(value, int) and raw == str(value)
    more = (cell.get("note"), cell.get("unit"), cell.get("candidates"))
    if plain and state in ("ok", "blank") and more == (None, None, None):
        return None
    same = raw == ("" if value is None else str(value)) and not isinstance(value, Decimal)
    candidates = encode(list(more[2])) if more[2] else None
    return Note(position, None if same else raw, state, more[0], more[1], candidates)


def runs_of(places: Sequence[str]) -> Iterator[Run]:
    """The places as runs, the longest first that begins at each position."""
    split = [_NUMBER.split(place) for place in places]
    start = 0
    while start < len(places):
        slot = _counting(split, start)
        end = start + 1
        while end < len(places) and split[end] == _counted(split[start], slot, end - start):
            end += 1
        parts = split[start]
        if slot is None:
            yield Run(start, places[start], None, "")
        else:
            yield Run(start, "".join(parts[:slot]), int(parts[slot]), "".join(parts[slot + 1 :]))
        start = end


def _counting(split: Sequence[list[str]], start: int) -> int | None:
    """Which number of a place is one more in the next place, when nothing else differs."""
    if start + 1 == len(split) or split[start] == split[start + 1]:
        return None
    for slot in range(1, len(split[start]), 2):
        if split[start][slot][0] != "0" and split[start + 1] == _counted(split[start], slot, 1):
            return slot
    return None


def _counted(parts: list[str], slot: int | None, steps: int) -> list[str]:
    if slot is None:
        return parts
    return [*parts[:slot], str(int(parts[slot]) + steps), *parts[slot + 1 :]]
