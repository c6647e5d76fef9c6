"""信息处理费, charged for excessive applications; never compared with 行政事业性收费, another charge."""

from __future__ import annotations

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import number, quote
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import PASS, Verdict, not_assessable, unless


def statement(check: Check, subject: Subject) -> Verdict:
    """The statement on the fee must not contradict itself."""
    patterns = check.patterns
    fees = subject.sentences_with(check.parameters["word"])
    about = [sentence for sentence in fees if patterns["about"].search(sentence)]
    if not about:
        return not_assessable("正文没有写信息处理费")
    text = "，".join(about)
    notices = patterns["notices"].search(text)
    amounts = [found for found in patterns["amount"].finditer(text) if float(found["n"]) > 0]
    if amounts and (patterns["none"].search(text) or (notices and number(notices["n"]) == 0)):
        return unless([check.finding("contradiction", printed=amounts[0][0], quoted=quote(text))])
    return PASS


def unstated(check: Check, subject: Subject) -> Verdict:
    text = subject.section_texts.get(6)
    if text is None:
        return not_assessable("没有读到第六部分")
    word, about = check.parameters["word"], check.patterns["about"]
    if any(word in said and about.search(said) for said in subject.section_texts.values()):
        return PASS
    section = subject.section(6)
    place = section.place if section else ""
    return unless([check.finding("absent", printed=quote(text.strip("\n"), 20), place=place)])


def unpaid(check: Check, subject: Subject) -> Verdict:
    """Applications closed because a fee was not paid need fee notices."""
    cell: str = check.parameters["cell"]
    closed = subject.value(cell)
    if closed is None or not subject.section_texts:
        return not_assessable("没有数字或没有正文")
    if not closed:
        return PASS
    notices = check.patterns["notices"].search(subject.prose)
    if notices is None:
        known = check.patterns["about"].search(subject.prose)
        return PASS if known else unless([check.finding("silent", cells=(cell,), count=closed)])
    sent = number(notices["n"])
    if sent >= closed:
        return PASS
    return unless([check.finding("fewer", cells=(cell,), count=closed, printed=str(sent), quoted=notices[0])])
