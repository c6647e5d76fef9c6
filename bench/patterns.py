"""Readings to be told again for others: the numbers of a few organs over their years, and careless wordings.

They are read off samples as in a crawl, so there are as many problems and findings as real checks make.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, NamedTuple

from gxcrawl import read_report, samples
from gxcrawl.samples.layouts import LAYOUT_TABLE
from gxcrawl.samples.organs import draw_organ, draw_title
from gxcrawl.samples.yearly import Author, Twist, report_of
from gxcrawl.show.jsonl import encode, json_line

YEARS = range(2019, 2026)  # the years of the forms that samples have
SERIES = 64
WORDINGS = 128
LAYOUTS = ("html-word", "html-portal")
TWISTS: Mapping[Twist, int] = {"": 84, "spoiled": 12, "unlinked": 4}  # percent
OF_WORDS = ("SEC-", "I-", "N-", "L-")


class Pattern(NamedTuple):
    """The reading of a sample without its words. JSON, but for the form and the printed cells."""

    form: str
    raws: tuple[tuple[str, str], ...]
    cells: str
    problems: str
    findings: str
    passed: int


class Wording(NamedTuple):
    """What is wrong with the words of a sample."""

    organ: str
    findings: str  # JSON


@cache
def series() -> tuple[Mapping[int, Pattern], ...]:
    """Of each organ: year -> its numbers, which go on from year to year."""
    return tuple({year: _pattern(seed, year) for year in YEARS} for seed in range(SERIES))


def _pattern(seed: int, year: int) -> Pattern:
    author, rng = Author(draw_organ(Random(seed)), f"bench {seed}"), Random(f"{seed} {year}")
    twist = rng.choices([*TWISTS], [*TWISTS.values()])[0] if year > YEARS[0] else ""
    draft, _ = report_of(author, year, draw_title(author.organ, year, rng, clean=True), twist)
    reading = _read(LAYOUT_TABLE[LAYOUTS[seed % 2]].render(draft, rng).data)
    return Pattern(
        form=reading["form"],
        raws=tuple((cell["id"], cell["raw"]) for cell in reading["cells"]),
        cells=encode(reading["cells"]),
        problems=encode(reading["problems"]),
        findings=encode([one for one in reading["findings"] if not one["check"].startswith(OF_WORDS)]),
        passed=reading["passed"],
    )


@cache
def wordings() -> tuple[Wording, ...]:
    readings = (
        _read(samples.generate(seed, layout=LAYOUTS[seed % 2], clean=False).data) for seed in range(WORDINGS)
    )
    return tuple(
        Wording(
            reading["organ"] or "",
            encode([one for one in reading["findings"] if one["check"].startswith(OF_WORDS)]),
        )
        for reading in readings
    )


def joined(lists: Iterable[str]) -> str:
    """Lists in JSON as one of them."""
    return f"[{', '.join(inside for one in lists if (inside := one[1:-1]))}]"


def _read(data: bytes) -> dict[str, Any]:
    reading: dict[str, Any] = json.loads(json_line(read_report(data)), parse_float=Decimal)
    return reading
