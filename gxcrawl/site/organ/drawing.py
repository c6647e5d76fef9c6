"""The charts of an organ: applications over the years, and why information was refused. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from gxcrawl.site.charts.model import Chart
from gxcrawl.site.charts.years import Line, lines, stack
from gxcrawl.site.charts.years import Year as ChartYear
from gxcrawl.site.organ.quantities import Row, reasons, rows
from gxcrawl.site.organ.years import Year

OVER_YEARS = ("received", "handled")


def charts_of(name: str, years: Sequence[Year]) -> list[Chart]:
    """Those for which a number was read; of reasons, one that is not zero."""
    drawn = [_line(row, years) for row in rows() if row.id in OVER_YEARS]
    refused = [year for year in years if year.figures[reasons()[0].id].state not in ("no_report", "no_row")]
    parts = [_line(row, refused) for row in reasons()]
    charts = []
    if any(value is not None for line in drawn for value in line.values):
        charts.append(lines(f"{name}历年新收申请与办理总计（件）", _axis(years), drawn))
    if any(value for line in parts for value in line.values):
        charts.append(stack(f"{name}历年不予公开的理由（件）", _axis(refused), parts))
    return charts


def _axis(years: Sequence[Year]) -> list[ChartYear]:
    return [ChartYear(year.year, year.form) for year in years]


def _line(row: Row, years: Sequence[Year]) -> Line:
    segments = [row.quantity.segment(year.form) if year.form else "" for year in years]
    return Line(row.label, [year.figures[row.id].value for year in years], segments)
