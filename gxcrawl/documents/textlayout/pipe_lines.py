"""Pipes on lines of their own between the lines of the cells."""

from __future__ import annotations

from collections.abc import Sequence

from gxcrawl.documents.textlayout.lines import Line, Piece, Shape, is_heading
from gxcrawl.documents.textlayout.values import clean

_LONGEST_CELL = 8  # lines of one cell


def zone_end(lines: Sequence[Line], start: int) -> int:
    """The first line behind the table; the last cell may stand behind the last pipe."""
    end = index = start
    texts = 0
    while index < len(lines) and texts <= _LONGEST_CELL:
        shape = lines[index].shape
        if shape is Shape.BAR:
            end, texts = index + 1, 0
        elif shape in (Shape.TEXT, Shape.VALUE):
            if texts and index > start and lines[index - 1].shape is Shape.BLANK and is_heading(lines, index):
                break
            if texts == 0 and is_heading(lines, index):
                break
            texts += 1
        elif shape not in (Shape.BLANK, Shape.PAGE, Shape.RULE):
            break
        index += 1
    if end < len(lines) and lines[end].shape is Shape.VALUE:
        end += 1
    return end


def is_table(lines: Sequence[Line]) -> bool:
    return sum(line.values for line in lines) >= 3 or sum(line.shape is Shape.BAR for line in lines) >= 4


def groups(lines: Sequence[Line]) -> list[list[Piece]]:
    """The cells between blank lines; behind a number without a pipe a new row begins as well."""
    blocks = _blocks(lines)
    leading = all(block[0].shape is Shape.BAR for block in blocks)
    trailing = all(block[-1].shape is Shape.BAR for block in blocks)
    return [_cells(block, leading, trailing) for block in blocks]


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    parted = _blank_lines_part_rows(lines)
    before: Line | None = None
    for line in lines:
        if line.shape in (Shape.PAGE, Shape.RULE):
            continue
        if line.shape is Shape.BLANK:
            before = None if parted else before
            continue
        if before is None or _new_row(before, line):
            blocks.append([])
        blocks[-1].append(line)
        before = line
    return blocks


def _blank_lines_part_rows(lines: Sequence[Line]) -> bool:
    """They do not where they stand between every cell and its pipe."""
    touching = texts = 0
    for index, line in enumerate(lines):
        if line.shape in (Shape.TEXT, Shape.VALUE):
            texts += 1
            touching += Shape.BAR in (lines[index - 1].shape, lines[min(index + 1, len(lines) - 1)].shape)
    return 2 * touching >= texts


def _new_row(before: Line, line: Line) -> bool:
    if before.shape is not Shape.VALUE or line.shape is not Shape.TEXT:
        return False
    return clean(line.text)[0] not in "（(["


def _cells(block: Sequence[Line], leading: bool, trailing: bool) -> list[Piece]:
    pieces: list[Piece] = []
    cell: list[str] = []
    number = block[0].number
    for line in block:
        if line.shape is Shape.BAR:
            pieces.append(Piece("\n".join(cell), number if cell else line.number))
            cell = []
        else:
            number = number if cell else line.number
            cell.append(clean(line.text))
    if cell or not trailing:
        pieces.append(Piece("\n".join(cell), number if cell else block[-1].number))
    if leading and len(pieces) > 1 and not pieces[0].text:
        del pieces[0]
    return pieces
