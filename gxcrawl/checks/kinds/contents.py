"""What the prose sections must speak of."""

from __future__ import annotations

import re

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import NUMERALS, quote
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import Verdict, not_assessable, unless

_NOTHING = re.compile(
    r"(?:本年度?|本单位|本机关|我\w)?(?:暂)?(?:无|没有)(?:其他(?:需要?报告的?)?事项)?[。.]?"
)
_EMPTY_SECTION = "该章节没有内容（见SEC-EMPTY）"


def empty(check: Check, subject: Subject) -> Verdict:
    """Sections that say nothing; those that hold tables are not asked."""
    texts = subject.section_texts
    judged = [number for number in check.parameters["sections"] if number in texts]
    if not judged:
        return not_assessable("没有读到这些章节")
    return unless(
        check.finding(
            "empty" if not texts[number] else "nothing",
            section=NUMERALS[number - 1],
            printed=texts[number],
            place=section.place if (section := subject.section(number)) else "",
        )
        for number in judged
        if _says_nothing(texts[number])
    )


def _says_nothing(text: str) -> bool:
    return not text.strip("\n。.、") or bool(_NOTHING.fullmatch(text.strip("\n")))


def topics(check: Check, subject: Subject) -> Verdict:
    """The five topics that section one is to survey, as headings or as words."""
    text = subject.section_texts.get(1)
    if text is None:
        return not_assessable("没有读到第一部分")
    if _says_nothing(text):
        return not_assessable(_EMPTY_SECTION)
    absent = [name for name, pattern in check.patterns.items() if not pattern.search(text)]
    section = subject.section(1)
    place = section.place if section else ""
    return unless([check.finding("absent", names="、".join(absent), place=place)] if absent else [])


def improvement(check: Check, subject: Subject) -> Verdict:
    """Section five tells problems and what is done about them."""
    section, text = subject.section(5), subject.section_texts.get(5)
    if section is None or text is None:
        return not_assessable("没有读到第五部分")
    if _says_nothing(text):
        return not_assessable(_EMPTY_SECTION)
    patterns = check.patterns
    promised = patterns["heading"].search(section.heading) is not None
    improves = patterns["improves"].search(text) or (promised and patterns["intends"].search(text))
    findings = []
    if not patterns["problems"].search(text):
        findings.append(check.finding("no_problems", place=section.place, quoted=quote(text.strip("\n"))))
    if not improves:
        findings.append(
            check.finding("no_improvement", place=section.place, heading=section.heading.strip(" #*"))
        )
    return unless(findings)


def broken_off(check: Check, subject: Subject) -> Verdict:
    """A section that ends in the middle of a sentence, or counts 一是 and never 二是."""
    findings = []
    judged = [number for number in check.parameters["sections"] if number in subject.section_texts]
    if not judged:
        return not_assessable("没有读到这些章节")
    for number in judged:
        text = subject.section_texts[number].rstrip("\n*# ")
        end = text.endswith(tuple(check.parameters["open_ends"]))
        first = [found.start() for found in check.patterns["first"].finditer(text)]
        if end:
            findings.append(
                check.finding("end", section=NUMERALS[number - 1], quoted=text[-20:].replace("\n", ""))
            )
        elif first and not check.patterns["second"].search(text, first[-1]):
            start = first[-1]
            findings.append(
                check.finding(
                    "first", section=NUMERALS[number - 1], quoted=quote(text[start : start + 40], 30)
                )
            )
    return unless(findings)
