"""Numbers of different tables that sit oddly together. Hints only."""

from __future__ import annotations

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import Verdict, not_assessable, unless


def fee_without_cases(check: Check, subject: Subject) -> Verdict:
    """Fees were charged, but nothing was decided."""
    decisions: list[str] = check.parameters["decisions"]
    cases, amount = subject.total(decisions), subject.value(check.parameters["fee"])
    if cases is None or amount is None:
        return not_assessable("相关单元格没有数字")
    odd = amount > 0 and cases == 0
    cells = (*decisions, check.parameters["fee"])
    return unless([check.finding("odd", cells=cells, amount=amount)] if odd else [])


def disputes_exceed(check: Check, subject: Subject) -> Verdict:
    """More disputes than applications: cases lag behind, so this is never a fault by itself."""
    disputes: list[str] = check.parameters["disputes"]
    applications: list[str] = check.parameters["applications"]
    cases, asked = subject.total(disputes), subject.total(applications)
    if cases is None or asked is None:
        return not_assessable("相关单元格没有数字")
    cells = (*disputes, *applications)
    return unless(
        [check.finding("more", cells=cells, cases=cases, applications=asked)] if cases > asked else []
    )
