"""Whether a report repeats that of last year or that of others, or says nothing. Pure.

Of two reports that are alike nobody knows which was first, so no message calls one of them the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from gxcrawl.checks.across.model import Remark
from gxcrawl.checks.across.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.checks.catalogue import Check, load_checks
from gxcrawl.checks.prose import normalise, quote
from gxcrawl.sameness.masking import LONGEST, forms_of
from gxcrawl.sameness.sentences import Sentence, Text, length_of
from gxcrawl.sameness.shingles import containment, shingles

QUOTED = 3  # of the sentences that two reports share, those that a message quotes
_NAMED = 3

Doubt = Literal["", "few", "nameless", "namesake"]


class Other(NamedTuple):
    """A report with which another one is compared."""

    report: int
    organ: str
    year: int
    text: Text
    doubt: Doubt = ""  # why being alike would prove nothing


class Match(NamedTuple):
    """How much of a report stands in another one."""

    other: Other
    share: float
    shared: tuple[Sentence, ...]  # that stand in both, in the order of the report


def match(text: Text, others: Iterable[Other]) -> list[Match]:
    """Compared with each of the others, the most alike first."""
    pieces = shingles(sentence.masked for sentence in text)
    found = []
    for other in others:
        share = containment(pieces, shingles(sentence.masked for sentence in other.text))
        known = {sentence.hash for sentence in other.text}
        shared = tuple(sentence for sentence in text if sentence.hash in known)
        found.append(Match(other, share, shared))
    return sorted(found, key=lambda match: (-match.share, match.other.report))


def against_last_year(report: int, text: Text, before: Sequence[Other]) -> Verdict:
    """`before`: what is there of the same organ and the year before."""
    check = load_checks()["S-SELF"]
    if not before:
        return not_assessable("没有上一年度的报告")
    if length_of(text) < check.parameters["least"]:
        return not_assessable("文字太少")
    best = match(text, before)[0]
    if best.share < check.parameters["nearly"]:
        return PASS
    outcome = "alike" if best.share >= check.parameters["alike"] else "nearly"
    return unless([_remark(check, outcome, report, [best])])


def against_others(report: int, text: Text, others: Iterable[Other]) -> Verdict:
    """`text` and those of the others are without what is common, so whatever is left is their own."""
    check = load_checks()["S-PEER"]
    if length_of(text) < check.parameters["least"]:
        return not_assessable("除去共用的套话后文字太少")
    matches = [found for found in match(text, others) if found.share >= check.parameters["nearly"]]
    alike = [found for found in matches if found.share >= check.parameters["alike"]]
    certain = [found for found in alike if not found.other.doubt]
    if len(certain) >= check.parameters["many"]:
        return unless([_remark(check, "many", report, certain)])
    if certain:
        return unless([_remark(check, "alike", report, certain)])
    return unless(
        _remark(check, found.other.doubt or "nearly", report, [found]) for found in (alike or matches)[:1]
    )


def _remark(check: Check, outcome: str, report: int, matches: Sequence[Match]) -> Remark:
    best = matches[0]
    longest = sorted(best.shared, key=lambda sentence: -len(sentence.masked))[:QUOTED]
    quoted = "".join(f"“{quote(sentence.printed)}”" for sentence in longest)
    finding = check.finding(
        outcome,
        printed=quote(longest[0].printed) if longest else "",
        share=_percent(best.share),
        year=best.other.year,
        others=_named(matches),
        count=len(best.shared),
        quoted=f"，如{quoted}。" if quoted else "。",
    )
    evidence = {
        "share": round(best.share, 4),
        "sentences": [sentence.printed for sentence in best.shared],
        "others": [
            {"report": found.other.report, "organ": found.other.organ, "share": round(found.share, 4)}
            for found in matches
        ],
    }
    return Remark(finding, report, best.other.report, evidence)


def _percent(share: float) -> str:
    """Rounded down: 89.9 percent are not 90."""
    return f"{int(share * 100 + 1e-9)}%"


def _named(matches: Sequence[Match]) -> str:
    """The most alike organ, and those that are alike besides."""
    first, *rest = [quote(found.other.organ, 40) or "名称不明的机关" for found in matches]
    if not rest:
        return first
    more = f"等{len(rest)}个机关" if len(rest) > _NAMED else ""
    return f"{first}（另有{'、'.join(rest[:_NAMED])}{more}）"


def generic(report: int, section_one: str, names: Iterable[str]) -> Verdict:
    """Words that any organ could print: no name, not even 我局, no place and no number among them."""
    check = load_checks()["S-GENERIC"]
    text = normalise(section_one[:LONGEST])
    if len(text) < check.parameters["least"]:
        return not_assessable("总体情况没有文字或文字太少")
    forms = forms_of(names)
    if any(form in text for form in forms) or any(said.search(text) for said in check.patterns.values()):
        return PASS
    quoted = quote(text.replace("\n", ""))
    finding = check.finding("generic" if forms else "nameless", printed=quoted, quoted=quoted)
    return unless([Remark(finding, report)])
