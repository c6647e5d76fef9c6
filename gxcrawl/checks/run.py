"""Makes every check of the catalogue on one report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from gxcrawl.checks.catalogue import NEEDS, Check, load_checks
from gxcrawl.checks.kinds.table import KINDS, Kind
from gxcrawl.checks.subject import Subject
from gxcrawl.model import Finding, Report


class Checked(NamedTuple):
    findings: tuple[Finding, ...] = ()  # fail and uncertain only
    passed: int = 0
    not_assessable: Mapping[str, str] = {}


@cache
def _plan() -> tuple[dict[str, str], tuple[tuple[Check, Kind], ...]]:
    """What one report alone can never tell, and what is to be run."""
    checks = load_checks().values()
    elsewhere = {check.code: NEEDS[check.needs] for check in checks if check.needs}
    here = [check for check in checks if check.kind and not check.needs]
    return elsewhere, tuple((check, KINDS[check.kind]) for check in here)


def check_report(report: Report) -> Checked:
    """All findings on one report; what could not be judged is listed with its reason."""
    elsewhere, runnable = _plan()
    reasons = dict(elsewhere)
    findings: list[Finding] = []
    passed = 0
    subject = Subject(report)
    for check, kind in runnable:
        reason = _not_applicable(check, subject)
        if reason:
            reasons[check.code] = reason
            continue
        verdict = kind(check, subject)
        findings.extend(verdict.findings)
        passed += verdict.passed
        if verdict.not_assessable:
            reasons[check.code] = verdict.not_assessable
    return Checked(tuple(findings), passed, reasons)


def _not_applicable(check: Check, subject: Subject) -> str:
    report = subject.report
    if report.error is not None:
        return "没有读出报告"
    if check.reads in ("tables", "both") and report.form is None:
        return "没有可读的表格"
    if check.reads in ("text", "both") and not subject.narrative.text:
        return "没有可读的正文"
    if check.forms and report.form is not None and report.form not in check.forms:
        return f"只适用于{'、'.join(check.forms)}年版表式"
    return _not_in_force(check, subject.rules_year) if check.first_year else ""


def _not_in_force(check: Check, year: int | None) -> str:
    if year is None:
        return "报告年度不明"
    return "" if year >= check.first_year else f"不适用于{year}年度报告"
