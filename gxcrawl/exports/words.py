"""The words of the spreadsheets, from words.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from gxcrawl.clock import day_of

FILE = Path(__file__).with_name("words.toml")


@cache
def words() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def day_in_chinese(snapshot: str) -> str:
    """The day in China of the newest run."""
    if not snapshot:
        return "＿＿＿＿年＿＿月＿＿日"
    day = day_of(snapshot)
    return f"{day.year}年{day.month}月{day.day}日"
