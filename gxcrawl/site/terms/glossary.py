"""The terms and checks in the order in which a reader is told them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gxcrawl.checks.catalogue import FOLDER, Check, load_checks

FILE = Path(__file__).with_name("words.toml")


class Terms(NamedTuple):
    title: str
    anchor: str
    terms: Mapping[str, str]


class Checks(NamedTuple):
    title: str
    checks: Sequence[Check]


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def parts() -> tuple[Terms, ...]:
    return tuple(Terms(**part) for part in _words()["part"])


@cache
def groups() -> tuple[Checks, ...]:
    """Every check that is made, once."""
    return tuple(
        Checks(group["title"], [check for name in group["files"] for check in _of_file(name)])
        for group in _words()["checks"]
    )


def left_out() -> list[Check]:
    return [check for check in load_checks().values() if check.left_out]


def _of_file(name: str) -> list[Check]:
    entries = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["check"]
    found = (load_checks()[entry["code"]] for entry in entries)
    return [check for check in found if not check.left_out]
