"""Findings for people to look through, with what was decided about them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from gxcrawl.model import Severity


class Listed(NamedTuple):
    """A finding with the name that people know."""

    id: int
    severity: Severity
    result: str
    organ: str | None  # key
    name: str
    area: str
    year: int | None
    check: str
    message: str
    url: str
    decision: str | None
    comment: str | None


class Filter(NamedTuple):
    """Which findings are wanted. Empty: whatever it is."""

    organ: str = ""  # key
    area: str = ""
    year: int | None = None
    check: str = ""


# Of the versions that count. What stands at a second address as well is told once.
_LISTED = """
SELECT findings.id, severity, result, findings.organ_key, coalesce(organs.name, findings.organ, ''),
  coalesce(organs.code, ''), findings.year, "check", message, coalesce(reports.url, ''),
  (SELECT decision FROM standing_decisions AS said WHERE said.mark = findings.mark AND decision <> 'comment'),
  (SELECT comment FROM standing_decisions AS said WHERE said.mark = findings.mark AND comment <> ''
    ORDER BY said.id DESC LIMIT 1)
FROM findings
LEFT JOIN organs ON organs.key = findings.organ_key
LEFT JOIN reports ON reports.id = findings.report
WHERE (reports.id IS NULL OR (reports.current = 1 AND reports.same_as IS NULL))
"""
_ORDER = 'ORDER BY organs.code, organs.key, findings.year, "check", findings.id'


def listed(connection: sqlite3.Connection, wanted: Filter) -> Iterator[Listed]:
    """In the order of areas, organs and years."""
    query, values = _LISTED, list[object]()
    for condition, value in (
        ("findings.organ_key = ?", wanted.organ),
        ("lies_in(coalesce(organs.code, ''), ?)", wanted.area),
        ("findings.year = ?", wanted.year),
        ('"check" = ?', wanted.check),
    ):
        if value:
            query += f" AND {condition}"
            values.append(value)
    return (Listed(*row) for row in connection.execute(f"{query} {_ORDER}", values))
