"""The list of problems as a workbook: what is certain, what is to be verified, hints, and the standards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gxcrawl.checks.catalogue import load_checks
from gxcrawl.checks.severities import severity_words
from gxcrawl.exports.issues import Issue, Part
from gxcrawl.exports.words import day_in_chinese, words
from gxcrawl.exports.workbook import Book, Link

WIDTHS = (6, 24, 10, 7, 12, 16, 48, 36, 22, 20, 20, 9, 12, 18, 14, 30, 16)
STANDARD_WIDTHS = (16, 24, 100)
SHEETS: dict[Part, str] = {"mend": "certain", "explain": "certain", "verify": "verify", "hint": "hint"}


def write_issues(path: Path, found: Iterator[Issue], snapshot: str) -> int:
    """Returns how many there were."""
    told = words()["issues"]
    header = told["header"].format(day=day_in_chinese(snapshot))
    with Book(path, snapshot) as book:
        sheets = {
            name: book.sheet(told["sheets"][name], told["heads"], WIDTHS, fixed=2, header=header)
            for name in dict.fromkeys(SHEETS.values())
        }
        met: set[str] = set()
        for issue in found:
            sheet = sheets[SHEETS[issue.part]]
            sheet.write(_row(issue, sheet.count + 1))
            met.add(issue.check)
        for sheet in sheets.values():
            sheet.close()
        _write_standards(book, met)
    return sum(sheet.count for sheet in sheets.values())


def _row(issue: Issue, number: int) -> list[object]:
    compared = issue.known.compared(issue.printed, "") if issue.known else [issue.printed]
    against = issue.known.compared("", issue.expected) if issue.known else [issue.expected]
    return [
        number,
        issue.name,
        issue.code,
        issue.year,
        issue.check,
        issue.title,
        f"{issue.message}{issue.slip}",
        issue.quote,
        issue.place,
        "".join(compared),
        "".join(against),
        severity_words().get(issue.severity, issue.severity),
        words()["issues"]["asks"][issue.part],
        issue.source,
        issue.decision,
        Link(issue.url) if issue.url else None,
        None,
    ]


def _write_standards(book: Book, met: set[str]) -> None:
    """The norm of each check that found something."""
    told = words()["issues"]
    sheet = book.sheet(told["sheets"]["standards"], told["standard_heads"], STANDARD_WIDTHS)
    for check in load_checks().values():
        if check.code in met:
            sheet.write([check.code, check.title, check.meaning])
    sheet.close()
