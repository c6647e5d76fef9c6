"""Reads rules.toml and advice.toml: what becomes an alert, and in which words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from gxcrawl.alerts.model import Stream
from gxcrawl.model import Severity

FOLDER = Path(__file__).parent


class Rule(NamedTuple):
    """How alerts of one check are dealt with."""

    rests_on: Literal["duty", "portal", "report"]
    news: Literal["", "always", "version"] = ""
    lasts: bool = False


class Words(NamedTuple):
    stream: Stream
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Rules:
    checks: Mapping[str, Rule]
    words: Mapping[str, str]
    own: Mapping[str, Words]  # alerts that are about us, and the summary of a portal
    undecided: frozenset[str]
    unnamed: str
    unhealthy_runs: int
    message_length: int
    evidence_length: int


@cache
def rules() -> Rules:
    raw = tomllib.loads(FOLDER.joinpath("rules.toml").read_text(encoding="utf-8"))
    checks = {
        code: Rule(**{name: value for name, value in entry.items() if name != "checks"})
        for entry in raw["check"]
        for code in entry["checks"]
    }
    own = {kind: Words(**words) for kind, words in raw["own"].items()}
    return Rules(
        checks,
        raw["words"],
        own,
        frozenset(raw["undecided"]),
        raw["unnamed"],
        raw["unhealthy_runs"],
        raw["message_length"],
        raw["evidence_length"],
    )


@cache
def advice() -> Mapping[str, str]:
    """Class of a failure -> what to do, in Chinese."""
    text = FOLDER.joinpath("advice.toml").read_text(encoding="utf-8")
    found: Mapping[str, str] = tomllib.loads(text)["advice"]
    return found
