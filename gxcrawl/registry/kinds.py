"""Of what kind an organ is, told from its name, and on which level it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from re import Pattern

from gxcrawl.checks.organs import organ_type
from gxcrawl.registry.names import GOVERNMENT

LEVELS = ("province", "city", "county", "township")
IN_TOWNSHIPS = ("town", "township", "subdistrict")


def kind_of(core: str) -> str:
    """One of KINDS, for a name without its area."""
    if core == GOVERNMENT:
        return "government"
    endings, types = _table()
    told = next((kind for kind, pattern in endings if pattern.search(core)), "")
    return told or types.get(organ_type(core), "other")


def level_of(code: str, kind: str) -> str:
    """One of LEVELS; "" where neither the kind nor a division code tells."""
    if kind in IN_TOWNSHIPS:
        return "township"
    if len(code) < 6 or not code.isdecimal():
        return ""
    if code[6:].strip("0"):
        return "township"
    if code[2:6] == "0000":
        return "province"
    return "city" if code[4:6] == "00" else "county"


@cache
def _table() -> tuple[tuple[tuple[str, Pattern[str]], ...], Mapping[str, str]]:
    raw = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))
    endings = tuple(
        (entry["kind"], re.compile("|".join(f"(?:{pattern})" for pattern in entry["patterns"])))
        for entry in raw["ending"]
    )
    return endings, raw["types"]
