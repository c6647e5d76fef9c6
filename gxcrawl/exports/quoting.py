"""The cells that a finding rests on, as a clerk is told of them: a few, each with words and place. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from gxcrawl.exports.readings import Printed
from gxcrawl.exports.text import readable
from gxcrawl.forms import load_forms
from gxcrawl.show.chinese import place_in_chinese

MOST = 5  # that are quoted
LONGEST_RAW = 200  # characters of one


class Quote(NamedTuple):
    cell: str
    text: str  # its name and what is printed in it
    place: str
    is_zero: bool


def quotes_of(form: str | None, cells: Sequence[Printed]) -> tuple[Quote, ...]:
    known = next((known for known in load_forms() if known.id == form), None)
    label: Callable[[str], str] = known.label if known else str
    return tuple(
        Quote(
            cell.id,
            f"{label(cell.id)}：{readable(cell.raw, LONGEST_RAW) or '（空白）'}",
            place_in_chinese(cell.place, cell.id),
            cell.value == 0,
        )
        for cell in cells
    )


def texts(quotes: Sequence[Quote]) -> str:
    return "；".join(quote.text for quote in _few(quotes)) + _and_more(quotes)


def places(quotes: Sequence[Quote]) -> str:
    return "；".join(filter(None, (quote.place for quote in _few(quotes))))


def _few(quotes: Sequence[Quote]) -> Sequence[Quote]:
    """The first and the last, which is the sum of the others; zeros only where there is room for all."""
    if len(quotes) <= MOST:
        return quotes
    telling = [quote for quote in quotes[:-1] if not quote.is_zero]
    return [*telling[: MOST - 1], quotes[-1]]


def _and_more(quotes: Sequence[Quote]) -> str:
    return f"……共{len(quotes)}格" if len(quotes) > MOST else ""
