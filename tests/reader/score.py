"""Holds what was read from a generated report against what is truly in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from gxcrawl.model import Finding, Report
from gxcrawl.samples import Planted, Sample

ARITHMETIC = ("T3-BAL", "T3-COL", "T3-ROW", "T4-SUM")


@dataclass
class Score:
    """Counts for one layout; `faults` says in words what must never be."""

    reports: int = 0
    cells: int = 0
    right: int = 0
    left_open: int = 0
    unknowable: int = 0  # the layout destroyed them; nothing may be read, or the truth
    filled: int = 0  # cells with another number than zero
    filled_right: int = 0
    planted: int = 0
    planted_found: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, sample: Sample, report: Report) -> None:
        self.reports += 1
        self._cells(sample, report)
        self._arithmetic(sample, report)
        if sample.clean:
            errors = [finding for finding in report.findings if finding.severity == "error"]
            self.faults += [f"{sample.name}: clean, but {_named(finding)}" for finding in errors]

    def _cells(self, sample: Sample, report: Report) -> None:
        for name, truth in sample.cells.items():
            cell = report.cells.get(name)
            value = cell.value if cell is not None else None
            if name in sample.unknowable and value is None:
                self.unknowable += 1
                continue
            self.cells += 1
            self.right += value == truth
            self.left_open += value is None and truth is not None
            if truth:
                self.filled += 1
                self.filled_right += value == truth
            if value is not None and value != truth:
                kind = "blank turned into" if truth is None else f"{truth} read as"
                self.faults.append(f"{sample.name}: {name}: {kind} {value} ({cell})")

    def _arithmetic(self, sample: Sample, report: Report) -> None:
        alarms = [item for item in report.findings if item.check in ARITHMETIC and item.result == "fail"]
        unread = {name for planted in sample.planted for name in planted.cells if _is_open(report, name)}
        for planted in sample.planted:
            self.planted += 1
            found = any(_is_about(alarm, planted) for alarm in alarms)
            self.planted_found += found
            if not found and not unread & planted.cells:
                self.faults.append(f"{sample.name}: {planted.check} overlooked")
        for alarm in alarms:
            if not any(_is_about(alarm, planted) for planted in sample.planted):
                self.faults.append(f"{sample.name}: false alarm: {_named(alarm)}")

    def line(self, layout: str) -> str:
        return (
            f"{layout:26} {self.reports:4} reports  {self.right:6}/{self.cells:6} right"
            f"  {self.filled_right:6}/{self.filled:6} of those not zero  {self.left_open:4} left open"
            f"  {self.unknowable:4} unknowable  {self.planted_found:4}/{self.planted:4} planted errors found"
            f"  {len(self.faults):3} faults"
        )


def total(scores: dict[str, Score]) -> Score:
    together = Score()
    for score in scores.values():
        for name, value in vars(score).items():
            setattr(together, name, getattr(together, name) + value)
    return together


def states(report: Report) -> Counter[str]:
    return Counter(cell.state for cell in report.cells.values())


def _is_open(report: Report, name: str) -> bool:
    return name not in report.cells or report.cells[name].value is None


def _is_about(alarm: Finding, planted: Planted) -> bool:
    return alarm.check == planted.check and bool(planted.cells.intersection(alarm.cells))


def _named(finding: Finding) -> str:
    return f"{finding.check} {finding.message}"
