"""The catalogue of problems: what a reader may say about its own reading, with the words for it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gxcrawl.model import Problem

PACKAGE = Path(__file__).parent


class ProblemEntry(NamedTuple):
    code: str
    title: str
    message: str  # a template: {name} is filled in by whoever reports the problem
    meaning: str
    example: str


@cache
def problem_entries() -> Mapping[str, ProblemEntry]:
    """Every problem of every reader, by code, in the order of the files."""
    entries: dict[str, ProblemEntry] = {}
    for path in (PACKAGE / "problems.toml", *sorted(PACKAGE.glob("*/problems.toml"))):
        for raw in tomllib.loads(path.read_text(encoding="utf-8"))["problem"]:
            entry = ProblemEntry(**raw)
            if entry.code in entries:
                raise ValueError(f"{path}: the problem {entry.code} is declared twice; keep one of them")
            entries[entry.code] = entry
    return entries


def problem(code: str, place: str = "", **values: object) -> Problem:
    """The problem in words. KeyError: the code, or a value that its message needs, is unknown."""
    return Problem(code, problem_entries()[code].message.format(**values), place)
