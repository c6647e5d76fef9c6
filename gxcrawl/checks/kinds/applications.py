"""What the text says about applications, against table three.

Only sentences that plainly give one count for the year of the report are read; anything else is left alone.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import number, of_this_year, quote
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import PASS, Verdict, not_assessable, unless

MOST = 20  # so many counts are looked at in a sentence; more are no plain statement anyway
BEFORE = 6  # so many characters before a count belong to its verb
UNTOLD = "正文没有明确写出件数"


class Count(NamedTuple):
    value: int
    unit: str
    sentence: str


def _counts(check: Check, subject: Subject) -> list[Count]:
    """Every plain count of applications received, one for each sentence that gives exactly one."""
    about, other_times = check.patterns["about"], check.patterns["other_times"]
    counts = []
    for sentence in subject.sentences_with("申请"):
        if about.search(sentence) and of_this_year(sentence, subject.narrative.year, other_times):
            counts += _count(check, sentence)
    return counts


def _count(check: Check, sentence: str) -> list[Count]:
    patterns = check.patterns
    head = patterns["part"].split(sentence, maxsplit=1)[0]
    found = [
        match for name in ("after", "bare", "before") for match in islice(patterns[name].finditer(head), MOST)
    ]
    if any(patterns["alien"].search(_clauses(head, match)) for match in found):
        return []
    if any(patterns["partial"].search(match[0]) or _is_of_handled(check, head, match) for match in found):
        return []
    if len({match["n"] for match in found}) == 1:
        return [Count(number(found[0]["n"]), found[0]["unit"], sentence)]
    none = None if found else patterns["none"].search(head)
    if none and not patterns["alien"].search(_clauses(head, none)):
        return [Count(0, "", sentence)]
    return []


def _is_of_handled(check: Check, head: str, found: re.Match[str]) -> bool:
    """受理并办结申请13件: a count of applications handled, those of earlier years among them."""
    before = head[max(0, found.start() - BEFORE) : found.start()]
    verbs = check.patterns["handled"], check.patterns["handled_before"]
    return bool(verbs[0].search(found[0]) or verbs[1].search(before))


def _clauses(sentence: str, found: re.Match[str]) -> str:
    """What was found, with the rest of the clauses it begins and ends in."""
    start = sentence.rfind("，", 0, found.start()) + 1
    end = sentence.find("，", found.end())
    return sentence[start : end if end >= 0 else len(sentence)]


def received(check: Check, subject: Subject) -> Verdict:
    """New applications; a text that counts those carried in as well is right too."""
    cells = check.parameters["cells"]
    new, carried = subject.value(cells[0]), subject.value(cells[1])
    if new is None:
        return not_assessable("表三新收总计没有数字")
    counts = _counts(check, subject)
    if not counts:
        return not_assessable(UNTOLD)
    said = counts[0]
    if said.value == new or (carried is not None and said.value == new + carried):
        return PASS
    if any(count.value == new for count in counts[1:]):
        return PASS
    scope = "scope" if check.patterns["scope"].search(said.sentence) else "differ"
    quoted = quote(said.sentence)
    return unless(
        [check.finding(scope, cells=tuple(cells), printed=str(said.value), expected=str(new), quoted=quoted)]
    )


def unit(check: Check, subject: Subject) -> Verdict:
    counts = _counts(check, subject)
    if not counts:
        return not_assessable(UNTOLD)
    other = [count for count in counts if count.unit not in ("", check.parameters["unit"])]
    if not other:
        return PASS
    return unless([check.finding("other", printed=other[0].unit, quoted=quote(other[0].sentence))])


def _phrases(check: Check, subject: Subject, sentences: list[str]) -> Verdict:
    """Counts behind fixed phrases, each against the cells it stands for."""
    findings, passed = [], 0
    for phrase in check.parameters["phrases"]:
        expected = subject.total(phrase["cells"])
        pattern = check.patterns[phrase["pattern"]]
        said = [(found, sentence) for sentence in sentences if (found := pattern.search(sentence))]
        if expected is None or not said:
            continue
        if any(number(found["n"]) == expected for found, _ in said):
            passed += 1
            continue
        found, sentence = said[0]
        findings.append(
            check.finding(
                "differ",
                cells=tuple(phrase["cells"]),
                printed=found["n"],
                expected=str(expected),
                quoted=quote(sentence),
                what=phrase["name"],
            )
        )
    if not findings and not passed:
        return not_assessable(UNTOLD)
    return Verdict(tuple(findings), passed)


def carried(check: Check, subject: Subject) -> Verdict:
    """上年结转 and 结转下年, with their counts."""
    patterns = check.patterns
    about = [
        sentence
        for sentence in subject.sentences_with("结转")
        if "申请" in sentence and not patterns["alien"].search(sentence)
    ]
    return _phrases(check, subject, about)


def handled(check: Check, subject: Subject) -> Verdict:
    """办结, 予以公开, 不予公开 and so on, in sentences about applications of this year."""
    patterns = check.patterns
    about = [
        sentence
        for sentence in subject.sentences_with("申请")
        if patterns["about"].search(sentence)
        and not patterns["alien"].search(sentence)
        and of_this_year(sentence, subject.narrative.year, patterns["other_times"])
    ]
    return _phrases(check, subject, about)


def unmentioned(check: Check, subject: Subject) -> Verdict:
    """Table three counts applications, the text never speaks of any."""
    value = subject.value(check.parameters["cell"])
    if value is None or not subject.section_texts:
        return not_assessable("没有数字或没有正文")
    if not value or check.patterns["mentioned"].search(subject.prose):
        return PASS
    return unless([check.finding("silent", cells=(check.parameters["cell"],), count=value)])
