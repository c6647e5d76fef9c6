"""The lines of a text, and what each looks like on its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from gxcrawl.documents.textlayout.values import clean, count_values, is_value


class Shape(Enum):
    BLANK = "blank"
    TABBED = "tabbed"
    PIPED = "piped"
    BAR = "bar"  # a pipe alone on its line
    RULE = "rule"  # |---|---| and drawn lines
    PAGE = "page"  # - 3 -
    MARKED = "marked"  # a heading marked with #
    VALUE = "value"  # one number, or what stands for one
    TEXT = "text"  # a label, a row of columns, a short line
    PROSE = "prose"


class Line(NamedTuple):
    number: int
    text: str
    shape: Shape
    values: int = 0


class Piece(NamedTuple):
    """A cell before it has its place in a grid; start and end are display columns."""

    text: str
    line: int
    start: int = 0
    end: int = 0


Rows = Iterable[Sequence[Piece]]

PIPES = str.maketrans({"｜": "|", "│": "|", "┃": "|", "║": "|"})
_INVISIBLE = re.compile("[\f\u200b-\u200f\u2060\ufeff]")
_PIPE = re.compile(r"[|｜│┃║]")
_RULE = re.compile(r"[\s|｜│┃║+:=\-─━═┄┈┼┬┴├┤┌┐└┘╋╪╬╔╗╚╝╠╣╦╩]+")
_DASHES = re.compile(r"-{3}|={3}|─{2}|━{2}|═{2}|:-|-:")
_PAGE = re.compile(
    r"[-—–－―]{1,2}\s*\d{1,4}\s*[-—–－―]{1,2}|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?"
)
_LONE_PAGE = re.compile(r"[1-9]\d{0,2}")
_MARKED = re.compile(r"#{1,6}(?:\s|$)")
_GAP = re.compile(r"\s{2,}")
_LEADERS = re.compile(r"\.{4}|…{2}|·{4}")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}\s*[、.．]|第[一二三四五六七八九十]部分|\d{1,2}\s*、)")
_ROW_NUMBER = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）、.．]")
_FIRST = re.compile(r"[一1１]\s*、")
_OUTLINE = re.compile(r"情况|事项|问题")
_TITLE = re.compile(r"(?:报告|年报)$")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]?")
_LOOK_AHEAD = 40
_HEADER_LINES = 3  # a table printed cell by cell has at least so many column heads
_SHORT = 8  # a number cell; thousands of lines look the same
_LONGEST_ROW = 10_000  # characters; a longer line without tabs or pipes is no row of a table


def read(texts: Sequence[str], first: int) -> list[Line]:
    lines: list[Line] = []
    known: dict[str, tuple[str, Shape, int]] = {}
    for number, raw in enumerate(texts, first):
        looks = known.get(raw) or _looks(raw)
        if len(raw) <= _SHORT:
            known[raw] = looks
        lines.append(Line(number, *looks))
    _find_page_numbers(lines, texts)
    _settle_prose(lines)
    return lines


def is_heading(lines: Sequence[Line], index: int) -> bool:
    """Whether a line heads a section: a table label of the same looks has its numbers right behind it."""
    if not reads_like_heading(lines[index]):
        return False
    if _TITLE.search(clean(lines[index].text)):
        return True
    silent = 0
    for other in lines[index + 1 : index + _LOOK_AHEAD]:
        if not silent and _FIRST.match(clean(other.text)):
            return True  # numbering that begins anew belongs below this line
        if other.values:
            alone = other.shape is Shape.VALUE or (
                other.shape is Shape.TABBED and is_value(clean(other.text))
            )
            return silent >= (_HEADER_LINES if alone else 1)
        if silent >= _HEADER_LINES:
            return True
        silent += other.shape is not Shape.BLANK and other.shape is not Shape.BAR
    return True


def reads_like_heading(line: Line) -> bool:
    """Whether the words alone would do for a heading: a title, or a numbered line of an outline."""
    if line.values or line.shape not in (Shape.TEXT, Shape.TABBED):
        return False
    text = clean(line.text)
    if not 0 < len(text) <= 45 or "\t" in text:
        return False
    numbered = _NUMBERED.match(text) is not None and _OUTLINE.search(text) is not None
    return numbered or _TITLE.search(text) is not None


def is_row_label(text: str) -> bool:
    return _ROW_NUMBER.match(clean(text)) is not None


def is_sentence(text: str) -> bool:
    """Prose ends sentences or runs on in commas; labels do neither outside their brackets."""
    if len(text) > 200 or _LEADERS.search(text):
        return True
    if text[-1] in "。！？；" or "。" in text:
        return True
    if text[-1] in "：:" and len(text) > 4 and text.count("（") <= text.count("）"):
        return True
    commas = text.count("，")
    if not commas:
        return False
    if len(text) > 80:
        return True
    commas = _BRACKETS.sub("", text).count("，")
    return len(text) >= (24 if commas > 1 else 45) and commas > 0


def _looks(raw: str) -> tuple[str, Shape, int]:
    text = _INVISIBLE.sub("", raw)
    core = clean(text)
    return text, *(_shape_of_tabbed(core) if "\t" in text else _shape_of_untabbed(core))


def _shape_of_untabbed(core: str) -> tuple[Shape, int]:
    if not core:
        return Shape.BLANK, 0
    if is_value(core):
        return Shape.VALUE, 1
    if _PIPE.search(core) and not _is_rule(core):
        return _shape_of_piped(core), 0
    mark = _shape_of_mark(core)
    if mark or len(core) > _LONGEST_ROW:
        return mark or Shape.PROSE, 0
    values = count_values(core)
    if values < 3 and any(is_sentence(part) for part in _GAP.split(core)):
        return Shape.PROSE, 0
    return Shape.TEXT, values


def _shape_of_mark(core: str) -> Shape | None:
    """What carries no words, and headings that say so."""
    if core[0] == "#" and _MARKED.match(core):
        return Shape.MARKED
    if _is_rule(core):
        return Shape.RULE
    return Shape.PAGE if _PAGE.fullmatch(core) else None


def _is_rule(core: str) -> bool:
    return _RULE.fullmatch(core) is not None and _DASHES.search(core) is not None


def _shape_of_tabbed(core: str) -> tuple[Shape, int]:
    if "\t" not in core:
        if core and is_sentence(core) and not count_values(core):
            return Shape.PROSE, 0
        return Shape.TABBED, int(is_value(core))
    return Shape.TABBED, sum(is_value(clean(field)) for field in core.split("\t", _LOOK_AHEAD))


def _shape_of_piped(core: str) -> Shape:
    if len(core) == 1:
        return Shape.BAR
    return Shape.PROSE if core[-1] == "。" and len(_PIPE.findall(core)) < 3 else Shape.PIPED


def _find_page_numbers(lines: list[Line], texts: Sequence[str]) -> None:
    """A number alone at the foot or the head of a page, beside the form feed, counts pages."""
    for index, text in enumerate(texts):
        if "\f" not in text:
            continue
        for near, beyond in ((index - 1, index - 2), (index, index + 1)):
            if not 0 <= near < len(lines) or not _LONE_PAGE.fullmatch(clean(lines[near].text)):
                continue
            if not 0 <= beyond < len(lines) or lines[beyond].shape is Shape.BLANK:
                lines[near] = lines[near]._replace(shape=Shape.PAGE, values=0)


def _settle_prose(lines: list[Line]) -> None:
    """Neighbours decide two doubts: the middle of a wrapped sentence, and a label that explains itself."""
    for index in range(1, len(lines)):
        line, before = lines[index], lines[index - 1]
        if line.shape is not Shape.TEXT or before.shape is not Shape.PROSE or line.values:
            continue
        text = clean(line.text)
        unfinished = clean(before.text)[-1] not in "。！？；：:"
        if unfinished and len(text) >= 28 and not is_row_label(text):
            lines[index] = line._replace(shape=Shape.PROSE)
    numbers_behind = 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.shape is Shape.VALUE:
            numbers_behind += 1
        elif line.shape is not Shape.BLANK:
            if line.shape is Shape.PROSE and numbers_behind >= 2 and len(line.text) <= 200:
                lines[index] = line._replace(shape=Shape.TEXT)
            numbers_behind = 0
