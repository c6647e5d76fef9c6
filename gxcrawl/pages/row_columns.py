"""Lists that are tables with a column for the organ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from gxcrawl.pages.links import words_of
from gxcrawl.report.lines import bare

_MOST_CELLS = 40
_HEAD_ROWS = 3
_HEAD = re.compile(
    r"(?:发布|公开|发文|公布|制作|责任|报告|编制|所属|信息)?(?:机构|单位|机关|部门)(?:名称)?|公开主体|信息来源单位"
)


class OrganColumns:
    """The organ that a table names beside each link."""

    def __init__(self) -> None:
        self._columns: dict[etree._Element, int | None] = {}

    def organ(self, anchor: etree._Element) -> str:
        cell = next(islice(anchor.iterancestors("td", "th"), 1), None)
        row = cell.getparent() if cell is not None else None
        if row is None or row.tag != "tr":
            return ""
        table = next(islice(row.iterancestors("table"), 1), None)
        if table is None:
            return ""
        if table not in self._columns:
            self._columns[table] = _find(table)
        column = self._columns[table]
        found = (other for place, other in _cells(row) if place == column and other is not cell)
        return next((words_of(other)[:100] for other in found), "")


def _find(table: etree._Element) -> int | None:
    for row in islice(table.iter("tr"), _HEAD_ROWS):
        for place, cell in _cells(row):
            if _HEAD.fullmatch(bare(words_of(cell))):
                return place
    return None


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    place = 0
    for cell in islice(row.iterchildren("td", "th"), _MOST_CELLS):
        yield place, cell
        span = cell.get("colspan") or "1"
        place += int(span) if span.isascii() and span.isdecimal() and len(span) <= 2 else 1
