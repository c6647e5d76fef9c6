"""The words for weeks and for the reasons of a verdict, from words.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gxcrawl.health.words import class_in_chinese

FILE = Path(__file__).with_name("words.toml")


class WeekWord(NamedTuple):
    letter: str
    word: str


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def week_words() -> Mapping[str, WeekWord]:
    """What a week may be -> its letter and word, the best first."""
    return {name: WeekWord(**entry) for name, entry in _words()["weeks"].items()}


def reason_in_chinese(reason: str) -> str:
    """The reason itself, where it is none that is known."""
    for entry in _words()["reason"]:
        found = re.fullmatch(entry["pattern"], reason)
        if found:
            said = found.groupdict()
            if "leading" in said:
                said["leading"] = class_in_chinese(said["leading"])
            words: str = entry["words"]
            return words.format(**said)
    return reason
