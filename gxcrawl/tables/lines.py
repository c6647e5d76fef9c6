"""Cuts a grid without trusted columns into lines: words, then the values behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gxcrawl.model import Grid, GridCell
from gxcrawl.tables.numbers import is_value
from gxcrawl.tables.writing import squeeze

_PAGE_NUMBER = re.compile(r"[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4}")


class Line(NamedTuple):
    labels: tuple[GridCell, ...]  # the cells with words, from the left
    values: tuple[GridCell, ...]  # what stands behind the last of them, empty cells too

    @property
    def is_printed(self) -> bool:
        return any(cell.text for cell in self.values)


def lines_of(grid: Grid) -> list[Line]:
    return list(_stream_lines(grid) if grid.kind == "stream" else map(_line, grid.rows))


def _line(row: tuple[GridCell | None, ...]) -> Line:
    cells = [cell for cell in row if cell is not None]
    if sum(1 for cell in cells if cell.text) == 1 and _is_page_number(cells):
        return Line((), ())
    labels: list[GridCell] = []
    end = numbers = 0
    for place, cell in enumerate(cells):
        if _is_label(cell.text):
            if numbers > 1:
                break  # a row that begins with numbers has no label
            labels.append(cell)
            end = place + 1
        elif cell.text and labels:
            break  # numbers have begun; words among them are no label
        elif cell.text:
            numbers += 1
    values = cells[end:]
    if labels and not values:
        labels[-1], values = _split_digits(labels[-1])
    return Line(tuple(labels), tuple(values))


def _split_digits(cell: GridCell) -> tuple[GridCell, list[GridCell]]:
    """A label and the digits that are glued to its end."""
    words = cell.text.rstrip("0123456789")
    digits = cell.text[len(words) :]
    if len(digits) < 2 or words[-1:] in ("", "-", "+", ".", ",", "/", "－", "＋", "．", "，", "—"):
        return cell, []  # the digits are a part of something else
    return cell._replace(text=words), [cell._replace(text=digits, column=cell.column + 1)]


def _is_page_number(cells: list[GridCell]) -> bool:
    return any(cell.text and _PAGE_NUMBER.fullmatch(squeeze(cell.text)) for cell in cells)


def _is_label(text: str) -> bool:
    return bool(text) and not is_value(text)


def _stream_lines(grid: Grid) -> Iterator[Line]:
    """In a stream only the change from words to numbers and back parts one row from the next."""
    labels: list[GridCell] = []
    values: list[GridCell] = []
    for row in grid.rows:
        for cell in row:
            if cell is None or not cell.text or _is_page_number([cell]):
                continue
            if not _is_label(cell.text):
                values.append(cell)
                continue
            if values:
                yield Line(tuple(labels), tuple(values))
                labels, values = [], []
            labels.append(cell)
    if labels or values:
        yield Line(tuple(labels), tuple(values))
