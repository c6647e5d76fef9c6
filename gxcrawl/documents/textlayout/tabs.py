"""Rows by tabs: one row per line, every field printed, also the empty ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gxcrawl.documents.textlayout.lines import Line, Piece, Shape, is_heading
from gxcrawl.documents.textlayout.values import MAX_CELLS, clean

_WRAPPED_LINES = 3  # a label cut in two by the printer may leave so many lines without a tab


def zone_end(lines: Sequence[Line], start: int) -> int:
    """The first line behind the table that begins at start."""
    end = index = start
    while index < len(lines):
        shape = lines[index].shape
        if shape is Shape.TABBED:
            if index > start and is_heading(lines, index):
                break
            end = index + 1
        elif shape not in (Shape.BLANK, Shape.PAGE, Shape.RULE) and not _is_wrapped(lines, index):
            break
        index += 1
    return end


def is_table(lines: Sequence[Line]) -> bool:
    """Some numbers, or the bare frame of a form: several lines of several fields."""
    tabbed = [line for line in lines if line.shape is Shape.TABBED]
    frame = sum(line.text.count("\t") >= 2 for line in tabbed)
    values = sum(line.values for line in tabbed)
    return values >= 3 or frame >= 2 or (frame >= 1 and values >= 1)


def end_the_cells(lines: Sequence[Line]) -> bool:
    """Whether each line holds one cell with its tab behind it: then numbers stand alone on their lines."""
    tabbed = [line for line in lines if line.shape is Shape.TABBED]
    ended = [line for line in tabbed if line.text.count("\t") == 1 and line.text.rstrip(" ").endswith("\t")]
    return sum(line.values for line in ended) >= 3 and 5 * len(ended) >= 4 * len(tabbed)


def rows(lines: Sequence[Line]) -> Iterator[list[Piece]]:
    for line in lines:
        if line.shape not in (Shape.BLANK, Shape.PAGE, Shape.RULE):
            yield [Piece(clean(field), line.number) for field in line.text.split("\t", MAX_CELLS)]


def _is_wrapped(lines: Sequence[Line], index: int) -> bool:
    """A line without a tab that touches the table and does not end it."""
    if lines[index].shape not in (Shape.TEXT, Shape.VALUE) or is_heading(lines, index):
        return False
    behind = lines[index + 1 : index + 1 + _WRAPPED_LINES]
    resumes = any(line.shape is Shape.TABBED for line in behind)
    touches = lines[index - 1].shape is not Shape.BLANK or (
        bool(behind) and behind[0].shape is not Shape.BLANK
    )
    return resumes and touches
