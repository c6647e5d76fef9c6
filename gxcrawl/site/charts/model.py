"""What a page says of a chart: its caption, what is to be drawn, and the same numbers as a table. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from gxcrawl.model import Number


class Chart(NamedTuple):
    caption: str
    drawing: Mapping[str, object]  # its `kind` says which function of charts.js draws it
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]  # the first of each is its head
    notes: Sequence[str] = ()

    @property
    def json(self) -> str:
        """For an attribute, where it is escaped like any other text."""
        return json.dumps(self.drawing, ensure_ascii=False, default=_plain)


def _plain(value: object) -> int | float:
    """Money is exact in the table; to draw it, a float is near enough."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} cannot be drawn")
    return float(value)


def told(value: Number | None, nothing: str) -> str:
    return nothing if value is None else str(value)
