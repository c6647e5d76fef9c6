"""Rows of fields parted by commas or semicolons, as a CSV export leaves them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from gxcrawl.documents.textlayout.lines import Line, Piece, Shape
from gxcrawl.documents.textlayout.values import DELIMITERS, MAX_CELLS, clean, is_value

_NUMBERS_PER_ROW = 4
_ROWS = 3


def delimiter_of(lines: Sequence[Line]) -> str:
    """The character that parts the fields of a text: some lines must show many numbers between it."""
    rows = dict.fromkeys(DELIMITERS, 0)
    for line in lines:
        if line.values >= _NUMBERS_PER_ROW and line.shape is Shape.TEXT:
            for delimiter in DELIMITERS:
                rows[delimiter] += values_between(line, delimiter) >= _NUMBERS_PER_ROW
                if rows[delimiter] >= _ROWS:
                    return delimiter
    return ""


def values_between(line: Line, delimiter: str) -> int:
    if not delimiter or delimiter not in line.text:
        return 0
    return sum(is_value(field) for field in _fields(line.text, delimiter))


def rows(lines: Sequence[Line], delimiter: str) -> Iterator[list[Piece]]:
    for line in lines:
        if line.shape not in (Shape.BLANK, Shape.PAGE, Shape.RULE):
            yield [Piece(field, line.number) for field in _fields(line.text, delimiter)]


def _fields(text: str, delimiter: str) -> list[str]:
    if '"' in text:
        try:
            return [clean(field) for row in csv.reader([text], delimiter=delimiter) for field in row]
        except csv.Error:
            pass  # not CSV after all: every delimiter counts
    return [clean(field) for field in text.split(delimiter, MAX_CELLS)]
