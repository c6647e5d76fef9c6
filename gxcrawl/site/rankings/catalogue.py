"""Which league tables there are, from rankings.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

FILE = Path(__file__).with_name("rankings.toml")


class Ranking(NamedTuple):
    """One entry of rankings.toml."""

    id: str
    title: str
    about: str
    kind: Literal["share", "days", "failed"]
    cases: str = ""
    top: tuple[str, ...] = ()
    bottom: tuple[str, ...] = ()


@cache
def rankings() -> Mapping[str, Ranking]:
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["ranking"]
    return {entry["id"]: Ranking(**entry) for entry in entries}
