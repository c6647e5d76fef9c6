"""What stands, or does not stand, in the cells of the tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.places import by_table, describe
from gxcrawl.checks.prose import quote
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.model import Cell, Finding, Number

_PLAIN = re.compile(r"[+\-－−]?[0-9]+(?:\.[0-9]+)?")
_LISTED = re.compile(r"\s*[-*+•·–—]\s+[0-9]")
LISTED = 8


def blank(check: Check, subject: Subject) -> Verdict:
    """Empty cells and signs for nothing, one finding for each table. They are never zeros."""
    unknown = [
        name
        for name, cell in subject.cells.unknown.items()
        if cell.state in ("blank", "placeholder") and subject.is_asked(name)
    ]
    if not unknown:
        return PASS
    findings = []
    for table, cells in by_table(unknown).items():
        signs = sorted({subject.cells.unknown[name].raw.strip() for name in cells} - {""})
        outcome = "table" if len(cells) == subject.size(table) else "some"
        findings.append(
            check.finding(
                "unread" if _has_unread_numbers(check, subject, table) else outcome,
                cells=tuple(cells),
                printed="、".join(signs),
                place=subject.cells.unknown[cells[0]].place,
                table=subject.table_title(table),
                count=len(cells),
                places=describe(cells, subject),
                signs=f"（填“{'”“'.join(signs)}”）" if signs else "",
            )
        )
    return unless(findings)


def _has_unread_numbers(check: Check, subject: Subject, table: str) -> bool:
    """Numbers of the table stand in a row or column we could not name: one of them may belong here."""
    title = subject.title_of(table)
    return any(
        problem.code in check.parameters["suspect"] and title in problem.message
        for problem in subject.report.problems
    )


def numbers(check: Check, subject: Subject) -> Verdict:
    """Numbers that are written as the form does not want them, all in one finding."""
    free = check.parameters["free"]
    odd = [
        cell
        for cell in subject.report.cells.values()
        if (cell.state == "invalid" or not (cell.raw.isdecimal() and cell.raw.isascii()))  # few are
        and _is_odd(cell)
        and cell.id not in free
        and subject.is_asked(cell.id)
    ]
    if not odd:
        return PASS
    ours = [cell for cell in odd if _may_be_ours(cell, subject)]
    plain = [cell for cell in odd if cell not in ours and _is_plain_to_see(cell)]
    theirs = [cell for cell in odd if cell not in ours and cell not in plain]
    return unless(
        _odd_numbers(check, subject, outcome, cells)
        for outcome, cells in (("odd", theirs), ("invisible", plain), ("carrier", ours))
        if cells
    )


def _is_odd(cell: Cell) -> bool:
    if cell.state == "invalid":
        return True
    raw = cell.raw.strip()
    return cell.value is not None and bool(raw) and not _PLAIN.fullmatch(raw)


def _may_be_ours(cell: Cell, subject: Subject) -> bool:
    """A sign before a blank is the mark of a list wherever the lines of a text or a shifted table are lists;
    a character that could not be decoded is no fault of the organ."""
    if "\ufffd" in cell.raw:
        return True
    return bool(_LISTED.match(cell.raw)) and (cell.place.startswith("line ") or bool(subject.report.problems))


def _is_plain_to_see(cell: Cell) -> bool:
    """Only characters that nobody sees make it odd."""
    visible = _visible(cell.raw)
    return cell.state != "invalid" and visible != cell.raw.strip() and bool(_PLAIN.fullmatch(visible))


def _odd_numbers(check: Check, subject: Subject, outcome: str, odd: Sequence[Cell]) -> Finding:
    shown = [_shown(check, cell.raw) for cell in odd[:LISTED]]
    listed = "、".join(f"{subject.label(cell.id)}填{text}" for cell, text in zip(odd, shown, strict=False))
    more = f"等{len(odd)}格" if len(odd) > LISTED else ""
    return check.finding(
        outcome,
        cells=tuple(cell.id for cell in odd),
        printed="、".join(shown),
        place=odd[0].place,
        places=listed + more,
    )


def _shown(check: Check, raw: str) -> str:
    """As it is printed, and what nobody sees of it."""
    names: dict[str, str] = check.parameters["invisible"]
    hidden = dict.fromkeys(
        names.get(char, check.parameters["other_invisible"]) for char in raw if _is_invisible(char)
    )
    return f"“{quote(_visible(raw), 20)}”" + (f"（含{'、'.join(hidden)}）" if hidden else "")


def _visible(raw: str) -> str:
    return "".join(char for char in " ".join(raw.split()) if not _is_invisible(char))


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


def all_blank(check: Check, subject: Subject) -> Verdict:
    view = subject.cells
    printed = len(view.values) + len(view.unknown)
    if not printed:
        return not_assessable("没有可读的表格")
    empty = all(cell.state in ("blank", "placeholder") for cell in view.unknown.values())
    return unless([check.finding("blank", count=printed)] if empty and not view.values else [])


def all_zero(check: Check, subject: Subject) -> Verdict:
    values = subject.cells.values
    if not values:
        return not_assessable("没有可读的数字")
    if subject.cells.unknown or any(values.values()):
        return PASS
    return unless([check.finding("zero", count=len(values))])


def fee_amount(check: Check, subject: Subject) -> Verdict:
    """An amount in 万元 that looks like one in 元, or is finer than the form allows."""
    cell = subject.report.cells.get(check.parameters["cell"])
    amount = subject.value(check.parameters["cell"])
    if cell is None or amount is None:
        return not_assessable("没有填收费金额")
    outcome = _odd_amount(check, subject, cell, amount)
    if not outcome:
        return PASS
    return unless(
        [
            check.finding(
                outcome,
                cells=(cell.id,),
                expected=f"{Decimal(amount).normalize():f}万元" if outcome == "yuan" else "",
                printed=cell.raw.strip(),
                place=cell.place,
            )
        ]
    )


def _odd_amount(check: Check, subject: Subject, cell: Cell, amount: Number) -> str:
    """The outcome that fits, empty when the amount is plain."""
    limits: dict[str, int] = check.parameters["limits"]
    if cell.unit == "元":
        return "yuan"
    if amount > limits.get(subject.organ_type, limits["other"]):
        return "large"
    decimals = -int(amount.as_tuple().exponent) if isinstance(amount, Decimal) else 0
    return "decimals" if decimals > check.parameters["decimals"] else ""
