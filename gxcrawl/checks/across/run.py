"""Makes every check between reports for one organ and one year."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from gxcrawl.checks.across.model import Across, Case, Remark
from gxcrawl.checks.across.table import KINDS
from gxcrawl.checks.across.years import Kind
from gxcrawl.checks.catalogue import Check, load_checks


class Planned(NamedTuple):
    check: Check
    kind: Kind
    again: bool  # it was made on the report alone, and is settled here


@cache
def _plan() -> tuple[Planned, ...]:
    checks = load_checks().values()
    return (
        *(Planned(check, KINDS[check.kind], False) for check in checks if check.needs and check.kind),
        *(Planned(check, KINDS[check.again], True) for check in checks if check.again),
    )


def check_case(case: Case) -> Across:
    """All remarks on one organ and year; what could not be judged is listed with its reason."""
    remarks: list[Remark] = []
    reasons: dict[str, str] = {}
    settled = set()
    passed = 0
    for check, kind, again in _plan():
        if case.year < check.first_year:
            reasons[check.code] = f"不适用于{case.year}年度报告"
            continue
        verdict = kind(check, case)
        remarks.extend(verdict.remarks)
        passed += verdict.passed
        if verdict.not_assessable:
            reasons[check.code] = verdict.not_assessable
        elif again:
            settled.add(check.code)
    return Across(tuple(remarks), passed, reasons, frozenset(settled))
