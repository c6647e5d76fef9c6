"""A year without a report between two that have one."""

from __future__ import annotations

from gxcrawl.checks.across.model import Case, Remark
from gxcrawl.checks.across.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.checks.catalogue import Check


def year_missing(check: Check, case: Case) -> Verdict:
    """Only where the report is certainly not there: what we could not find or read is no gap."""
    if case.year in case.filed:
        return PASS
    before = max((year for year in case.filed if year < case.year), default=None)
    after = min((year for year in case.filed if year > case.year), default=None)
    if before is None or after is None:
        return not_assessable("前后没有其他年度的报告")
    if case.publication is None:
        return not_assessable("没有抓取记录")
    duty = case.publication.duty
    if duty.status != "missing":
        return not_assessable(duty.reason or "不能确定该年度没有发布报告")
    finding = check.finding("gap", year=case.year, before_year=before, after_year=after)
    evidence = {"year_before": before, "year_after": after, "status": duty.status, "run": duty.lacking}
    return unless([Remark(finding, None, case.filed[after].report, evidence)])
