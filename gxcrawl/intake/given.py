"""What a person says about the files that they bring."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class RefusedError(ValueError):
    """A sentence that says what to correct. Nothing was changed."""


class File(NamedTuple):
    name: str
    data: bytes


class Given(NamedTuple):
    url: str  # where the report stands, whether or not we can reach it
    seen: date
    organ: str
    year: int
    who: str = ""
    origin: str = ""  # by mail, from a portal that blocks us ...
