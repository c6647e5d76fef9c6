"""The law, the notice and the plans that a report says it rests on."""

from __future__ import annotations

import re

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import quote, sentences_around
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.model import Finding

MOST = 3  # so many wrong numbers are told
REACH = 60  # a number stands so close behind the title it belongs to


def basis(check: Check, subject: Subject) -> Verdict:
    """Issuer, number and year of what is cited; one finding when nothing is cited at all."""
    text, patterns = subject.text, check.patterns
    findings = [*_issuers(check, text), *_numbers(check, subject), *_decrees(check, text)]
    if not findings and not patterns["cited"].search(text):
        findings.append(check.finding("none"))
    return unless(findings)


def _issuers(check: Check, text: str) -> list[Finding]:
    """The office named as the issuer of the format must be the one that issued it."""
    right = check.parameters["issuers"]
    wrong = {found["issuer"] for found in check.patterns["issuer"].finditer(text)} - set(right)
    return [check.finding("issuer", printed=name, expected=right[0]) for name in sorted(wrong)]


def _numbers(check: Check, subject: Subject) -> list[Finding]:
    """国办公开办函 with its number: spelled right, about the format, and of the year's format."""
    notices: dict[str, list[int]] = check.parameters["formats"]
    year = subject.rules_year
    findings: dict[str, Finding] = {}
    for found in check.patterns["number"].finditer(subject.text):
        printed = found[0]
        right = [name for name, years in notices.items() if year is None or years[0] <= year <= years[1]]
        name = f"{found['year']}-{found['number']}"
        expected = "、".join(_notice(entry) for entry in right)
        if found["letter"] not in check.parameters["letters"]:
            findings[printed] = check.finding("letter", printed=printed, expected=_notice(name))
        elif name not in notices:
            before = subject.text[max(0, found.start() - REACH) : found.start()]
            if check.patterns["format"].search(re.split("[。号]", before)[-1]):
                findings[printed] = check.finding("number", printed=printed, expected=expected)
        elif right and name not in right:
            findings[printed] = check.finding("year", printed=printed, expected=expected, year=year)
    return list(findings.values())[:MOST]


def _notice(name: str) -> str:
    year, _, number = name.partition("-")
    return f"国办公开办函〔{year}〕{number}号"


def _decrees(check: Check, text: str) -> list[Finding]:
    """The decree number of the regulation, where one is given."""
    return [
        check.finding("decree", printed=found[0], expected=f"国务院令第{check.parameters['decree']}号")
        for found in check.patterns["decree"].finditer(text)
        if found["number"] != check.parameters["decree"]
    ][:1]


def stale_plan(check: Check, subject: Subject) -> Verdict:
    """This year's work rested on the work plan of an earlier year."""
    year = subject.narrative.year
    if year is None:
        return not_assessable("报告年度不明")
    plans = list(check.patterns["plan"].finditer(subject.text))
    if not plans or max(int(plan["year"]) for plan in plans) >= year:
        return PASS
    rests = check.patterns["rests"]
    for plan, sentence in sentences_around(plans, subject.text):
        if rests.search(sentence):
            said = quote(sentence)
            return unless([check.finding("earlier", plan=int(plan["year"]), year=year, quoted=said)])
    return PASS
