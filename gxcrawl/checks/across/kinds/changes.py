"""Numbers that are just those of the year before, and numbers that are far from them. Never an error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gxcrawl.checks.across.model import Filed, Remark
from gxcrawl.checks.across.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.checks.across.wording import LISTED, listed, plain, shown
from gxcrawl.checks.across.years import Pair, total
from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.form_facts import form_of
from gxcrawl.model import Number

OTHER = "t3.other.total"  # one row until 2020; since then three, which are compared as their sum
OTHER_PARTS = ("t3.other.uncorrected.total", "t3.other.unpaid.total", "t3.other.rest.total")


def same_numbers(check: Check, pair: Pair) -> Verdict:
    """All numbers but zeros are those of last year, and several of them stand on their own."""
    if pair.now.form != pair.before.form:
        return not_assessable("两个年度的表式不同")
    now, before = pair.now.values, pair.before.values
    same = {name: number for name, number in now.items() if number}
    if same != {name: number for name, number in before.items() if number}:
        return PASS
    free = [name for name in same if not check.patterns["dependent"].search(name)]
    if len(free) < check.parameters["least"]:
        return not_assessable(f"各自独立的非零数不足{check.parameters['least']}个")
    doubtful = now.keys() != before.keys() or not (pair.now.inferred | pair.before.inferred).isdisjoint(same)
    finding = check.finding(
        "partly" if doubtful else "same",
        cells=tuple(free),
        printed=listed(shown(same[name]) for name in free),
        year=pair.year,
        before_year=pair.year - 1,
        count=len(free),
        examples=listed((f"{_label(pair.now, name)}为{shown(same[name])}" for name in free), most=LISTED),
    )
    return unless([Remark(finding, pair.now.report, pair.before.report, {"year_before": pair.year - 1})])


class Jump(NamedTuple):
    cell: str
    before: Number
    now: Number

    @property
    def smaller(self) -> Number:
        return min(self.before, self.now)

    @property
    def larger(self) -> Number:
        return max(self.before, self.now)


def jumps(check: Check, pair: Pair) -> Verdict:
    """Numbers of one series that grew or shrank many times over, the largest first, in one finding."""
    least, times = check.parameters["least"], check.parameters["times"]
    large = [cell for cell, number in pair.now.values.items() if number >= least]
    series = _series(check, pair, {*large, OTHER})
    compared = [jump for cell in series if (jump := _jump(pair, cell)) and jump.smaller >= least]
    if not compared:
        return not_assessable(f"没有两年都不少于{least}的数")
    found = [jump for jump in compared if jump.larger > times * jump.smaller]
    found.sort(key=lambda jump: jump.larger / jump.smaller, reverse=True)
    inferred = pair.now.inferred | pair.before.inferred
    doubtful = [jump for jump in found if not inferred.isdisjoint(_cells(pair, jump.cell))]
    certain = [jump for jump in found if jump not in doubtful]
    return unless(
        _told(check, pair, outcome, group)
        for outcome, group in (("jumped", certain), ("inferred", doubtful))
        if group
    )


def _series(check: Check, pair: Pair, cells: set[str]) -> list[str]:
    """Those cells that count the same thing in both years; a row's total stands for its columns."""
    patterns = [check.patterns["any_form"]]
    if pair.now.form == pair.before.form:
        patterns.append(check.patterns["same_form"])
    return sorted(cell for cell in cells if any(pattern.search(cell) for pattern in patterns))


def _parts(filed: Filed, cell: str) -> Sequence[str]:
    return OTHER_PARTS if cell == OTHER and filed.values.get(OTHER) is None else (cell,)


def _cells(pair: Pair, cell: str) -> set[str]:
    return {*_parts(pair.now, cell), *_parts(pair.before, cell)}


def _jump(pair: Pair, cell: str) -> Jump | None:
    before, now = (
        total(filed.values.get(part) for part in _parts(filed, cell)) for filed in (pair.before, pair.now)
    )
    return None if before is None or now is None else Jump(cell, before, now)


def _told(check: Check, pair: Pair, outcome: str, found: Sequence[Jump]) -> Remark:
    places = [f"{_label(pair.now, jump.cell)}由{shown(jump.before)}变为{shown(jump.now)}" for jump in found]
    finding = check.finding(
        outcome,
        cells=tuple(part for jump in found for part in _parts(pair.now, jump.cell)),
        expected=listed(shown(jump.before) for jump in found),
        printed=listed(shown(jump.now) for jump in found),
        year=pair.year,
        before_year=pair.year - 1,
        places=listed(places),
    )
    cells = {jump.cell: plain(jump.before) for jump in found}
    evidence = {"year_before": pair.year - 1, "cells_before": cells}
    return Remark(finding, pair.now.report, pair.before.report, evidence)


def _label(filed: Filed, cell: str) -> str:
    return form_of(filed.form).label(cell) if filed.form else cell
