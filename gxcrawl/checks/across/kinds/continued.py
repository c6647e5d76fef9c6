"""Numbers that follow from those of the year before: what was carried over, what is in force, what there was.

The catalogue gives the terms: those of the year before, those of this year with their sign, and the printed
number that must follow from them. {} stands for each row or column in turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gxcrawl.checks.across.model import Filed, Remark
from gxcrawl.checks.across.verdict import Verdict, not_assessable
from gxcrawl.checks.across.wording import listed, plain, shown
from gxcrawl.checks.across.years import Pair, explanation, total
from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.form_facts import form_of
from gxcrawl.model import Finding, Number

NOTHING_TO_COMPARE = "两个年度的报告中没有可以比较的数"
ONLY_INFERRED = "两个年度的数相符，但都是推定的取数，不能作为核对依据"


class Terms(NamedTuple):
    """The cells of one comparison, by the names that the messages use."""

    key: str
    before: Mapping[str, str]
    now: Mapping[str, str]
    signs: Mapping[str, int]
    printed: str


class Compared(NamedTuple):
    terms: Terms
    state: str  # held or broken; agreed or inferred when it rests on inferred numbers; unknown
    expected: Number = 0  # these two mean nothing where a number is unknown
    printed: Number = 0


def continued(check: Check, pair: Pair) -> Verdict:
    """One finding for each number that does not follow; doubtful ones are told together."""
    states: dict[str, list[Compared]] = defaultdict(list)
    for terms in _all_terms(check):
        compared = _compare(check, pair, terms)
        states[compared.state].append(compared)
    if not states["held"] and not states["broken"] and not states["inferred"]:
        return not_assessable(ONLY_INFERRED if states["agreed"] else NOTHING_TO_COMPARE)
    quoted = explanation(check, (pair.now, pair.before)) if states["broken"] else ""
    remarks = [_broken(check, pair, compared, quoted) for compared in states["broken"]]
    doubtful = [state for state in ("inferred", "unknown") if states[state]]
    remarks += [_merged(check, pair, state, [one.terms for one in states[state]]) for state in doubtful]
    return Verdict(tuple(remarks), len(states["held"]))


def _all_terms(check: Check) -> Iterator[Terms]:
    parameters = check.parameters
    for key in parameters["each"]:
        before, plus, minus = (
            {name: cell.format(key) for name, cell in parameters.get(part, {}).items()}
            for part in ("before", "plus", "minus")
        )
        signs = dict.fromkeys(plus, 1) | dict.fromkeys(minus, -1)
        yield Terms(key, before, plus | minus, signs, parameters["printed"].format(key))


def _compare(check: Check, pair: Pair, terms: Terms) -> Compared:
    printed = pair.now.values.get(terms.printed)
    expected = [_expected(pair.now, values, terms) for values in _versions(pair.before)]
    known = [number for number in expected if number is not None]
    if printed is None or len(known) < len(expected):
        return Compared(terms, "unknown")
    fits = any(_follows(check, printed, number) for number in known)
    certain = pair.before.inferred.isdisjoint(terms.before.values()) and pair.now.inferred.isdisjoint(
        (terms.printed, *terms.now.values())
    )
    state = ("held" if fits else "broken") if certain else ("agreed" if fits else "inferred")
    return Compared(terms, state, known[0], printed)


def _versions(filed: Filed) -> tuple[Mapping[str, Number], ...]:
    """The numbers as first published, which later reports were written after, and as corrected since."""
    return (filed.as_published, filed.values) if filed.corrected else (filed.values,)


def _expected(now: Filed, before: Mapping[str, Number], terms: Terms) -> Number | None:
    changes = (
        None if (number := now.values.get(cell)) is None else terms.signs[name] * number
        for name, cell in terms.now.items()
    )
    return total([*(before.get(cell) for cell in terms.before.values()), *changes])


def _follows(check: Check, printed: Number, expected: Number) -> bool:
    return printed <= expected if check.parameters.get("relation") == "at_most" else printed == expected


def _broken(check: Check, pair: Pair, compared: Compared, quoted: str) -> Remark:
    terms, _, expected, printed = compared
    before = _versions(pair.before)[0]
    outcome = terms.key if terms.key in check.outcomes else "broken"
    if quoted:
        outcome = "explained"
    elif printed == _unsigned(check, before, terms):
        outcome = "sign"
    values: dict[str, Any] = {name: shown(before[cell]) for name, cell in terms.before.items()}
    values |= {name: shown(pair.now.values[cell]) for name, cell in terms.now.items()}
    finding = check.finding(
        outcome,
        cells=(terms.printed, *terms.now.values()),
        expected=shown(expected),
        printed=shown(printed),
        at=_place(check, pair.now, terms),
        year=pair.year,
        before_year=pair.year - 1,
        first="（首次发布时）" if pair.before.corrected else "",
        difference=shown(max(printed, expected) - min(printed, expected)),
        quoted=quoted,
        **values,
    )
    return _remark(finding, pair, {cell: plain(before[cell]) for cell in terms.before.values()})


def _unsigned(check: Check, before: Mapping[str, Number], terms: Terms) -> Number | None:
    """What would follow if a decrease had been printed without its sign."""
    change = terms.before.get(check.parameters.get("signed", ""))
    if change is None or before[change] <= 0:
        return None
    return total(before[cell] * (-1 if cell == change else 1) for cell in terms.before.values())


def _merged(check: Check, pair: Pair, state: str, items: list[Terms]) -> Remark:
    places = listed((_place(check, pair.now, terms) for terms in items), most=7)
    cells = tuple(terms.printed for terms in items)
    finding = check.finding(state, cells=cells, places=places, year=pair.year, before_year=pair.year - 1)
    names = [cell for terms in items for cell in terms.before.values()]
    return _remark(finding, pair, {name: plain(pair.before.values.get(name)) for name in names})


def _remark(finding: Finding, pair: Pair, cells_before: Mapping[str, object]) -> Remark:
    evidence = {"year_before": pair.year - 1, "cells_before": cells_before}
    return Remark(finding, pair.now.report, pair.before.report, evidence)


def _place(check: Check, now: Filed, terms: Terms) -> str:
    """The row or the column that is compared, as the form calls it."""
    label = form_of(now.form).label(terms.printed) if now.form else terms.printed
    row, _, column = label.partition("×")
    return column if check.parameters["place"] == "column" else row
