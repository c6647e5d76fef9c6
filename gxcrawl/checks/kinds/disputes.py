"""What the text says about reviews and lawsuits, against table four."""

from __future__ import annotations

import re

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import number, of_this_year, quote
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import PASS, Verdict, not_assessable, unless

_CLAUSE = re.compile("[，,]")


def counted(check: Check, subject: Subject) -> Verdict:
    """A plain count, or a plain denial, of cases about this year's disclosure of information."""
    cells: list[str] = check.parameters["cells"]
    printed = subject.total(cells)
    if printed is None:
        return not_assessable("表四总计没有数字")
    for sentence in subject.sentences_with(check.parameters["word"]):
        if not _is_plain(check, subject, sentence):
            continue
        for clause in _CLAUSE.split(sentence):
            said = _count(check, clause)
            if said is None:
                continue
            if said == printed:
                return PASS
            values = {"printed": str(said), "expected": str(printed), "quoted": quote(sentence)}
            return unless([check.finding("differ", cells=tuple(cells), **values)])
    return not_assessable("正文没有明确写出件数")


def _is_plain(check: Check, subject: Subject, sentence: str) -> bool:
    patterns = check.patterns
    return (
        patterns["about"].search(sentence) is not None
        and not patterns["alien"].search(sentence)
        and of_this_year(sentence, subject.narrative.year, patterns["other_times"])
    )


def _count(check: Check, clause: str) -> int | None:
    """The cases of this kind in a clause; a joint count of reviews and lawsuits tells only when it is 0."""
    if check.parameters["word"] not in clause:
        return None
    found = [number(match["n"]) for match in check.patterns["count"].finditer(clause)]
    if check.patterns["joint"].search(clause):
        found = [count for count in found if count == 0]
    if len(found) == 1:
        return found[0]
    return 0 if not found and check.patterns["none"].search(clause) else None


def unmentioned(check: Check, subject: Subject) -> Verdict:
    """Table four counts cases, the text never speaks of any."""
    printed = subject.total(check.parameters["cells"])
    if printed is None or not subject.section_texts:
        return not_assessable("没有数字或没有正文")
    if not printed or any(word in subject.prose for word in check.parameters["words"]):
        return PASS
    return unless([check.finding("silent", cells=tuple(check.parameters["cells"]), count=printed)])
