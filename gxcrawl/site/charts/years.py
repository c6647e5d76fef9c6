"""Numbers over years: as lines, which end where counting changed, and as bars of parts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gxcrawl.model import Number
from gxcrawl.site.charts.model import Chart, told

BLANK, NO_REPORT = "空", "—"


class Year(NamedTuple):
    year: int
    form: str  # of its tables; "" when there is no report with tables


class Line(NamedTuple):
    name: str
    values: Sequence[Number | None]  # one for each year
    segments: Sequence[str]  # years of the same segment are counted alike


def lines(caption: str, years: Sequence[Year], drawn: Sequence[Line]) -> Chart:
    drawing = {
        "kind": "lines",
        "years": [str(year.year) for year in years],
        "breaks": [{"year": str(year.year), "name": f"{year.form}表起"} for year in changes(years)],
        "lines": [{"name": line.name, "parts": _parts(line)} for line in drawn],
    }
    return Chart(caption, drawing, *_table(years, drawn), _notes(years, drawn))


def stack(caption: str, years: Sequence[Year], drawn: Sequence[Line]) -> Chart:
    """One bar a year, made of its parts. Where a part was not read, the year's name says so."""
    incomplete = {
        year.year
        for place, year in enumerate(years)
        if year.form and any(line.values[place] is None for line in drawn)
    }
    drawing = {
        "kind": "stack",
        "years": [f"{year.year}\n有空格" if year.year in incomplete else str(year.year) for year in years],
        "bars": [{"name": line.name, "values": line.values} for line in drawn],
    }
    return Chart(caption, drawing, *_table(years, drawn), _notes(years, drawn))


def changes(years: Sequence[Year]) -> list[Year]:
    """The first years on another form than the report before them."""
    with_tables = [year for year in years if year.form]
    return [year for before, year in pairwise(with_tables) if before.form != year.form]


def _parts(line: Line) -> list[list[Number | None]]:
    """The line once for each segment, with nothing in the years of the others."""
    segments = dict.fromkeys(
        segment for segment, value in zip(line.segments, line.values, strict=True) if value is not None
    )
    return [
        [value if own == segment else None for own, value in zip(line.segments, line.values, strict=True)]
        for segment in segments
    ]


def _table(years: Sequence[Year], drawn: Sequence[Line]) -> tuple[list[str], list[list[str]]]:
    rows = []
    for place, year in enumerate(years):
        nothing = BLANK if year.form else NO_REPORT
        cells = [told(line.values[place], nothing) for line in drawn]
        rows.append([str(year.year), year.form or NO_REPORT, *cells])
    return ["年度", "表式", *(line.name for line in drawn)], rows


def _notes(years: Sequence[Year], drawn: Sequence[Line]) -> list[str]:
    notes = []
    if any(year.form and line.values[place] is None for place, year in enumerate(years) for line in drawn):
        notes.append(f"“{BLANK}”：报告有表，此数未读到或该表式无此项；图中不画，也不当作零。")
    if any(not year.form for year in years):
        notes.append(f"“{NO_REPORT}”：该年没有读到表格的报告。")
    return notes
