"""Reviews and lawsuits, which often last for more than one year."""

from __future__ import annotations

from collections.abc import Mapping

from gxcrawl.checks.across.model import Case, Filed, Remark
from gxcrawl.checks.across.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.checks.across.wording import plain, shown
from gxcrawl.checks.across.years import Pair, total, why_apart
from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.form_facts import form_of
from gxcrawl.model import Number

NO_NUMBERS = "相关单元格没有数字"


def pending(check: Check, pair: Pair) -> Verdict:
    """A case that was pending must be counted again, but perhaps in another block."""
    blocks: list[str] = check.parameters["blocks"]
    waiting = {block: _fewest(pair.before, f"t4.{block}.pending") for block in blocks}
    counted = {block: pair.now.values.get(f"t4.{block}.total") for block in blocks}
    passed, short = 0, []
    for block in blocks:
        before, now = waiting[block], counted[block]
        if before is not None and now is not None:
            passed += now >= before
            short += [block] if now < before else []
    if not passed and not short:
        return not_assessable(NO_NUMBERS)
    moved = _may_have_moved(counted, waiting)
    return Verdict(tuple(_lost(check, pair, block, moved=moved) for block in short), passed)


def _fewest(filed: Filed, cell: str) -> Number | None:
    """Of all its versions."""
    versions = [filed.values.get(cell), *([filed.as_published.get(cell)] if filed.corrected else [])]
    return min((number for number in versions if number is not None), default=None)


def _may_have_moved(counted: Mapping[str, Number | None], waiting: Mapping[str, Number | None]) -> bool:
    """Enough cases are counted in all, or it cannot be told."""
    now, before = total(counted.values()), total(waiting.values())
    return now is None or before is None or now >= before


def _lost(check: Check, pair: Pair, block: str, *, moved: bool) -> Remark:
    cell, cell_before = f"t4.{block}.total", f"t4.{block}.pending"
    inferred = cell in pair.now.inferred or cell_before in pair.before.inferred
    before, now = _fewest(pair.before, cell_before), pair.now.values[cell]
    label = form_of(pair.now.form).label(cell) if pair.now.form else cell
    finding = check.finding(
        "moved" if moved or inferred else "lost",
        cells=(cell,),
        expected=f"不少于{shown(before)}",
        printed=shown(now),
        at=label.replace("总计”", "”"),
        year=pair.year,
        before_year=pair.year - 1,
        waiting=shown(before),
    )
    evidence = {"year_before": pair.year - 1, "cells_before": {cell_before: plain(before)}}
    return Remark(finding, pair.now.report, pair.before.report, evidence)


def disputes_over_years(check: Check, case: Case) -> Verdict:
    """More disputes than applications in all the years that may have led to them."""
    disputes: list[str] = check.parameters["disputes"]
    years = [case.year - back for back in range(check.parameters["years"])]
    if reason := why_apart(check, case, years):
        return not_assessable(reason)
    now = case.filed[case.year]
    cases = total(now.values.get(cell) for cell in disputes)
    applications = _applications(check, case, years)
    if cases is None or applications is None:
        return not_assessable(NO_NUMBERS)
    if cases <= applications:
        return PASS
    inferred = any(not case.filed[year].inferred.isdisjoint(_counted(check, year, years)) for year in years)
    finding = check.finding(
        "doubtful_over_years" if inferred or not now.inferred.isdisjoint(disputes) else "more_over_years",
        cells=(*disputes, *_counted(check, case.year, years)),
        expected=f"不多于{shown(applications)}",
        printed=shown(cases),
        cases=shown(cases),
        applications=shown(applications),
        first_year=min(years),
        year=case.year,
    )
    others = {str(year): case.filed[year].report for year in years}
    return unless([Remark(finding, now.report, case.filed[case.year - 1].report, {"reports": others})])


def _applications(check: Check, case: Case, years: list[int]) -> Number | None:
    """New ones of all years, and those carried into the first."""
    return total(case.filed[year].values.get(cell) for year in years for cell in _counted(check, year, years))


def _counted(check: Check, year: int, years: list[int]) -> list[str]:
    new, carried = check.parameters["applications"]
    return [new, carried] if year == min(years) else [new]
