"""Findings with what people decided about them, and the cells that they rest on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gxcrawl.checks.catalogue import load_checks
from gxcrawl.evidence.model import Decision, EvidenceCell, Finding
from gxcrawl.evidence.reports import cells_of

_FINDINGS = """
SELECT findings.id, "check", result, severity, message, expected, printed, report, other, organ_key, year,
  mark, coalesce(cell_sets.cells, '[]'), evidence
FROM findings LEFT JOIN cell_sets ON cell_sets.id = findings.cells
"""
_ONE = f"{_FINDINGS} WHERE findings.id = ?"
_OF_ALERT = f'{_FINDINGS} WHERE organ_key = ? AND year = ? AND "check" = ? ORDER BY findings.id'
_DECISIONS = "SELECT decision, comment, who, at FROM decisions WHERE mark = ? ORDER BY id"


class Stored(NamedTuple):
    """A row of `findings`."""

    id: int
    check: str
    result: str
    severity: str
    message: str
    expected: str
    printed: str
    report: int | None
    other: int | None
    organ: str | None
    year: int | None
    mark: str
    cells: str
    evidence: str

    @property
    def cells_of_other(self) -> Sequence[str]:
        """Names in the report that was compared; the same ones where the check says nothing else."""
        told = json.loads(self.evidence) if self.evidence else {}
        return [*told.get("cells_before", json.loads(self.cells))]


def stored_finding(connection: sqlite3.Connection, number: int) -> Stored | None:
    row = connection.execute(_ONE, (number,)).fetchone()
    return Stored(*row) if row else None


def findings_behind(
    connection: sqlite3.Connection, organ: str | None, year: int | None, kind: str
) -> list[Stored]:
    """An organ's alert is about one check, one organ and one year."""
    return [Stored(*row) for row in connection.execute(_OF_ALERT, (organ, year, kind))]


def told(connection: sqlite3.Connection, stored: Stored) -> Finding:
    decisions = connection.execute(_DECISIONS, (stored.mark,))
    return Finding(
        stored.id,
        stored.check,
        title_of(stored.check),
        stored.result,
        stored.severity,
        stored.message,
        stored.expected,
        stored.printed,
        stored.report,
        tuple(Decision(*row) for row in decisions),
        tuple(_cells(connection, stored)),
    )


def _cells(connection: sqlite3.Connection, stored: Stored) -> Iterator[EvidenceCell]:
    if stored.report is not None:
        yield from cells_of(connection, stored.report, json.loads(stored.cells))
    if stored.other is not None:
        yield from cells_of(connection, stored.other, stored.cells_of_other)


def title_of(check: str) -> str:
    known = load_checks().get(check)
    return known.title if known else ""
