"""One cell per line, a TAB before each: lines without TAB go on with the cell, a blank line ends the row."""

from __future__ import annotations

from collections.abc import Sequence

from gxcrawl.documents.textlayout.lines import Line, Piece, Shape, is_heading
from gxcrawl.documents.textlayout.values import clean, is_value

_ENOUGH_CELLS = 3


def prevails(lines: Sequence[Line]) -> bool:
    """Whether the tabs of a zone lead the cells instead of parting them."""
    leading = parting = 0
    for line in lines:
        core = clean(line.text)
        if line.shape is not Shape.TABBED or not core:
            continue
        if "\t" in core or line.text.endswith("\t\t"):
            parting += 1
        elif line.text.startswith("\t") and not line.text.endswith("\t"):
            leading += 1
    return leading > parting


def is_table(lines: Sequence[Line]) -> bool:
    """Numbers, or cells that are printed empty."""
    cells = [line for line in lines if line.shape is Shape.TABBED]
    return sum(line.values or not clean(line.text) for line in cells) >= _ENOUGH_CELLS


def zone_end(lines: Sequence[Line], start: int) -> int:
    end = index = start
    while index < len(lines):
        shape = lines[index].shape
        if shape is Shape.TABBED:
            if index > start and is_heading(lines, index):
                break
            end = index + 1
        elif _goes_on(lines, index) or _is_long_cell(lines, index):
            end = index + 1
        elif shape not in (Shape.BLANK, Shape.PAGE):
            break
        index += 1
    return end


def groups(lines: Sequence[Line]) -> list[list[Piece]]:
    """The cells between blank lines."""
    found: list[list[Piece]] = []
    cell: list[str] = []
    open_row = False
    for line in lines:
        if line.shape is Shape.PAGE:
            continue
        if line.shape is Shape.BLANK:
            open_row = False
            continue
        if not open_row:
            found.append([])
        if "\t" in line.text or not open_row:
            _close(found, cell)
            cell = []
            found[-1].append(Piece("", line.number))
        cell.append(clean(line.text))
        open_row = True
    _close(found, cell)
    return found


def _close(found: list[list[Piece]], cell: list[str]) -> None:
    """Writes the lines of a finished cell into the last piece that was begun."""
    if not cell:
        return
    row = found[-1] or found[-2]
    row[-1] = row[-1]._replace(text="\n".join(part for part in cell if part))


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """A line without TAB right behind a cell is the rest of that cell, unless it opens something else."""
    line, before = lines[index], lines[index - 1]
    if line.shape is Shape.VALUE and before.shape is Shape.BLANK:
        return index + 1 < len(lines) and lines[index + 1].shape is Shape.TABBED
    if line.shape not in (Shape.TEXT, Shape.VALUE) or before.shape is Shape.BLANK:
        return False
    cell = clean(before.text)
    return not (is_value(cell) and not line.values and clean(line.text)[0] not in "（([") and not (
        cell and is_heading(lines, index)
    )


def _is_long_cell(lines: Sequence[Line], index: int) -> bool:
    """A cell that reads like a sentence stands between cells, not between paragraphs."""
    if lines[index].shape is not Shape.PROSE or "\t" not in lines[index].text or index + 1 >= len(lines):
        return False
    return lines[index - 1].shape is Shape.TABBED and lines[index + 1].shape is Shape.TABBED
