"""The title of a report: organ, year and the words of the law."""

from __future__ import annotations

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import normalise
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import PASS, Verdict, not_assessable, unless


def title(check: Check, subject: Subject) -> Verdict:
    printed = subject.narrative.title.strip(" #*\u3000")
    if not printed:
        return not_assessable("没有找到标题")
    bare, patterns = normalise(printed), check.patterns
    faults: dict[str, str] = check.parameters["faults"]
    found = []
    if not _organ_in(check, bare):
        found.append(faults["organ"])
    if not patterns["year"].search(bare):
        found.append(faults["year"])
    if not patterns["report"].search(bare):
        found.append(faults["report"])
    if not found:
        return PASS
    return unless(
        [
            check.finding(
                "other", printed=printed, place=subject.narrative.title_place, faults="、".join(found)
            )
        ]
    )


def _organ_in(check: Check, bare_title: str) -> str:
    """What is left of a title without year and fixed words."""
    return check.patterns["fixed"].sub("", bare_title)


def organ_name(check: Check, subject: Subject) -> Verdict:
    """A title that names the organ by a shorter name than the report does elsewhere."""
    organ = subject.narrative.organ
    titles = subject.narrative.titles or (subject.narrative.title,)
    if not organ or not any(titles):
        return not_assessable("机关名称不明")
    for printed in titles:
        name = _organ_in(check, normalise(printed).strip("#*"))
        if name and name != organ and len(name) < len(organ) and name in organ:
            return unless([check.finding("short", printed=name, expected=organ)])
    return PASS
