"""Who reports, about which year, and how to reach them."""

from __future__ import annotations

from datetime import date

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import around, normalise
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import PASS, Verdict, not_assessable, unless


def year(check: Check, subject: Subject) -> Verdict:
    """The years of the title, the text and the period must be one."""
    years = subject.narrative.years
    places: dict[str, str] = check.parameters["places"]
    printed = {place: years[place] for place in places if place in years}
    if len(printed) < 2:
        return not_assessable("只有一处写明年度")
    if len(set(printed.values())) == 1:
        return PASS
    listed = "、".join(f"{places[place]}为{value}年" for place, value in printed.items())
    certain = "title" in printed and "period" in printed and printed["title"] != printed["period"]
    return unless([check.finding("differ" if certain else "doubtful", places=listed)])


def period(check: Check, subject: Subject) -> Verdict:
    """The numbers are about the whole year of the report."""
    narrative = subject.narrative
    stated = narrative.period
    text = normalise(narrative.period_text)
    if stated is None and text:
        return unless([check.finding("unreadable", printed=text)])
    if stated is None:
        return unless([check.finding("absent")])
    report_year = narrative.year or stated[0].year
    whole = (date(report_year, 1, 1), date(report_year, 12, 31))
    if stated == whole:
        return PASS
    if not check.patterns["period"].search(text):
        return unless([check.finding("absent")])
    expected = f"{report_year}年1月1日至12月31日"
    return unless([check.finding("other", printed=text[-60:], expected=expected)])


def contact(check: Check, subject: Subject) -> Verdict:
    known: dict[str, str] = check.parameters["items"]
    absent = [label for item, label in known.items() if not subject.narrative.contact.get(item)]
    return unless([check.finding("absent", names="、".join(absent))] if absent else [])


def self_reference(check: Check, subject: Subject) -> Verdict:
    """我局 in the report of a town: left over from somebody else's text."""
    organ = subject.organ_type
    foreign: dict[str, list[str]] = check.parameters["foreign"]
    if organ not in foreign:
        return not_assessable("机关类型没有固定自称" if organ else "机关名称不明")
    used = subject.narrative.self_references
    findings = []
    for word in foreign[organ]:
        if word not in used:
            continue
        text = subject.text
        start = text.find(word)
        if start < 0 or check.patterns["no_word"].search(text[max(0, start - 2) : start + len(word) + 1]):
            continue
        findings.append(
            check.finding(
                "foreign",
                printed=word,
                organ=subject.narrative.organ or "",
                count=used[word],
                quoted=around(text, start, start + len(word)),
            )
        )
    return unless(findings)
