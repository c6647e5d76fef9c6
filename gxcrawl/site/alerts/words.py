"""Reads words.toml, and says what the kind of an alert means."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gxcrawl.alerts.model import STATES
from gxcrawl.alerts.rules import rules
from gxcrawl.checks.catalogue import load_checks
from gxcrawl.evidence.telling import word

FILE = Path(__file__).with_name("words.toml")


class Kind(NamedTuple):
    """What an alert is about: a check of the catalogue, or something that we see of ourselves."""

    code: str
    title: str
    meaning: str = ""
    example: str = ""


class Words(NamedTuple):
    streams: Mapping[str, str]
    shown: Mapping[str, str]
    floors: Mapping[str, str]
    meanings: Mapping[str, str]
    events: Mapping[str, str]
    own: Mapping[str, Mapping[str, str]]


@cache
def words() -> Words:
    return Words(**tomllib.loads(FILE.read_text(encoding="utf-8")))


@cache
def state_words() -> Mapping[str, str]:
    return {state: word("states", state) for state in STATES}


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind that can become an alert, those of checks first."""
    checks = load_checks()
    of_checks = [
        Kind(code, checks[code].title, checks[code].meaning, checks[code].example) for code in rules().checks
    ]
    own = [Kind(code, **words().own[code]) for code in rules().own]
    return {kind.code: kind for kind in [*of_checks, *own]}


def kind_of(code: str) -> Kind:
    """One that this version does not know any more has at least its code."""
    return kinds().get(code) or Kind(code, code)
