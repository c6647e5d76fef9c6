"""Reads rules.toml: how messages are sent."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Rules:
    seconds: float
    budget_seconds: float
    wait_minutes: tuple[int, ...]
    alarm: int
    together: int
    keep_days: int
    longest_body: int
    longest_name: int

    def wait(self, attempts: int) -> timedelta:
        """After so many failures in a row."""
        return timedelta(minutes=self.wait_minutes[min(attempts, len(self.wait_minutes)) - 1])


@cache
def rules() -> Rules:
    raw = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))
    return Rules(**raw | {"wait_minutes": tuple(raw["wait_minutes"])})
