"""Whose report it is: by its own words, by the registry, and by the list in which it stands.

A list often names who put a report on the net, or a short or an old name. So two names are called different
only when they are names of the same type, and certainly different only when the registry has both.
"""

from __future__ import annotations

from collections.abc import Sequence

from gxcrawl.checks.across.model import Case, Filed, Remark
from gxcrawl.checks.across.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.organs import organ_type
from gxcrawl.checks.prose import normalise, quote


def same_organ(check: Check, case: Case) -> Verdict:
    filed = case.filed.get(case.year)
    if filed is None:
        return not_assessable(f"没有读到该机关{case.year}年度的报告")
    names = (one for name in filed.organ_names for one in _signs(check, name))
    printed = [name for name in names if _type(check, name) and _stem(check, name)]
    if not printed:
        return not_assessable("报告没有写明机关全称")
    if case.column_organ and not _is_same(check, case.column_organ, (*printed, case.name, *case.aliases)):
        return _against_column(check, case, filed, printed)
    return _against_registry(check, case, filed, printed)


def _against_column(check: Check, case: Case, filed: Filed, printed: Sequence[str]) -> Verdict:
    column = case.column_organ
    if check.patterns["publisher"].search(column) or not _comparable(check, column, printed):
        return not_assessable(f"列表所写的“{quote(column)}”可能只是发布单位")
    certain = case.foreign_organ and _is_same(check, column, (case.foreign_organ,))
    return _told(check, case, filed, "column" if certain else "unsure", column, printed)


def _against_registry(check: Check, case: Case, filed: Filed, printed: Sequence[str]) -> Verdict:
    if _is_same(check, case.name, printed):
        return PASS
    if any(_is_same(check, alias, printed) for alias in case.aliases):
        return _told(check, case, filed, "alias", case.name, printed)
    if not _comparable(check, case.name, printed):
        return not_assessable("报告中的机关名称与名录中的不是同一类")
    certain = case.foreign_organ and _is_same(check, case.foreign_organ, printed)
    return _told(check, case, filed, "foreign" if certain else "unnamed", case.name, printed)


def _told(
    check: Check, case: Case, filed: Filed, outcome: str, expected: str, printed: Sequence[str]
) -> Verdict:
    said, wanted = quote(printed[0]), quote(expected)
    finding = check.finding(outcome, expected=wanted, printed=said, year=case.year)
    evidence = {
        "printed": [quote(name) for name in printed],
        "column": quote(case.column_organ),
        "registry": quote(case.name),
        "foreign": quote(case.foreign_organ),
        "title": quote(filed.title),
    }
    return unless([Remark(finding, filed.report, None, evidence)])


def _is_same(check: Check, name: str, others: Sequence[str]) -> bool:
    """The same name, or a short form of it: 市监局 has only letters of 市场监督管理局, in their order."""
    stem = _stem(check, name)
    stems = (_stem(check, other) for other in others)
    return bool(stem) and any(_is_short_for(stem, other) or _is_short_for(other, stem) for other in stems)


def _is_short_for(short: str, long: str) -> bool:
    letters = iter(long)
    return bool(short) and all(letter in letters for letter in short)


def _comparable(check: Check, name: str, others: Sequence[str]) -> bool:
    """Names of one type, all of them of organs that stand side by side."""
    kind = _type(check, name)
    return bool(kind and _stem(check, name)) and all(_type(check, other) == kind for other in others)


def _signs(check: Check, name: str) -> list[str]:
    """财政局（国资局） is one organ with two signs at its door."""
    bare = normalise(name).replace("\n", "")
    aside = check.patterns["aside"]
    return [aside.sub("", bare), *aside.findall(bare)]


def _type(check: Check, name: str) -> str:
    """Towns and street offices, or departments; empty for governments, their offices and what is unclear."""
    types: dict[str, str] = check.parameters["types"]
    return types.get(organ_type(_signs(check, name)[0]), "")


def _stem(check: Check, name: str) -> str:
    """前进 of 示例市示例区前进街道办事处: without the regions before it and what such organs are called."""
    stem = check.patterns["regions"].sub("", check.patterns["tail"].sub("", _signs(check, name)[0]))
    return stem if len(stem) > 1 else ""  # 我局, 县局
