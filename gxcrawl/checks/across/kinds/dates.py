"""The day that a publisher prints on a report, against the year it is about and against our own looks."""

from __future__ import annotations

from datetime import date, timedelta

from gxcrawl.checks.across.model import Case, Publication
from gxcrawl.checks.across.published import NO_REPORT, called, remark, there
from gxcrawl.checks.across.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.checks.across.wording import day, plain_look
from gxcrawl.checks.catalogue import Check
from gxcrawl.duties.season import calendar, opening
from gxcrawl.duties.status import PROVES_LATE_ONLY, PROVES_NOTHING, printed_day

NO_DATE = "没有可靠的发布日期"


def early(check: Check, case: Case, publication: Publication) -> Verdict:
    """Printed before the year was over. A day long before it is a slip in the date, or in the year."""
    sights = there(publication)
    firm = [sight.stated or sight.printed for sight in sights if sight.printed and _is_firm(sight.basis)]
    if not firm:
        return not_assessable(NO_DATE if sights else NO_REPORT)
    in_season = [printed for printed in firm if printed >= opening(case.year)]
    printed, last = min(in_season or firm), date(case.year, 12, 31)
    if printed > last:
        return PASS
    outcome = "slip" if not in_season else "last_day" if printed == last else "early"
    finding = check.finding(
        outcome,
        expected=last.isoformat(),
        printed=printed.isoformat(),
        report=called(case),
        day=day(printed),
        last=day(last),
    )
    return unless([remark(finding, publication)])


def _is_firm(basis: str) -> bool:
    return basis not in (*PROVES_NOTHING, PROVES_LATE_ONLY)


def backdated(check: Check, case: Case, publication: Publication) -> Verdict:
    """A look that lacked the report although the date printed on it was over by then."""
    sights, look = there(publication), publication.backdated
    printed, basis = printed_day(sights, case.year)
    if printed is None or not _is_firm(basis):
        return not_assessable(NO_DATE if sights else NO_REPORT)
    first = min(sights, key=lambda sight: sight.first_seen)
    printed = max(printed, first.stated or printed)
    absent = look or first.lacking
    if absent is None:
        return not_assessable("首次抓取时已有此报告，此前没有抓取记录")
    if absent.day <= printed + timedelta(calendar().printing_days):
        return PASS
    if look is None:
        return not_assessable("页面日期之后有一段时间没有正常抓取，其间报告可能曾经可见")
    finding = check.finding(
        "backdated",
        expected=look.day.isoformat(),
        printed=printed.isoformat(),
        report=called(case),
        day=day(printed),
        look=day(look.day),
        first=day(first.first_seen),
    )
    return unless([remark(finding, publication, first.report, look=plain_look(look))])


def undated(check: Check, case: Case, publication: Publication) -> Verdict:
    """No day at all. One in the address is none that people are shown."""
    sights = there(publication)
    if any(sight.printed and sight.basis not in PROVES_NOTHING for sight in sights):
        return PASS
    read = [sight for sight in sights if not sight.error]
    if not read:
        return not_assessable("报告文件尚未读取，其中可能有日期" if sights else NO_REPORT)
    hint = next((day(sight.printed) for sight in read if sight.printed), "")
    finding = check.finding(
        "undated", report=called(case), hint=check.parameters["hint"].format(day=hint) if hint else ""
    )
    return unless([remark(finding, publication, read[0].report)])
