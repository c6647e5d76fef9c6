"""Tells the type of an organ from the end of its name."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def _types() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = tomllib.loads((Path(__file__).parent / "organs.toml").read_text(encoding="utf-8"))
    return tuple((entry["id"], re.compile(entry["pattern"])) for entry in raw["type"])


def organ_type(name: str) -> str:
    """The id of the type, empty for an unknown organ."""
    bare = name.strip()
    return next((kind for kind, pattern in _types() if pattern.search(bare)), "")
