"""What readers call severities, from severities.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("severities.toml")


@cache
def severity_words() -> Mapping[str, str]:
    """Severity -> its word, the gravest first."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
