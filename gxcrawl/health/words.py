"""Classes of failures and reasons for the end of a list, in words for people."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("words.toml")
FAILED = "failed:"  # before the class, where a list ended with a failure


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def class_in_chinese(failure: str) -> str:
    """The code itself, where it is none that is known."""
    return _words()["classes"].get(failure, failure)


def stop_in_chinese(reason: str) -> str:
    if reason.startswith(FAILED):
        return class_in_chinese(reason.removeprefix(FAILED))
    return _words()["stops"].get(reason, reason)
