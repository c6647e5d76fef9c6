"""Whether a page that is known already is asked again in this run."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from gxcrawl.bundle.model import Known


@dataclass(frozen=True, slots=True)
class Policy:
    recent_years: int
    often_days: int
    seldom_days: int
    missing_again: bool


@cache
def policy() -> Policy:
    return Policy(**tomllib.loads(Path(__file__).with_name("policy.toml").read_text(encoding="utf-8")))


def is_due(known: Known, today: date, rules: Policy) -> bool:
    if not known.last_asked or (known.misses and rules.missing_again):
        return True
    recent = known.year is None or known.year >= today.year - rules.recent_years
    asked = datetime.fromisoformat(known.last_asked).date()
    return (today - asked).days >= (rules.often_days if recent else rules.seldom_days)
