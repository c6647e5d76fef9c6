"""The page of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from datasette import Request, Response

from gxcrawl.checks.severities import severity_words
from gxcrawl.duties.words import depositor, status_words
from gxcrawl.evidence.chain import chain_of
from gxcrawl.evidence.model import Change, Version
from gxcrawl.evidence.model import Report as Source
from gxcrawl.evidence.records import Archive
from gxcrawl.evidence.telling import moment, word
from gxcrawl.exports.text import is_web_address
from gxcrawl.forms import load_form
from gxcrawl.health.words import class_in_chinese
from gxcrawl.problems import problem_entries
from gxcrawl.show.chinese import basis_in_chinese, place_in_chinese
from gxcrawl.site.answers import WrongError, page
from gxcrawl.site.decisions.form import number_in
from gxcrawl.site.evidence import from_archive
from gxcrawl.site.report.asking import Told, told_of
from gxcrawl.site.report.cells import Cell, legend
from gxcrawl.site.report.findings import Finding
from gxcrawl.site.report.form import Drawn, drawn
from gxcrawl.site.report.texts import Piece, differences
from gxcrawl.site.report.words import words
from gxcrawl.site.site import Site

MOST_VERSIONS = 20  # that are shown, the newest ones
MOST_TEXTS = 30  # of all these, that are compared sentence by sentence


class Shown(NamedTuple):
    table: Drawn
    doubtful: list[Cell]  # something is printed that was not taken for a number
    numbered: list[tuple[int, Finding]]  # what failed and rests on its cells, with the numbers on the page


class Changed(NamedTuple):
    """A fact that a version tells otherwise; of a text, which sentences."""

    label: str
    before: str | None
    now: str | None
    pieces: list[Piece] | None


async def report(site: Site, request: Request) -> Response:
    number = number_in(request)
    told = await site.ask(lambda connection: told_of(connection, number))
    if told is None:
        raise WrongError(f"没有编号为 R{number} 的报告。")

    def look(archive: Archive) -> tuple[Source, list[tuple[Version, list[Changed]]]]:
        [source] = chain_of(archive, f"R{number}").reports
        return source, _versions(source)

    source, versions = await from_archive(site, look)
    form = load_form(told.facts.form) if told.facts.form else None
    tables = drawn(form, _printed(told)) if form else []
    context = {
        "told": told,
        "facts": told.facts,
        "form": form,
        "tables": [_shown(table, told) for table in tables],
        "others": _outside(told, tables),
        "counts": Counter(finding.severity for finding in told.findings.failed),
        "marks": told.findings.marks,
        "legend": legend(told.cells[name] for t in tables for name in t.cells if name in told.cells),
        "source": source,
        "versions": versions,
        "is_web": is_web_address(source.url),
        "statuses": status_words(),
        "severities": severity_words(),
        "decisions": words()["decisions"],
        "problems": problem_entries(),
        **_WORDS,
    }
    return await page(site, request, "report", context)


_WORDS: Mapping[str, object] = {
    "word": word,
    "moment": moment,
    "depositor": depositor,
    "basis": basis_in_chinese,
    "place": place_in_chinese,
    "failure": class_in_chinese,
}


def _printed(told: Told) -> set[str]:
    return {name for name, cell in told.cells.items() if cell.state != "missing"}


def _outside(told: Told, tables: list[Drawn]) -> list[str]:
    """Cells that the report prints and the form does not have."""
    inside = {name for table in tables for name in table.cells}
    return [name for name, cell in told.cells.items() if name not in inside and cell.state != "missing"]


def _shown(table: Drawn, told: Told) -> Shown:
    names = set(table.cells)
    cells = (told.cells[name] for name in table.cells if name in told.cells)
    return Shown(
        table,
        [cell for cell in cells if cell.state in ("invalid", "ambiguous")],
        [(n, one) for n, one in enumerate(told.findings.failed, 1) if not names.isdisjoint(one.cells)],
    )


def _versions(source: Source) -> list[tuple[Version, list[Changed]]]:
    """The newest first."""
    left = iter(range(MOST_TEXTS))
    newest = reversed(source.others[-MOST_VERSIONS:])
    return [(one, [_changed(change, left) for change in one.changes]) for one in newest]


def _changed(change: Change, left: Iterator[int]) -> Changed:
    if not change.fact.startswith("section "):
        return Changed(word("facts", change.fact), change.before, change.now, None)
    label = f"第{change.fact.removeprefix('section ')}部分文字"
    if next(left, None) is None:
        return Changed(label, None, None, None)
    return Changed(label, None, None, differences(change.before or "", change.now or ""))
