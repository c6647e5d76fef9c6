"""The outline of a report: its six sections, their order, numbers and wording."""

from __future__ import annotations

import re
from collections import Counter

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import NUMERALS, normalise, number
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import PASS, Verdict, not_assessable, unless

_ITEM = re.compile(r"^[#*]*[（(]([一二三四五六七八九])[）)]", re.MULTILINE)
NO_OUTLINE = "没有识别出章节标题"


def present(check: Check, subject: Subject) -> Verdict:
    """A section is absent for certain only when neither its heading nor its table is there."""
    known = set(subject.section_texts) | {heading.number for heading in subject.narrative.headings}
    titles: dict[str, str] = check.parameters["titles"]
    if not known:
        return unless([check.finding("none")])
    absent = [place for place in range(1, 7) if place not in known]
    if not absent:
        return PASS
    with_table = {
        int(section) for section, table in check.parameters["tables"].items() if subject.has_table(table)
    }
    findings = []
    for outcome, numbers in (
        ("absent", [place for place in absent if place not in with_table]),
        ("no_heading", [place for place in absent if place in with_table]),
    ):
        if numbers:
            names = "、".join(f"“{NUMERALS[place - 1]}、{titles[str(place)]}”" for place in numbers)
            findings.append(check.finding(outcome, names=names))
    return unless(findings)


def order(check: Check, subject: Subject) -> Verdict:
    numbers = [heading.number for heading in subject.narrative.headings]
    if not numbers:
        return not_assessable(NO_OUTLINE)
    last_met = list(dict.fromkeys(reversed(numbers)))[::-1]
    if last_met == sorted(last_met):
        return PASS
    return unless([check.finding("order", order="、".join(NUMERALS[number - 1] for number in last_met))])


def numbering(check: Check, subject: Subject) -> Verdict:
    """The numbers of the sections, and of the parts within the two that are prose."""
    if not subject.narrative.sections:
        return not_assessable(NO_OUTLINE)
    findings = []
    for section in subject.narrative.sections:
        right = NUMERALS[section.number - 1]
        if section.printed_number != right:
            printed = section.printed_number or "无编号"
            findings.append(
                check.finding(
                    "section",
                    expected=right,
                    printed=printed,
                    place=section.place,
                    heading=section.heading.strip(),
                )
            )
    for place, text in subject.section_texts.items():
        if "（一）" in text or "(一)" in text:
            continue
        items = _ITEM.findall(text)
        if items and "一" not in items:
            findings.append(check.finding("item", section=NUMERALS[place - 1], first=items[0]))
    return unless(findings)


def repeated(check: Check, subject: Subject) -> Verdict:
    headings = subject.narrative.headings
    if not headings:
        return not_assessable(NO_OUTLINE)
    counts = Counter(heading.number for heading in headings)
    twice = [number for number, count in counts.items() if count > 1]
    if not twice:
        return PASS
    outcome = "whole" if len(twice) > check.parameters["whole"] else "heading"
    first = [heading for heading in headings if heading.number == twice[0]]
    return unless(
        [
            check.finding(
                outcome,
                place=first[0].place,
                names="、".join(f"“{_first(subject, number)}”" for number in twice),
                titles=_several_titles(subject),
            )
        ]
    )


def _first(subject: Subject, number: int) -> str:
    return next(h.heading.strip(" #*") for h in subject.narrative.headings if h.number == number)


def _several_titles(subject: Subject) -> str:
    titles = subject.narrative.titles
    return f"，报告标题也有{len(titles)}个" if len(titles) > 1 else ""


def wording(check: Check, subject: Subject) -> Verdict:
    if not subject.narrative.sections:
        return not_assessable(NO_OUTLINE)
    differing = [
        section
        for section in subject.narrative.sections
        if not check.patterns[str(section.number)].fullmatch(_words(section.heading))
    ]
    if not differing:
        return PASS
    listed = "、".join(f"“{section.heading.strip(' #*')}”" for section in differing)
    return unless([check.finding("other", names=listed, place=differing[0].place)])


_NUMBERING = re.compile(
    r"^[#*]*(?:第?[一二三四五六七八九十\d]+(?:部分|章)?[、.．,，:：]?|[（(][一二三四五六\d]+[）)])"
)


def _words(heading: str) -> str:
    return _NUMBERING.sub("", normalise(heading)).strip("*#:：。")


def announced(check: Check, subject: Subject) -> Verdict:
    """本报告由……等六部分组成: as many parts as announced."""
    found = check.patterns["list"].search(normalise(subject.narrative.opening))
    if found is None:
        return PASS
    count = number(found["count"])
    named = sum(1 for word in check.parameters["words"] if re.search(word, found["parts"]))
    if count != len(NUMERALS) or named >= count:
        return PASS
    return unless([check.finding("fewer", count=count, named=named, quoted=found[0])])
