"""The days of publication of an area and a year, as a chart."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from gxcrawl.site.areas import IN_AREA, area_values
from gxcrawl.site.charts.model import Chart
from gxcrawl.site.charts.strip import Dot, strip
from gxcrawl.site.rankings.asking import Scope

MOST = 1000  # dots that can be told apart

_DUTIES = f"""
FROM organs CROSS JOIN duties ON duties.organ = organs.key AND duties.year = :year
WHERE {IN_AREA} AND (:kind = '' OR organs.kind = :kind) AND duties.status <> 'exempt'
"""
_DOTS = f"""
SELECT organs.kind, organs.name, duties.due, duties.published, duties.status, duties.days {_DUTIES}
AND duties.published IS NOT NULL ORDER BY duties.published, organs.code, organs.key
"""
_COUNT = f"SELECT count(*) {_DUTIES}"
_DATED = f"""
SELECT count(*) FROM (SELECT 1 {_DUTIES} AND duties.published IS NOT NULL LIMIT {MOST + 1})
"""


class Timing(NamedTuple):
    dated: int  # organs of which the day of publication is known, up to one more than can be drawn
    organs: int = 0  # that owe a report, where there is a chart
    chart: Chart | None = None  # None: nothing to draw, or too much


def timing(connection: sqlite3.Connection, scope: Scope, area: str, kinds: Mapping[str, str]) -> Timing:
    values = {**scope._asdict(), **area_values(scope.area)}
    dated = connection.execute(_DATED, values).fetchone()[0]
    if not 0 < dated <= MOST:
        return Timing(dated)
    organs = connection.execute(_COUNT, values).fetchone()[0]
    dots = [Dot(*row) for row in connection.execute(_DOTS, values)]
    rows = {**kinds, **{dot.row: dot.row or "类别不明" for dot in dots if dot.row not in kinds}}
    caption = f"{area or '全部地区'}{scope.year}年度报告的发布日期（每点一份，虚线为期限）"
    return Timing(dated, organs, strip(caption, dots, rows))
