"""Rows, columns and tables of the form that are not there.

We may have lost them ourselves. So a row is called absent only when the reading went without trouble and the
rows before and after it are printed next to each other, with no room between them; a column likewise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.places import by_table, describe
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import PASS, Verdict, unless

_PLACE = re.compile(r"(?P<table>table \d+ row|line) (?P<line>\d+) (?:column|field) (?P<column>\d+)")
Spot = tuple[Any, int]  # what something stands in, and how far from its beginning


def rows(check: Check, subject: Subject) -> Verdict:
    """What the form has and the report has not."""
    if not subject.cells.missing and not subject.single_rows:
        return PASS
    findings = []
    missing = [cell for cell in subject.cells.missing if not _single_row_stands_for(cell, subject)]
    trouble = any(problem.code not in check.parameters["harmless"] for problem in subject.report.problems)
    for table, cells in by_table(missing).items():
        title = subject.table_title(table)
        if len(cells) == subject.size(table):
            findings.append(check.finding("table", table=title))
            continue
        outcome = "rows" if not trouble and _left_out(table, frozenset(cells), subject) else "suspect"
        findings.append(
            check.finding(outcome, cells=tuple(cells), table=title, places=describe(cells, subject))
        )
    for row, parts in subject.single_rows.items():
        label = subject.label(f"{row}.total").partition("×")[0]
        findings.append(check.finding("single_row", cells=(f"{row}.total",), row=label, count=len(parts)))
    return unless(findings)


def _single_row_stands_for(cell: str, subject: Subject) -> bool:
    row = cell.rpartition(".")[0]
    return any(row in parts for parts in subject.single_rows.values())


def _left_out(table: str, missing: frozenset[str], subject: Subject) -> bool:
    """Do the missing cells make up whole rows and columns that the print leaves no room for?"""
    lines = _lines(table, subject)
    read = {row: cells for row, cells in lines.items() if not missing.issuperset(cells.values())}
    kept = {column for cells in read.values() for column, cell in cells.items() if cell not in missing}
    if any(cells[column] in missing for cells in read.values() for column in kept & cells.keys()):
        return False  # single cells are missing
    spots = {
        row: {column: _spot(cells[column], subject) for column in kept & cells.keys()}
        for row, cells in read.items()
    }
    starts = {row: _start(places.values()) for row, places in spots.items()}
    return _no_room(lines, starts) and all(_no_room(read[row], spots[row]) for row in read)


def _lines(table: str, subject: Subject) -> dict[str, dict[str, str]]:
    """Row -> column -> cell, in the order of the form."""
    if subject.form is None:
        return {}
    lines: dict[str, dict[str, str]] = {row.id: {} for row in subject.form.table(table).rows}
    for slot in subject.form.slots.values():
        if slot.table == table and slot.id in subject.report.cells:
            lines[slot.row][slot.column] = slot.id
    return {row: cells for row, cells in lines.items() if cells}


def _spot(cell: str, subject: Subject) -> Spot | None:
    """The printed line that a cell stands in, and where in it."""
    found = _PLACE.match(subject.report.cells[cell].place)
    return ((found["table"], int(found["line"])), int(found["column"])) if found else None


def _start(spots: Iterable[Spot | None]) -> Spot | None:
    """The grid or text that a row stands in, and its line there; None when it has not just one line."""
    lines = {spot[0] if spot else None for spot in spots}
    return lines.pop() if len(lines) == 1 else None


def _no_room(order: Iterable[str], spots: Mapping[str, Spot | None]) -> bool:
    """Wherever something is missing, do its neighbours follow upon each other?"""
    before: Spot | None = None
    gap = False
    for name in order:
        if name not in spots:
            gap = True
            continue
        spot = spots[name]
        if gap and not (before and spot and before[0] == spot[0] and before[1] + 1 == spot[1]):
            return False
        before, gap = spot, False
    return not gap
