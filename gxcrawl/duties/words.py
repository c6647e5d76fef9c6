"""What the statuses of duties and the grounds of dates are called, for people."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("words.toml")
BASES = Path(__file__).with_name("bases.toml")


class StatusWord(NamedTuple):
    """One entry of words.toml."""

    word: str
    letter: str
    meaning: str
    fill: str
    ink: str
    counted: str = ""
    at_least: str = ""

    def with_days(self, days: int | None, due: str, published: str | None) -> str:
        """A day printed behind the due day says how late a report was; our looks say how late at least."""
        if days is None or not self.counted:
            return self.word
        is_exact = published is not None and published > due
        return (self.counted if is_exact or not self.at_least else self.at_least).format(days=days)


@cache
def status_words() -> Mapping[str, StatusWord]:
    """Status -> how it is told, in the order of the file."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {status: StatusWord(**entry) for status, entry in entries.items()}


@cache
def basis_words() -> Mapping[str, str]:
    """What a date of publication rests on -> how it is told."""
    return tomllib.loads(BASES.read_text(encoding="utf-8"))


def depositor(who: str, origin: str) -> str:
    """Who saved a report by hand, and where it is from."""
    return (who or "未注明何人") + (f"，来自{origin}" if origin else "")
