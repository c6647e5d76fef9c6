"""Reports that are not there, came late, or went away: the status of the duty in words."""

from __future__ import annotations

from datetime import timedelta

from gxcrawl.checks.across.model import Case, Publication
from gxcrawl.checks.across.published import NO_REPORT, called, remark, there
from gxcrawl.checks.across.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.checks.across.wording import day
from gxcrawl.checks.catalogue import Check
from gxcrawl.duties.model import Duty

_OTHER_LIMIT = {True: "该机关有法定期限", False: "该机关没有法定期限"}
PUBLISHED = ("on_time", "late", "date_unknown", "withdrawn")


def missing(check: Check, case: Case, publication: Publication) -> Verdict:
    duty = publication.duty
    limit = _limit(check, duty)
    if not limit:
        return not_assessable(_OTHER_LIMIT[duty.statutory])
    if duty.status in PUBLISHED:
        return PASS
    if duty.status != "missing" or duty.days is None:
        return not_assessable(duty.reason or NO_REPORT)
    finding = check.finding(
        "missing",
        expected=duty.due.isoformat(),
        report=called(case),
        limit=limit,
        seen=day(duty.due + timedelta(duty.days)),
        days=duty.days,
        basis=check.parameters["bases"].get(duty.basis, ""),
    )
    return unless([remark(finding, publication)])


def late(check: Check, case: Case, publication: Publication) -> Verdict:
    """By the printed date, or because a list did not show it yet."""
    duty = publication.duty
    limit = _limit(check, duty)
    if not limit:
        return not_assessable(_OTHER_LIMIT[duty.statutory])
    if duty.status == "on_time":
        return PASS
    by_date = duty.published is not None and duty.published > duty.due
    days = (duty.published - duty.due).days if by_date and duty.published else duty.days
    if duty.status != "late" or days is None:
        return not_assessable(duty.reason or NO_REPORT)
    seen = duty.due + timedelta(days)
    claimed = f"（页面所写日期为{day(duty.published)}）" if duty.published and not by_date else ""
    finding = check.finding(
        "printed" if by_date else "seen",
        expected=duty.due.isoformat(),
        printed=seen.isoformat() if by_date else f"不早于{seen.isoformat()}",
        report=called(case),
        limit=limit,
        seen=day(seen),
        days=days,
        claimed=claimed,
    )
    return unless([remark(finding, publication)])


def _limit(check: Check, duty: Duty) -> str:
    """The last day in words; empty when the other one of two checks speaks of such organs."""
    source = "statutory" if duty.statutory else "assumed" if duty.rule == "assumed" else "local"
    words: str = check.parameters["limits"].get(source, "")
    return words.format(day=day(duty.due), rule=duty.rule_text)


def gone(check: Check, case: Case, publication: Publication) -> Verdict:
    sights = there(publication)
    if publication.duty.status == "withdrawn":
        addresses = "、".join(sight.url for sight in sights[: check.parameters["most"]])
        finding = check.finding("gone", report=called(case), addresses=addresses or "地址不详")
        report = sights[0].report if sights else None
        return unless([remark(finding, publication, publication.duty.report or report)])
    if not sights:
        return not_assessable(NO_REPORT)
    if any(sight.online for sight in sights):
        return PASS
    return not_assessable("最近一次没有找到，尚待再次核实")
