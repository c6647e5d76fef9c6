"""What is wrong with reports, one issue at a time, with everything that a clerk has to quote."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from gxcrawl.checks.catalogue import load_checks
from gxcrawl.checks.severities import severity_words
from gxcrawl.exports.readings import Printed, Readings
from gxcrawl.exports.text import readable
from gxcrawl.exports.words import day_in_chinese, words
from gxcrawl.exports.workbook import Book, Link
from gxcrawl.forms import load_forms
from gxcrawl.show.chinese import place_in_chinese

MOST_CELLS = 12  # that are quoted with one finding
LONGEST_RAW = 200  # characters of a quoted cell
WIDTHS = (6, 26, 12, 7, 18, 36, 44, 36, 12, 12, 26, 9, 9, 16, 30, 20)

# What a person dismissed is left out.
ISSUES = """
SELECT organs.key, coalesce(organs.name, found.organ, reports.organ, ''), coalesce(organs.code, ''),
  found.year, "check", result, severity, message, found.printed, found.expected, found.place,
  found.report, reports.form, reports.url,
  (SELECT cells FROM cell_sets WHERE cell_sets.id = found.cells), decision, comment, duties.rule,
  organs.status IS 'registered', duties.lacking
FROM chosen_findings AS found
LEFT JOIN reports ON reports.id = found.report
LEFT JOIN organs ON organs.key = found.organ_key
LEFT JOIN duties ON duties.organ = found.organ_key AND duties.year = found.year
WHERE result IN ('fail', 'uncertain') AND decision IS NOT 'dismissed'
ORDER BY organs.code, organs.name, organs.key, found.year, found.report, found.id
"""

# Of a run the list in which the organ's reports stand, else the one of the year.
LIST = """
SELECT url FROM listings WHERE run = :run ORDER BY url IN (
  SELECT own.url FROM reports
  JOIN pages ON pages.id = reports.page JOIN listings AS own ON own.id = pages.listing
  WHERE reports.organ_key = :organ
) DESC, year IS :year DESC, year IS NULL DESC, id LIMIT 1
"""


class Issue(NamedTuple):
    organ: str | None  # key; None: no organ is known for certain
    name: str
    code: str
    year: int | None
    check: str
    result: str
    severity: str
    message: str
    printed: str
    expected: str
    quote: str  # the cells that it rests on, as they are printed
    place: str
    url: str
    confirmed: bool  # by a person
    decision: str  # what people said of it
    rule: str  # that sets the day by which the report was due
    registered: bool  # False: the organ's name was met, and nobody has confirmed it

    @property
    def title(self) -> str:
        known = load_checks().get(self.check)
        return known.title if known else self.check

    @property
    def standard(self) -> str:
        known = load_checks().get(self.check)
        return known.meaning if known else ""


def issues(connection: sqlite3.Connection) -> Iterator[Issue]:
    """In the order of areas, organs and years; all of an organ follow one another."""
    readings = Readings(connection)
    last, printed = None, dict[str, Printed]()
    for row in connection.execute(ISSUES):
        organ, name, code, year, check, result, severity, message, found, expected, place = row[:11]
        report, form, url, cells, decision, comment, rule, registered, lacking = row[11:]
        names: list[str] = json.loads(cells) if cells else []
        if report != last and names:
            last, printed = report, {cell.id: cell for cell in readings.cells(report)}
        quoted = [printed[cell] for cell in names if report == last and cell in printed]
        if report is None and lacking:
            url = _list_of(connection, lacking, organ, year)
        yield Issue(
            organ,
            name,
            code,
            year,
            check,
            result,
            severity,
            message,
            found,
            expected,
            _quote(form, quoted),
            place_in_chinese(_places(quoted) or place),
            url or "",
            decision == "confirmed",
            _decision(decision, comment),
            rule or "",
            bool(registered),
        )


def _list_of(connection: sqlite3.Connection, run: str, organ: str, year: int) -> str | None:
    """The list that lacked the report."""
    row = connection.execute(LIST, {"run": run, "organ": organ, "year": year}).fetchone()
    return row[0] if row else None


def _quote(form: str | None, cells: Sequence[Printed]) -> str:
    labels = next((known for known in load_forms() if known.id == form), None)
    told = [
        f"{labels.label(cell.id) if labels else cell.id}：{readable(cell.raw, LONGEST_RAW) or '（空白）'}"
        for cell in islice(cells, MOST_CELLS)
    ]
    return "；".join(told) + _and_more(cells)


def _places(cells: Sequence[Printed]) -> str:
    return "；".join(cell.place for cell in islice(cells, MOST_CELLS)) + _and_more(cells)


def _and_more(cells: Sequence[Printed]) -> str:
    return f"……共{len(cells)}格" if len(cells) > MOST_CELLS else ""


def _decision(decision: str | None, comment: str | None) -> str:
    said = (words()["decisions"].get(decision or "", ""), comment)
    return "：".join(part for part in said if part)


def write_issues(path: Path, found: Iterator[Issue], snapshot: str) -> int:
    """The list as a workbook: what is certain, and apart from it what is not. Returns how many there were."""
    told: Mapping[str, str | list[str]] = words()["issues"]
    header = str(told["header"]).format(day=day_in_chinese(snapshot))
    numbers = {"fail": 0, "uncertain": 0}
    with Book(path, snapshot) as book:
        sheets = {
            result: book.sheet(str(told[title]), list(told["heads"]), WIDTHS, fixed=2, header=header)
            for result, title in (("fail", "certain"), ("uncertain", "uncertain"))
        }
        for issue in found:
            numbers[issue.result] += 1
            sheets[issue.result].write(_row(issue, numbers[issue.result]))
        for sheet in sheets.values():
            sheet.close()
    return sum(numbers.values())


def _row(issue: Issue, number: int) -> list[object]:
    return [
        number,
        issue.name,
        issue.code,
        issue.year,
        issue.title,
        issue.standard,
        issue.message,
        issue.quote,
        issue.printed,
        issue.expected,
        issue.place,
        severity_words().get(issue.severity, issue.severity),
        words()["results"][issue.result],
        issue.decision,
        Link(issue.url) if issue.url else None,
        None,
    ]
