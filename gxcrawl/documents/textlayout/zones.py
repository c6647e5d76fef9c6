"""Where tables begin and end between the paragraphs, and which layout each has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gxcrawl.documents.textlayout import columns, pipe_lines, pipes, separated, stream, tab_led, tabs
from gxcrawl.documents.textlayout.lines import (
    Line,
    Piece,
    Rows,
    Shape,
    is_heading,
    is_row_label,
    reads_like_heading,
)
from gxcrawl.documents.textlayout.values import clean
from gxcrawl.model import GridKind

_LOOSE = (Shape.BLANK, Shape.TEXT, Shape.VALUE, Shape.PAGE, Shape.RULE)
_ENOUGH_VALUES = 3
_LONGEST_TELEPHONE = 12


class Zone(NamedTuple):
    """A table and its layout, cut into rows."""

    kind: GridKind
    rows: Rows


def zones(lines: Sequence[Line]) -> Iterator[Zone | Line]:
    """Tables as zones, every other printed line as it is, in reading order."""
    index = 0
    delimiter = separated.delimiter_of(lines)
    while index < len(lines):
        end, found = _next(lines, index, delimiter)
        yield from found
        index = end


def _next(lines: Sequence[Line], start: int, delimiter: str) -> tuple[int, Iterator[Zone | Line]]:
    shape = lines[start].shape
    if shape is Shape.TABBED and not reads_like_heading(lines[start]):
        end = tabs.zone_end(lines, start)
        if tab_led.prevails(lines[start:end]):
            end = tab_led.zone_end(lines, start)
        return end, _tabbed(lines[start:end])
    if shape is Shape.PIPED or (shape is Shape.BAR and _shape_at(lines, start + 1) is Shape.PIPED):
        end = pipes.zone_end(lines, start)
        return end, _piped(lines[start:end])
    if shape is Shape.BAR:
        end = pipe_lines.zone_end(lines, start)
        return end, _barred(lines[start:end])
    if shape in _LOOSE:
        end = start
        while end < len(lines) and lines[end].shape in _LOOSE:
            end += 1
        first_cell = _cell_before_bar(lines, start, end)
        if first_cell == start:
            end = pipe_lines.zone_end(lines, start)
            return end, _barred(lines[start:end])
        return first_cell, _loose(lines[start:first_cell], delimiter)
    return start + 1, iter(lines[start : start + 1])


def _shape_at(lines: Sequence[Line], index: int) -> Shape | None:
    return lines[index].shape if index < len(lines) else None


def _tabbed(lines: Sequence[Line]) -> Iterator[Zone | Line]:
    if not tabs.is_table(lines) and not tab_led.is_table(lines):
        return iter(lines)
    if tab_led.prevails(lines):
        return _grouped(tab_led.groups(lines), "fields")
    if tabs.end_the_cells(lines):
        return _grouped(stream.groups(lines), "fields")
    return iter((Zone("fields", tabs.rows(lines)),))


def _piped(lines: Sequence[Line]) -> Iterator[Zone | Line]:
    if not pipes.is_table(lines):
        return iter(lines)
    if pipes.end_the_cells(lines):
        return _grouped(pipes.groups(lines), "fields")
    return iter((Zone("table", pipes.rows(lines)),))


def _barred(lines: Sequence[Line]) -> Iterator[Zone | Line]:
    if not pipe_lines.is_table(lines):
        return iter(lines)
    return _grouped(pipe_lines.groups(lines), "fields")


def _grouped(groups: list[list[Piece]], kind: GridKind) -> Iterator[Zone | Line]:
    """Groups of cells as rows, or else, where they are no rows, as a stream."""
    if stream.are_rows(groups):
        return iter((Zone(kind, groups),))
    return iter((Zone("stream", stream.singles(groups)),))


def _cell_before_bar(lines: Sequence[Line], start: int, end: int) -> int:
    """Where a run of loose lines must stop because its last line is the first cell before a lone pipe."""
    if end == len(lines) or lines[end].shape is not Shape.BAR:
        return end
    last = end - 1
    while last > start and lines[last].shape is Shape.BLANK:
        last -= 1
    return end if is_heading(lines, last) or lines[last].shape is Shape.BLANK else last


def _loose(lines: Sequence[Line], delimiter: str) -> Iterator[Zone | Line]:
    start = 0
    fresh = True
    for index, line in enumerate(lines):
        if is_heading(lines, index) or (fresh and reads_like_heading(line)):
            yield from _segment(lines[start:index], delimiter)
            yield line
            start = index + 1
            fresh = True
        elif line.shape is not Shape.BLANK:
            fresh = False
    yield from _segment(lines[start:], delimiter)


def _segment(lines: Sequence[Line], delimiter: str) -> Iterator[Zone | Line]:
    """Lines between two headings: a table when enough numbers stand in it."""
    between = [separated.values_between(line, delimiter) for line in lines] if delimiter else []
    if max(sum(between), sum(_weight(line) for line in lines)) < _ENOUGH_VALUES:
        yield from lines
        return
    end = _table_end(lines, between)
    table = lines[:end]
    if sum(between) >= _ENOUGH_VALUES:
        rows = list(separated.rows(table, delimiter))
        yield Zone("table" if len({len(row) for row in rows}) == 1 else "fields", rows)
    elif columns.prevail(table):
        yield Zone("layout", columns.rows(table))
    else:
        groups = stream.groups(table)
        parted = len(groups) > 1 and stream.are_rows(groups)
        yield Zone("stream", groups if parted else stream.singles(groups))
    yield from lines[end:]


def _weight(line: Line) -> int:
    """无 alone may answer a question in prose; a string of digits too long to be dialled is a whole row."""
    if line.shape is not Shape.VALUE:
        return line.values
    text = clean(line.text)
    return 0 if text == "无" else _ENOUGH_VALUES if len(text) > _LONGEST_TELEPHONE and text.isdigit() else 1


def _table_end(lines: Sequence[Line], between: Sequence[int]) -> int:
    """Behind the last numbers a blank line ends the table, unless a numbered row follows."""
    last = max(index for index, line in enumerate(lines) if line.values or (between and between[index]))
    blank_at = 0
    for index in range(last + 1, len(lines)):
        if lines[index].shape is Shape.BLANK:
            blank_at = blank_at or index
        elif blank_at:
            if not is_row_label(lines[index].text):
                return blank_at
            blank_at = 0
    return blank_at or len(lines)
