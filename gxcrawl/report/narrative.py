"""From a document and its tables to what the report says in words."""

from __future__ import annotations

from datetime import datetime

from gxcrawl.model import Document, Narrative, ReadError, Tables
from gxcrawl.report.body import read_body
from gxcrawl.report.contact import count_self_references, find_contact
from gxcrawl.report.dates import best_date, find_dates
from gxcrawl.report.kind import why_no_report
from gxcrawl.report.lines import lines_of
from gxcrawl.report.organ import find_organ
from gxcrawl.report.period import find_period
from gxcrawl.report.script import as_printed, in_simplified, is_traditional
from gxcrawl.report.sections import find_headings, section_one
from gxcrawl.report.title import find_titles
from gxcrawl.report.year import find_years


def read_narrative(
    document: Document, tables: Tables, *, fetched_at: datetime | None = None, url: str | None = None
) -> Narrative | ReadError:
    """Read all that is not in the tables, or say why the document is no report."""
    if not is_traditional(document):
        return _read(document, tables, fetched_at, url)
    narrative = _read(in_simplified(document), tables, fetched_at, url)
    return narrative if isinstance(narrative, ReadError) else as_printed(narrative, document)


def _read(
    document: Document, tables: Tables, fetched_at: datetime | None, url: str | None
) -> Narrative | ReadError:
    lines = lines_of(document, tables)
    headings = find_headings(lines)
    titles = find_titles(document, lines, section_one(headings, len(lines)))
    title_lines = sorted(title.line for title in titles if title.line >= 0)
    body = read_body(lines, headings, title_lines[0] if title_lines else -1)
    if error := why_no_report(document, tables, lines, titles, body):
        return error
    organ, organ_names = find_organ(titles, body)
    period, period_text = find_period(body.text)
    years = find_years(titles, body, period)
    dates = find_dates(document, tables, lines, body, title_lines, fetched_at, url)
    published, basis = best_date(dates)
    return Narrative(
        title=titles[0].text if titles else "",
        titles=tuple(title.text for title in titles),
        title_place=titles[0].place if titles else "",
        organ=organ,
        organ_names=organ_names,
        year=next(iter(years.values()), None),
        years=years,
        published=published,
        published_basis=basis,
        date_candidates=dates,
        period=period,
        period_text=period_text,
        opening=body.opening,
        sections=body.sections,
        headings=body.headings,
        contact=find_contact(body.text),
        self_references=count_self_references(body.text),
        text=body.text,
    )
