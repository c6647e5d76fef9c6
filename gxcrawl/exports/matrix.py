"""Who reported when: organs by years, one sheet for each area, in words and colours."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from gxcrawl.duties.words import status_words
from gxcrawl.exports.words import day_in_chinese, words
from gxcrawl.exports.workbook import Book, Link, Styled
from gxcrawl.show.chinese import basis_in_chinese

WIDTHS = (34, 16, 14)
YEAR_WIDTH = 16
DETAIL_WIDTHS = (34, 14, 8, 16, 8, 12, 10, 12, 18, 50, 12, 40)
LEGEND_WIDTHS = (24, 14, 8, 70)

YEARS = "SELECT DISTINCT year FROM chosen_duties ORDER BY year"
DUTIES = """
SELECT organs.key, organs.name, organs.kind, organs.code, areas.name, duty.year, duty.status, duty.days,
  due, statutory, duty.published, duty.published_basis, reason, since, reports.url
FROM chosen_duties AS duty JOIN organs ON organs.key = duty.organ
LEFT JOIN areas ON areas.code = organs.code
LEFT JOIN reports ON reports.id = duty.report
ORDER BY organs.code, organs.name, organs.key, duty.year
"""


class Row(NamedTuple):
    key: str
    name: str
    kind: str
    code: str
    area: str | None
    year: int
    status: str
    days: int | None
    due: str
    statutory: int
    published: str | None
    basis: str
    reason: str
    since: str
    url: str | None

    @property
    def shown(self) -> Styled:
        return Styled(status_words()[self.status].with_days(self.days, self.due, self.published), self.status)


def write_matrix(path: Path, connection: sqlite3.Connection, snapshot: str) -> int:
    """Returns the number of duties. They are read twice, so that the sheets of areas come first."""
    told, day = words()["matrix"], day_in_chinese(snapshot)
    columns = [year for (year,) in connection.execute(YEARS)]
    with Book(path, snapshot) as book:
        for status, word in status_words().items():
            book.style(status, word.fill, word.ink)
        rows = (Row(*row) for row in connection.execute(DUTIES))
        for (code, area), of_area in groupby(rows, key=lambda row: (row.code, row.area)):
            title = f"{area or ''}{code}" or told["no_area"]
            heads = [*told["heads"], *(f"{year}年度" for year in columns)]
            widths = (*WIDTHS, *(YEAR_WIDTH for _ in columns))
            header = told["header"].format(area=area or code, day=day)
            sheet = book.sheet(title, heads, widths, fixed=1, header=header)
            for _, of_organ in groupby(of_area, key=lambda row: row.key):
                sheet.write(_organ(list(of_organ), columns, told))
            sheet.close()
        count = _write_detail(book, connection, told)
        _write_legend(book, told)
    return count


def _organ(duties: Sequence[Row], years: Sequence[int], told: Mapping[str, Any]) -> list[object]:
    first, by_year = duties[0], {duty.year: duty.shown for duty in duties}
    kind = words()["kinds"].get(first.kind, first.kind)
    return [first.name, kind, first.code, *(by_year.get(year, told["nothing"]) for year in years)]


def _write_detail(book: Book, connection: sqlite3.Connection, told: Mapping[str, Any]) -> int:
    """Every duty with its reason."""
    sheet, count = book.sheet(told["detail"], told["detail_heads"], DETAIL_WIDTHS, fixed=1), 0
    for row in connection.execute(DUTIES):
        duty, count = Row(*row), count + 1
        statutory = words()["yes"]["true" if duty.statutory else "false"]
        published = (duty.published, basis_in_chinese(duty.basis))
        link = Link(duty.url) if duty.url else None
        which = (duty.name, duty.code, duty.year, duty.shown, duty.days, duty.due)
        sheet.write([*which, statutory, *published, duty.reason, duty.since, link])
    sheet.close()
    return count


def _write_legend(book: Book, told: Mapping[str, Any]) -> None:
    sheet = book.sheet(told["legend"], told["legend_heads"], LEGEND_WIDTHS)
    for status, word in status_words().items():
        shown = Styled((word.counted or word.word).format(days="N"), status)
        sheet.write([shown, word.word, word.letter, word.meaning])
    sheet.write([told["nothing"], None, None, told["nothing_meaning"]])
    sheet.close()
