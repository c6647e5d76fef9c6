"""Cells parted by pipes on one line, markdown tables among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gxcrawl.documents.textlayout.lines import PIPES, Line, Piece, Shape
from gxcrawl.documents.textlayout.values import MAX_CELLS, clean, is_value

_BAR = re.compile(r"(?<![^\s|]\\)\|")  # an escaped pipe parts nothing; a backslash alone is a cell
_ESCAPED = re.compile(r"\\([|.*_+()\[\]#!-])")
_THIN_RULE = re.compile(r"\|(?:-\|)+")


def zone_end(lines: Sequence[Line], start: int) -> int:
    end = index = start
    while index < len(lines):
        shape = lines[index].shape
        if shape in (Shape.PIPED, Shape.RULE, Shape.BAR):
            if _opens_another(lines, index, start):
                break
            end = index + 1
        elif shape not in (Shape.BLANK, Shape.PAGE) and not _is_between(lines, index):
            break
        index += 1
    return end


def is_table(lines: Sequence[Line]) -> bool:
    """A menu (首页 | 公开 | 年报) has neither numbers nor several lines of several fields."""
    piped = [line.text.translate(PIPES) for line in lines if line.shape is Shape.PIPED]
    wide = sum(text.count("|") >= 2 for text in piped)
    values = sum(is_value(clean(field)) for text in piped for field in text.split("|", MAX_CELLS))
    return values >= 3 or wide >= 2 or (wide >= 1 and values >= 1)


def end_the_cells(lines: Sequence[Line]) -> bool:
    """Whether each line holds one cell with its pipe behind it."""
    single = several = 0
    for line in lines:
        if line.shape is Shape.PIPED:
            core = clean(line.text.translate(PIPES))
            if core.count("|") == 1 and core.endswith("|"):
                single += 1
            else:
                several += 1
    return single > several


def groups(lines: Sequence[Line]) -> list[list[Piece]]:
    """One cell per line with its pipe behind it: the cells between blank lines."""
    found: list[list[Piece]] = []
    open_row = False
    for line in lines:
        if line.shape is Shape.BLANK:
            open_row = False
        elif line.shape not in (Shape.PAGE, Shape.RULE):
            if not open_row:
                found.append([])
            for text in _fields(line.text, leading=False, trailing=True):
                found[-1].append(Piece(text, line.number))
            open_row = True
    return found


def rows(lines: Sequence[Line]) -> Iterator[list[Piece]]:
    piped = [clean(line.text.translate(PIPES)) for line in lines if line.shape is Shape.PIPED]
    leading = all(text.startswith("|") for text in piped)
    trailing = all(text.endswith("|") for text in piped)
    count = 0
    for line in lines:
        if line.shape in (Shape.BLANK, Shape.RULE, Shape.PAGE):
            continue
        count += 1
        if count == 2 and _THIN_RULE.fullmatch(clean(line.text)):
            continue
        if line.shape is Shape.PIPED:
            yield [Piece(text, line.number) for text in _fields(line.text, leading, trailing)]
        else:
            yield [Piece(clean(line.text.translate(PIPES)).strip("|"), line.number)]


def _fields(line: str, leading: bool, trailing: bool) -> list[str]:
    """The cells of a line; leading and trailing pipes are borders, or else part an empty cell off."""
    text = clean(line.translate(PIPES))
    fields = _BAR.split(text, MAX_CELLS)
    if leading and len(fields) > 1 and not fields[0]:
        del fields[0]
    if trailing and len(fields) > 1 and not fields[-1]:
        del fields[-1]
    return [_ESCAPED.sub(r"\1", clean(field)).replace("**", "") for field in fields]


def _opens_another(lines: Sequence[Line], index: int, start: int) -> bool:
    """A header above its own rule, behind a blank line, begins a new table."""
    if index == start or lines[index - 1].shape is not Shape.BLANK or index + 1 >= len(lines):
        return False
    return lines[index].shape is Shape.PIPED and lines[index + 1].shape is Shape.RULE


def _is_between(lines: Sequence[Line], index: int) -> bool:
    """A line without pipes that touches piped lines on both sides is a wrapped piece of the table."""
    if lines[index].shape not in (Shape.TEXT, Shape.VALUE) or index + 1 >= len(lines):
        return False
    return lines[index - 1].shape is Shape.PIPED and lines[index + 1].shape is Shape.PIPED
