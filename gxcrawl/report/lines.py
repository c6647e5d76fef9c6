"""A document as a run of lines: paragraphs, and what stands alone in the rows of its grids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gxcrawl.model import Document, Grid, GridCell, Paragraph, Tables

_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_BARE_LENGTH = 160
_PROSE_LENGTH = 20
_SENTENCE_LENGTH = 8
_DATA_CELLS = 3
_HEADING = re.compile("[#*]*[一二三四五六][、.．].{0,30}(?:情况|情況|事项|事項|问题)")


class Line(NamedTuple):
    text: str  # white space folded to single blanks
    bare: str  # its beginning without any blanks
    place: str
    level: int = 0
    grid: int = 0  # the grid it stands in, 0 for a paragraph
    in_table: bool = False  # that grid is a table of data, not the layout of a page
    after_grid: bool = False  # a grid stands between this line and the one before


def fold(text: str) -> str:
    """The text on one line, runs of white space as one blank, invisible characters gone."""
    if text.isprintable() and "  " not in text:  # then it has no other blanks and nothing invisible
        return text.strip()
    return " ".join(_ZERO_WIDTH.sub("", text).split())


def bare(text: str) -> str:
    return "".join(text.split())


def _beginning(folded: str) -> str:
    return folded[:_BARE_LENGTH].replace(" ", "")


def is_prose(line: Line) -> bool:
    """Does the line hold a sentence, rather than a heading, a link or a label?"""
    if len(line.text) < _PROSE_LENGTH:
        return len(line.text) >= _SENTENCE_LENGTH and line.text.endswith("。")
    return any(mark in line.text for mark in "。，；：,;")


def lines_of(document: Document, tables: Tables) -> list[Line]:
    """All lines in reading order; of a table of data only what is no part of the table."""
    lines: list[Line] = []
    after_grid = False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if text := fold(block.text):
                lines.append(Line(text, _beginning(text), block.place, block.level, after_grid=after_grid))
                after_grid = False
        else:
            lines += _grid_lines(block, _is_data(block, tables))
            after_grid = True
    return lines


def _grid_lines(grid: Grid, in_table: bool) -> Iterator[Line]:
    if grid.hidden:
        return
    for row in grid.rows:
        cell = _only_cell(row)
        if cell is None or (in_table and not _is_text(cell.text)):
            continue
        for part in cell.text.splitlines():
            if text := fold(part):
                yield Line(text, _beginning(text), grid.place(cell), 0, grid.number, in_table)


def _is_data(grid: Grid, tables: Tables) -> bool:
    """A grid with three printed cells in a row is a table, read or not; others lay out a page."""
    if grid.number in tables.used or grid.kind != "table":
        return True
    return any(_has_three(row) for row in grid.rows)


def _has_three(row: tuple[GridCell | None, ...]) -> bool:
    if len(row) < _DATA_CELLS:
        return False
    return len({id(cell) for cell in row if cell is not None and cell.text.strip()}) >= _DATA_CELLS


def _only_cell(row: tuple[GridCell | None, ...]) -> GridCell | None:
    """The one cell of the row that says something, None when there are several or none."""
    only: GridCell | None = None
    for cell in row:
        if cell is None or cell is only or not cell.text or cell.text.isspace():
            continue
        if only is not None:
            return None
        only = cell
    return only


def _is_text(text: str) -> bool:
    """In a table a lone cell is text when it is a sentence or a heading of the outline."""
    return ("。" in text and len(text) >= _PROSE_LENGTH) or bool(_HEADING.match(bare(text[:_BARE_LENGTH])))
