"""Follows an alert or a finding down to the archive."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from gxcrawl.evidence.findings import Stored, findings_behind, stored_finding, title_of, told
from gxcrawl.evidence.looks import latest_runs, look_of
from gxcrawl.evidence.model import Alert, Chain, Look, Report
from gxcrawl.evidence.records import Archive
from gxcrawl.evidence.reports import cells_of, report_of
from gxcrawl.evidence.searches import asked_pages, searches

PAST_RUNS = 5  # of a portal about which the operator is told
_SUBJECT = re.compile(r"([FR]?)(\d{1,15})", re.IGNORECASE)
_ALERT = """
SELECT alerts.id, stream, alerts.kind, coalesce(organs.name, alerts.organ, ''), year,
  coalesce(alerts.portal, ''), severity, state, message, opened_at, seen_at, coalesce(closed_at, ''),
  alerts.organ, evidence
FROM alerts LEFT JOIN organs ON organs.key = alerts.organ WHERE alerts.id = ?
"""


class UnknownError(LookupError):
    """A sentence: there is no such alert, no such finding."""


def chain_of(archive: Archive, subject: str, cells: Sequence[str] = ()) -> Chain:
    """`subject` is the number of an alert (12), of a finding (F34), or of a report (R20) with its cells."""
    found = _SUBJECT.fullmatch(subject.strip())
    if found is None:
        known = "of an alert (12), none of a finding (F34) and none of a report (R20)"
        raise UnknownError(f"{subject!r} is no number {known}")
    kind, number = found[1].upper(), int(found[2])
    if kind == "R":
        return _of_report(archive, number, cells)
    if cells:
        raise UnknownError(f"cells are those of a report: name it as R20, and {cells[0]!r} behind it")
    return _of_finding(archive, number) if kind else _of_alert(archive, number)


def _of_report(archive: Archive, number: int, names: Sequence[str]) -> Chain:
    report = report_of(archive, number)
    if report is None:
        raise UnknownError(f"there is no report R{number}; the column `report` of an export has them")
    cells = cells_of(archive.connection, number, names)
    if lost := set(names) - {cell.id for cell in cells}:
        advice = "`gxcrawl export --what cells` lists its cells"
        raise UnknownError(f"the report R{number} has no cell {', '.join(sorted(lost))}; {advice}")
    return Chain(reports=(report,), cells=cells)


def _of_alert(archive: Archive, number: int) -> Chain:
    row = archive.connection.execute(_ALERT, (number,)).fetchone()
    if row is None:
        raise UnknownError(f"there is no alert {number}; `gxcrawl alerts` lists them. F{number} is a finding")
    *facts, organ, evidence = row
    alert = Alert._make((*facts[:3], title_of(facts[2]), *facts[3:]))
    findings = findings_behind(archive.connection, organ, alert.year, alert.kind)
    runs = latest_runs(archive.connection, alert.portal, PAST_RUNS) if alert.stream == "crawler" else ()
    return Chain(
        alert,
        tuple(told(archive.connection, finding) for finding in findings),
        tuple(_reports(archive, findings, evidence)),
        tuple(_looks(archive, alert.kind, findings, (organ, alert.year), evidence)),
        runs,
    )


def _of_finding(archive: Archive, number: int) -> Chain:
    finding = stored_finding(archive.connection, number)
    if finding is None:
        raise UnknownError(f"there is no finding F{number}; a later check may have replaced it")
    about = (finding.organ, finding.year)
    return Chain(
        None,
        (told(archive.connection, finding),),
        tuple(_reports(archive, [finding], "")),
        tuple(_looks(archive, finding.check, [finding], about, "")),
    )


def _reports(archive: Archive, findings: Sequence[Stored], evidence: str) -> Iterator[Report]:
    """Each report once, in the order in which they are named."""
    named = [number for finding in findings for number in (finding.report, finding.other)]
    named.append((json.loads(evidence) if evidence else {}).get("report"))
    for number in dict.fromkeys(named):
        if number is not None and (report := report_of(archive, number)):
            yield report


def _looks(
    archive: Archive,
    check: str,
    findings: Sequence[Stored],
    about: tuple[str | None, int | None],
    evidence: str,
) -> Iterator[Look]:
    """Each with its answers to those who asked for the page that is gone."""
    for run in searches(archive.connection, check, findings, about, evidence):
        asked = asked_pages(archive.connection, run, *about) if check == "P-GONE" else []
        if look := look_of(archive, run, asked):
            yield look
