"""What the checks on publication share: the sights that count, and the facts behind a remark."""

from __future__ import annotations

from collections.abc import Callable

from gxcrawl.checks.across.model import Case, Publication, Remark
from gxcrawl.checks.across.verdict import Verdict, not_assessable
from gxcrawl.checks.across.wording import plain_sight
from gxcrawl.checks.across.years import Kind
from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import quote
from gxcrawl.duties.model import Sight
from gxcrawl.duties.status import counts_as_published
from gxcrawl.model import Finding

NO_REPORT = "没有发现该年度的报告"


def as_published(kind: Callable[[Check, Case, Publication], Verdict]) -> Kind:
    """A kind of check on how a report was published, made where the crawls show anything."""

    def made(check: Check, case: Case) -> Verdict:
        if case.publication is None:
            return not_assessable("没有抓取记录")
        return kind(check, case, case.publication)

    return made


def there(publication: Publication) -> list[Sight]:
    """The addresses at which the report stands or stood."""
    return [sight for sight in publication.sights if counts_as_published(sight)]


def called(case: Case) -> str:
    """The report as a message names it."""
    doubt = "" if case.confirmed else "（机关名称未经确认）"
    return f"{quote(case.name)}{doubt}{case.year}年度报告"


def remark(
    finding: Finding,
    publication: Publication,
    report: int | None = None,
    other: int | None = None,
    **more: object,
) -> Remark:
    """With the state of the duty and every address, as plain values."""
    duty = publication.duty
    evidence: dict[str, object] = {
        "due": duty.due.isoformat(),
        "rule": duty.rule,
        "statutory": duty.statutory,
        "basis": duty.basis,
        "status": duty.status,
        "reason": duty.reason,
        "lacking": duty.lacking,
        "sights": [plain_sight(sight) for sight in publication.sights],
    }
    return Remark(finding, duty.report if report is None else report, other, evidence | more)
