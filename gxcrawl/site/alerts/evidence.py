"""The chain of evidence of one alert, cut into the pieces that the page shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gxcrawl.evidence.chain import chain_of
from gxcrawl.evidence.model import Chain, Finding, Look
from gxcrawl.evidence.records import Archive
from gxcrawl.evidence.telling import Told
from gxcrawl.site.evidence import PAGE, told


class Piece(NamedTuple):
    """One link of the chain: its head, what is shown of it, and what is folded up."""

    head: str
    shown: tuple[Told, ...] = ()
    folded: tuple[Told, ...] = ()
    finding: int | None = None
    report: int | None = None
    look: Look | None = None


class Evidence(NamedTuple):
    findings: tuple[Piece, ...] = ()
    more: int = 0  # findings besides these
    reports: tuple[Piece, ...] = ()
    looks: tuple[Piece, ...] = ()
    runs: tuple[Piece, ...] = ()


def evidence_of(shelf: Archive, number: int) -> Evidence:
    chain = chain_of(shelf, str(number))
    return Evidence(
        tuple(map(_finding, chain.findings[: PAGE.findings])),
        max(len(chain.findings) - PAGE.findings, 0),
        tuple(_piece(Chain(reports=(report,)), report.id) for report in chain.reports),
        tuple(map(_look, chain.looks)),
        tuple(_piece(Chain(runs=(run,))) for run in chain.runs),
    )


def _finding(finding: Finding) -> Piece:
    """Its cells are folded: the sentence names the numbers already."""
    head, *lines = told(Chain(findings=(finding,)))
    cells = [number for number, line in enumerate(lines) if line.cell]
    first = cells[0] if cells else len(lines)
    return Piece(head.text, tuple(lines[:first]), tuple(lines[first:]), finding.id, finding.report)


def _piece(chain: Chain, report: int | None = None) -> Piece:
    head, *lines = told(chain)
    return Piece(head.text, tuple(lines), report=report)


def _look(look: Look) -> Piece:
    """Its lists are folded; faults and what was left unchecked stay in sight."""
    head, *lines = told(Chain(looks=(look,)))
    return Piece(head.text, _in_sight(lines), tuple(lines), look=look)


def _in_sight(lines: Iterable[Told]) -> tuple[Told, ...]:
    return tuple(line for line in lines if line.tone in ("bad", "note"))
