"""Other numbers and tasks that the text speaks of."""

from __future__ import annotations

import re

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import around, number, of_this_year, quote
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.model import Finding

_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


def normative(check: Check, subject: Subject) -> Verdict:
    """Normative documents made this year."""
    cell: str = check.parameters["cell"]
    printed = subject.value(cell)
    if printed is None:
        return not_assessable("表二没有数字")
    patterns = check.patterns
    for sentence in subject.sentences_with("规范性文件"):
        if patterns["scope"].search(sentence):
            continue
        found = patterns["count"].search(sentence)
        if found is None or not of_this_year(sentence, subject.narrative.year, patterns["other_times"]):
            continue
        if number(found["n"]) == printed:
            return PASS
        values = {"printed": found["n"], "expected": str(printed), "quoted": quote(sentence)}
        return unless([check.finding("differ", cells=(cell,), **values)])
    return not_assessable("正文没有明确写出件数")


def parts_of_sum(check: Check, subject: Subject) -> Verdict:
    """18件，其中5件、10件、8件: parts that are more than the whole."""
    findings, judged = [], 0
    for sentence in subject.sentences_with("其中"):
        if sentence.count("其中") != 1:
            continue
        finding, complete = _parts(check, sentence)
        judged += complete
        if finding:
            findings.append(finding)
    if not judged:
        return not_assessable("正文没有“共……其中……”的件数")
    return unless(findings)


def _parts(check: Check, sentence: str) -> tuple[Finding | None, bool]:
    """The finding, and whether the sentence could be judged at all."""
    plain = _BRACKETS.sub("", sentence) if "（" in sentence or "(" in sentence else sentence
    head, _, tail = plain.partition("其中")
    parts = list(check.patterns["count"].finditer(tail))
    if len(parts) < 2 or check.patterns["not_part"].search(tail):
        return None, False
    whole = list(check.patterns["count"].finditer(head))
    if not whole or not check.patterns["directly"].fullmatch(head[whole[-1].end() :]):
        return None, False
    total, unit = number(whole[-1]["n"]), whole[-1]["unit"]
    if any(part["unit"] != unit for part in parts):
        return None, False
    numbers = [number(part["n"]) for part in parts]
    running = 0
    for position, value in enumerate(numbers):
        running += value
        if running == total and position:
            return None, True  # a second breakdown of the same whole may follow
    if running <= total or max(numbers) > total:
        return None, running <= total
    terms = "+".join(map(str, numbers))
    return check.finding(
        "more", printed=terms, expected=str(total), sum=running, quoted=quote(sentence)
    ), True


def foreign_task(check: Check, subject: Subject) -> Verdict:
    """Tasks that this type of organ does not have, left over from somebody else's text."""
    words: list[str] = check.parameters["tasks"].get(subject.organ_type, [])
    if not words:
        return not_assessable("没有该类机关的职能词表")
    text = subject.prose
    for word in words:
        start = text.find(word)
        if start >= 0:
            quoted = around(text, start, start + len(word))
            return unless([check.finding("foreign", printed=word, quoted=quoted)])
    return PASS
