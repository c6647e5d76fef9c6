"""The findings on a report, the certain ones apart from the others, and which cells each of them rests on."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gxcrawl.checks.catalogue import load_checks
from gxcrawl.checks.severities import severity_words
from gxcrawl.checks.slips import without_slip
from gxcrawl.evidence.findings import title_of
from gxcrawl.show.chinese import place_in_chinese
from gxcrawl.site.told import CARRIED_IN, CARRY, DECISION

MOST = 300  # findings on a page

_FINDINGS = f"""
SELECT findings.id, "check", result, severity, message, printed, expected, place,
  coalesce(cell_sets.cells, '[]'), report, other,
  {DECISION},
  (SELECT comment FROM standing_decisions AS said WHERE said.mark = findings.mark AND comment <> ''
    ORDER BY said.id DESC LIMIT 1)
FROM findings LEFT JOIN cell_sets ON cell_sets.id = findings.cells
"""
_OF_REPORT = (
    f"{_FINDINGS} WHERE report = ? AND result IN ('fail', 'uncertain') ORDER BY findings.id LIMIT {MOST}"
)
_ABOUT_OTHERS = f"{_FINDINGS} WHERE other = ? AND result = 'fail' ORDER BY findings.id LIMIT {MOST}"


class Finding(NamedTuple):
    id: int
    check: str
    result: str
    severity: str
    message: str
    slip: str  # of the pen, that may explain it
    compared: tuple[str, ...]  # what is held against each other, each behind its name
    place: str  # in words
    cells: tuple[str, ...]
    report: int | None
    other: int | None
    decision: str | None
    comment: str | None

    @property
    def title(self) -> str:
        return title_of(self.check) or self.check


class Findings(NamedTuple):
    """The gravest first. What somebody dismissed is neither certain nor uncertain any more."""

    failed: tuple[Finding, ...]
    uncertain: tuple[Finding, ...]
    dismissed: tuple[Finding, ...]
    of_others: tuple[Finding, ...]  # on other reports, that were held against this one

    @property
    def marks(self) -> Mapping[str, Sequence[tuple[int, Finding]]]:
        """Name of a cell -> the failed findings that rest on it, with their numbers on the page."""
        marks: defaultdict[str, list[tuple[int, Finding]]] = defaultdict(list)
        for place, finding in enumerate(self.failed, 1):
            for cell in finding.cells:
                marks[cell].append((place, finding))
        return marks

    @property
    def on_carried(self) -> Finding | None:
        """The standing one that holds the total carried in against the year before; it knows all excuses."""
        standing = (*self.failed, *self.uncertain)
        return next((one for one in standing if one.check == CARRY and CARRIED_IN in one.cells), None)


def findings_of(connection: sqlite3.Connection, report: int) -> Findings:
    found = sorted((_finding(row) for row in connection.execute(_OF_REPORT, (report,))), key=_weight)
    standing = [finding for finding in found if finding.decision != "dismissed"]
    others = (_finding(row) for row in connection.execute(_ABOUT_OTHERS, (report,)))
    return Findings(
        tuple(finding for finding in standing if finding.result == "fail"),
        tuple(finding for finding in standing if finding.result != "fail"),
        tuple(finding for finding in found if finding.decision == "dismissed"),
        tuple(finding for finding in others if finding.report != report and finding.decision != "dismissed"),
    )


def _finding(row: tuple[object, ...]) -> Finding:
    number, check, result, severity, message, printed, expected, place, cells, *rest = row
    known = load_checks().get(str(check))
    said, slip = without_slip(str(message))
    compared = known.compared(str(printed), str(expected)) if known else ()
    names = tuple(json.loads(str(cells)))
    about = (said, slip, compared, place_in_chinese(str(place), names[0] if names else ""), names)
    return Finding._make((number, check, result, severity, *about, *rest))


def _weight(finding: Finding) -> int:
    order = list(severity_words())
    return order.index(finding.severity) if finding.severity in order else len(order)
