"""What is wrong with reports, one issue at a time, with everything that a clerk has to quote."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Literal, NamedTuple

from gxcrawl.checks.catalogue import Check, load_checks
from gxcrawl.checks.slips import without_slip
from gxcrawl.duties.words import depositor
from gxcrawl.exports.quoting import Quote, places, quotes_of, texts
from gxcrawl.exports.readings import Printed, Readings
from gxcrawl.exports.words import words
from gxcrawl.show.chinese import place_in_chinese

# What is asked of an organ: to mend, to explain, to verify, nothing. One rule for spreadsheets and letters.
Part = Literal["mend", "explain", "verify", "hint"]

# What a person dismissed is left out.
ISSUES = """
SELECT organs.key, coalesce(organs.name, found.organ, reports.organ, ''), coalesce(organs.code, ''),
  found.year, "check", result, severity, message, found.printed, found.expected, found.place,
  found.report, reports.form, reports.url,
  (SELECT cells FROM cell_sets WHERE cell_sets.id = found.cells), decision, comment, duties.rule,
  organs.status IS 'registered', duties.lacking, deposits.who, deposits.origin, deposits.seen
FROM chosen_findings AS found
LEFT JOIN reports ON reports.id = found.report
LEFT JOIN deposits ON deposits.run = reports.run
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
    slip: str  # of the pen, that may explain it
    printed: str
    expected: str
    quotes: tuple[Quote, ...]  # the cells that it rests on
    spot: str  # where it stands, when it rests on no cells
    url: str
    source: str  # who saved the report by hand; "" when a crawl found it
    confirmed: bool  # by a person
    decision: str  # what people said of it
    rule: str  # that sets the day by which the report was due
    registered: bool  # False: the organ's name was met, and nobody has confirmed it

    @property
    def known(self) -> Check | None:
        return load_checks().get(self.check)

    @property
    def title(self) -> str:
        return self.known.title if self.known else self.check

    @property
    def standard(self) -> str:
        return self.known.meaning if self.known else ""

    @property
    def compared(self) -> str:
        """What is held against each other, each behind its name."""
        return "；".join(self.known.compared(self.printed, self.expected)) if self.known else ""

    @property
    def quote(self) -> str:
        return texts(self.quotes)

    @property
    def place(self) -> str:
        return places(self.quotes) or self.spot

    @property
    def part(self) -> Part:
        """What a person confirmed is certain. A hint is not, nor what rests on a doubtful reading, nor what
        is said of an organ whose name nobody has confirmed."""
        asks: Part = self.known.asks if self.known else "mend"
        if self.confirmed and self.registered:
            return "mend" if asks == "verify" else asks
        if self.result == "fail" and self.severity == "info":
            return "hint"
        return asks if self.result == "fail" and self.registered else "verify"


def issues(connection: sqlite3.Connection) -> Iterator[Issue]:
    """In the order of areas, organs and years; all of an organ follow one another."""
    readings = Readings(connection)
    last, printed = None, dict[str, Printed]()
    for row in connection.execute(ISSUES):
        organ, name, code, year, check, result, severity, message, found, expected, place = row[:11]
        report, form, url, cells, decision, comment, rule, registered, lacking, *deposit = row[11:]
        names: list[str] = json.loads(cells) if cells else []
        if report != last and names:
            last, printed = report, {cell.id: cell for cell in readings.cells(report)}
        quoted = [printed[cell] for cell in names if report == last and cell in printed]
        if report is None and lacking:
            url = _list_of(connection, lacking, organ, year)
        said, slip = without_slip(message)
        yield Issue(
            organ,
            name,
            code,
            year,
            check,
            result,
            severity,
            said,
            slip,
            found,
            expected,
            quotes_of(form, quoted),
            place_in_chinese(place),
            url or "",
            _source(*deposit),
            decision == "confirmed",
            _decision(decision, comment),
            rule or "",
            bool(registered),
        )


def _source(who: str | None, origin: str | None, seen: str | None) -> str:
    if who is None or origin is None:
        return ""
    text: str = words()["issues"]["by_hand"]
    return text.format(depositor=depositor(who, origin), day=seen)


def _list_of(connection: sqlite3.Connection, run: str, organ: str, year: int) -> str | None:
    """The list that lacked the report."""
    row = connection.execute(LIST, {"run": run, "organ": organ, "year": year}).fetchone()
    return row[0] if row else None


def _decision(decision: str | None, comment: str | None) -> str:
    said = (words()["decisions"].get(decision or "", ""), comment)
    return "：".join(part for part in said if part)
