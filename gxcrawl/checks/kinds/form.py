"""The form as a whole: the version that was due, and its labels."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.forms import load_form, load_forms

_NUMBERING = re.compile(
    r"^(?:[（(][一二三四五六七八九十][）)]|[一二三四五六七八九十]+[、.．,，]|\d+[、.．,，]?)"
)
_BLANKS = str.maketrans("()", "（）", " \u3000\xa0\t\n\r\u200b\u200c\u200d\ufeff\u00ad")
_MARKS = str.maketrans(",:;", "，：；", "“”\"'‘’、。.．，,；：:/\\\\")
_NOTE = re.compile(r"（[^（）]*）?")
LISTED = 6
EXTRA = 5  # so many signs of numbering and brackets around a label are not looked at


def form_due(check: Check, subject: Subject) -> Verdict:
    year, form = subject.narrative.year, subject.form
    if year is None or form is None:
        return not_assessable("报告年度不明")
    if form.due_in(year):
        return PASS
    due = next((entry for entry in load_forms() if entry.due_in(year)), None)
    if due is None:
        return not_assessable(f"没有{year}年度的表式")
    mixed = any(problem.code in check.parameters["suspect"] for problem in subject.report.problems)
    return unless(
        [
            check.finding(
                "mixed" if mixed else "other",
                expected=due.id,
                printed=form.id,
                year=year,
                due=f"{due.title}{due.notice}",
                used=form.title,
            )
        ]
    )


def labels(check: Check, subject: Subject) -> Verdict:
    """Row and column names that differ in words from the official ones, not merely in signs."""
    form, printed = subject.form, subject.report.labels
    if form is None or not printed:
        return not_assessable("没有行名、列名的记录")
    official = _official(form.id)
    differing = [
        (label.strip(), official[name].numbered if _NUMBERING.match(label.strip()) else official[name].bare)
        for name, label in printed.items()
        if name in official and _differs(label, official[name].bare)
    ]
    if not differing:
        return PASS
    listed = "；".join(f"“{label}”，表式为“{right}”" for label, right in differing[:LISTED])
    more = f"等{len(differing)}处" if len(differing) > LISTED else ""
    finding = check.finding("other", places=listed + more, printed=differing[0][0], expected=differing[0][1])
    return unless([finding])


def _differs(printed: str, official: str) -> bool:
    """In words, not merely in signs; a label that is only cut short is our loss, not their change."""
    if official in printed and len(printed) - len(official) <= EXTRA:
        return False
    bare, right = _bare(printed), _bare(official)
    return bool(bare) and not right.startswith(bare)


def _bare(label: str) -> str:
    words = _NUMBERING.sub("", label.translate(_BLANKS))
    return _NOTE.sub("", words).translate(_MARKS)


class Official(NamedTuple):
    """What a row or a column is called by the form, alone and behind its number."""

    bare: str
    numbered: str


@cache
def _official(form_id: str) -> dict[str, Official]:
    """By the full name of the row or the column."""
    names: dict[str, Official] = {}
    for table in load_form(form_id).tables:
        names.update({f"{table.id}.{row.id}": Official(row.label, row.numbered) for row in table.rows})
        names.update(
            {f"{table.id}.{column.id}": Official(column.label, column.label) for column in table.columns}
        )
    return names
