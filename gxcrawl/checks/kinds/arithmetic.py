"""Sums that the form prescribes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.slips import slip
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import Verdict, not_assessable
from gxcrawl.forms import Identity
from gxcrawl.model import Finding, Number

State = Literal["held", "broken", "impossible", "held_inferred", "broken_inferred", "unknown", "absent"]
LISTED = 6  # so many places are named in a merged finding
TERMS = 4  # longer sums are shown without their zeros


def identity(check: Check, subject: Subject) -> Verdict:
    """Every identity of this check, with the smallest repair when some are broken for certain."""
    confirmed = subject.identities.by_check.get(check.code)
    if not confirmed:
        unconfirmed = check.code in subject.identities.unconfirmed
        return not_assessable("勾稽关系未经核实" if unconfirmed else "该表式没有这一勾稽关系")
    by_state = _by_state(confirmed, subject)
    if len(by_state["held"]) == len(confirmed):
        return Verdict(passed=len(confirmed))
    if len(by_state["absent"]) == len(confirmed):
        return not_assessable("相关行列没有读到")
    findings = [_broken(check, subject, item, "broken") for item in by_state["broken"]]
    findings += [_broken(check, subject, item, "impossible") for item in by_state["impossible"]]
    merged: tuple[State, ...] = ("broken_inferred", "held_inferred", "unknown")
    findings += [_merged(check, subject, state, by_state[state]) for state in merged if by_state[state]]
    return Verdict(tuple(findings), len(by_state["held"]))


def _by_state(items: Iterable[Identity], subject: Subject) -> dict[State, list[Identity]]:
    states: dict[State, list[Identity]] = defaultdict(list)
    number, inferred = subject.cells.values.__getitem__, subject.cells.inferred
    for item in items:
        try:
            left, right = sum(map(number, item.left)), sum(map(number, item.right))
        except KeyError:
            states[_state_of_unknown(item, subject)].append(item)
            continue
        holds = left == right if item.relation == "equal" else left >= right
        if inferred and not inferred.isdisjoint(item.left + item.right):
            states["held_inferred" if holds else "broken_inferred"].append(item)
        else:
            states["held" if holds else "broken"].append(item)
    return states


def _state_of_unknown(item: Identity, subject: Subject) -> State:
    """An identity that lacks numbers is broken only when no allowed numbers could mend it."""
    values, inferred, unknown, _ = subject.cells
    left_low, left_high = _range(item.left, values)
    right_low, right_high = _range(item.right, values)
    too_small = left_high is not None and left_high < right_low
    too_large = item.relation == "equal" and right_high is not None and right_high < left_low
    terms = item.left + item.right
    if too_small or too_large:
        return "impossible" if inferred.isdisjoint(terms) else "broken_inferred"
    printed = all(cell in values or cell in unknown for cell in terms)
    return "unknown" if printed else "absent"


def _range(terms: Iterable[str], values: dict[str, Number]) -> tuple[Number, Number | None]:
    """The smallest and the largest sum; an unknown number is anything from 0 up."""
    known = [values[cell] for cell in terms if cell in values]
    low = sum(known)
    return low, (low if len(known) == len(tuple(terms)) else None)


def _broken(check: Check, subject: Subject, item: Identity, outcome: str) -> Finding:
    values = subject.cells.values
    left = sum(values.get(cell, 0) for cell in item.left)
    right = sum(values.get(cell, 0) for cell in item.right)
    left_terms, right_terms = _terms(item.left, subject), _terms(item.right, subject)
    sign = "≠" if item.relation == "equal" else "<"
    finding = check.finding(
        outcome,
        cells=item.left + item.right,
        printed=f"{left_terms}{sign}{right_terms}",
        place=subject.report.cells[item.right[-1]].place if item.right[-1] in subject.report.cells else "",
        at=_where(check, subject, item),
        left=left,
        right=right,
        left_sum=f"{left_terms}={left}" if "+" in left_terms else left_terms,
        right_sum=f"{right_terms}={right}" if "+" in right_terms else right_terms,
        difference=abs(left - right),
        **_sides(check, subject, item),
    )
    if outcome != "broken":
        return finding
    repairs = subject.repairs[item.check, item.key]
    return finding._replace(message=finding.message + slip(repairs, values, subject.label))


def _sides(check: Check, subject: Subject, item: Identity) -> dict[str, str]:
    """The larger side and the smaller one, each with its name and what is printed of it."""
    values, parameters = subject.cells.values, check.parameters
    known = [[values[cell] for cell in terms if cell in values] for terms in (item.left, item.right)]
    (less, less_sum), (more, more_sum) = sorted(
        zip((parameters["left"], parameters["right"]), known, strict=True), key=lambda side: sum(side[1])
    )
    return {"more": more, "more_sum": _added(more_sum), "less": less, "less_sum": _added(less_sum)}


def _added(numbers: list[Number]) -> str:
    """206+11=217, without the zeros."""
    shown = [str(number) for number in numbers if number]
    return f"{'+'.join(shown)}={sum(numbers)}" if len(shown) > 1 else str(sum(numbers))


def _terms(cells: Iterable[str], subject: Subject) -> str:
    shown = [_shown(cell, subject) for cell in cells]
    if len(shown) > TERMS:
        shown = [term for term in shown if term not in ("0", "未填")] or ["0"]
    return "+".join(shown)


def _shown(cell: str, subject: Subject) -> str:
    values, _, unknown, _ = subject.cells
    if cell in values:
        return str(values[cell])
    is_blank = cell not in unknown or unknown[cell].state in ("blank", "placeholder")
    return "未填" if is_blank else f"“{unknown[cell].raw[:12]}”"


def _merged(check: Check, subject: Subject, state: State, items: list[Identity]) -> Finding:
    """One finding for all identities that ended the same way, so that a blank column is not dozens."""
    places = [_where(check, subject, item) for item in items]
    listed = "、".join(places[:LISTED]) + (f"等{len(places)}处" if len(places) > LISTED else "")
    values, inferred, _, _ = subject.cells
    wanted = dict.fromkeys(
        cell
        for item in items
        for cell in item.left + item.right
        if (cell not in values if state == "unknown" else cell in inferred)
    )
    return check.finding(state, cells=tuple(wanted), places=listed, count=len(wanted))


def _where(check: Check, subject: Subject, item: Identity) -> str:
    """The column, row or block an identity is about, as people call it."""
    label = subject.label(item.right[-1])
    row, _, column = label.partition("×")
    match check.parameters["place"]:
        case "column":
            return column or label
        case "row":
            return row
        case _:
            return label.replace("总计”", "”")
