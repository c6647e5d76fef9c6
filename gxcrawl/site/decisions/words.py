"""Reads words.toml: what is said to people who decide something."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gxcrawl.store.errors import StoreError

FILE = Path(__file__).with_name("words.toml")


class Words(NamedTuple):
    longest: int
    done: Mapping[str, Mapping[str, str]]  # subject -> act -> sentence
    subjects: Mapping[str, str]
    refused: Mapping[str, str]
    faults: Mapping[str, str]


@cache
def words() -> Words:
    return Words(**tomllib.loads(FILE.read_text(encoding="utf-8")))


def fault_in_chinese(error: StoreError | sqlite3.Error) -> str:
    """What is wrong with the database, without the path that our own sentences name."""
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__
    name = getattr(cause, "sqlite_errorname", None) or ""
    faults = words().faults
    return next((said for known, said in faults.items() if name.startswith(known)), faults["other"])
