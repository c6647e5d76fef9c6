"""Draws numbers under their heads, aligned although labels are Chinese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gxcrawl.model import Cell, Number, State
from gxcrawl.show.outline import Line, Part
from gxcrawl.show.wide import left, painted, right, shortened, width, wrapped

GAP = "  "
HEAD_LINES = 3  # heads that are too wide are broken into so many lines
NARROWEST_LABEL = 16


class Mark(NamedTuple):
    sign: str
    meaning: str
    paint: str


MARKS: Mapping[State, Mark] = {
    "inferred": Mark("*", "位置由推断得出", "yellow"),
    "blank": Mark("·", "空白", "dim"),
    "placeholder": Mark("/", "占位符", "dim"),
    "invalid": Mark("!", "不是有效数字", "red"),
    "ambiguous": Mark("?", "有两种读法", "red"),
    "missing": Mark("缺", "未见此格", "red"),
}


def draw(parts: Sequence[Part], cells: Mapping[str, Cell], columns: int, colours: bool) -> Iterator[str]:
    """The lines of one table, as wide as the terminal allows, all labels equally wide."""
    label_width = max(width(line.label) for part in parts for line in part.lines)
    for part in parts:
        shown = {name: _shown(cells[name]) for line in part.lines for name in line.cells if name in cells}
        heads = [[head] for head in part.heads]
        widths = _widths(part, heads, shown)
        if label_width + sum(widths) + len(GAP) * len(widths) > columns:
            heads = [_broken(head) for head in part.heads]
            widths = _widths(part, heads, shown)
        room = max(columns - sum(widths) - len(GAP) * len(widths), NARROWEST_LABEL)
        yield from _head(heads, widths, min(label_width, room), colours)
        for line in part.lines:
            yield _line(line, cells, shown, widths, min(label_width, room), colours)


def legend(cells: Mapping[str, Cell]) -> list[str]:
    """What the signs mean, only those in use, and how often they are."""
    states = Counter(cell.state for cell in cells.values())
    return [
        f"{mark.sign} {mark.meaning}（{states[state]}）" for state, mark in MARKS.items() if states[state]
    ]


def number(value: Number) -> str:
    return format(value, "f") if not isinstance(value, int) else str(value)


def _shown(cell: Cell) -> str:
    if cell.value is None:
        return MARKS[cell.state].sign
    return number(cell.value) + (MARKS["inferred"].sign if cell.state == "inferred" else "")


def _paint(cell: Cell) -> str:
    if cell.state in MARKS:
        return MARKS[cell.state].paint
    return "" if cell.value else "dim"


def _broken(head: str) -> list[str]:
    return wrapped(head, max(4, 2 * -(-len(head) // HEAD_LINES)))


def _widths(part: Part, heads: list[list[str]], shown: Mapping[str, str]) -> list[int]:
    numbers = [[shown.get(name, "") for name in line.cells] for line in part.lines if line.cells]
    return [
        max(map(width, (*head, *texts)))
        for head, texts in zip(heads, zip(*numbers, strict=True), strict=True)
    ]


def _head(heads: list[list[str]], widths: list[int], label_width: int, colours: bool) -> Iterator[str]:
    height = max(len(head) for head in heads)
    for level in range(height):
        texts = [([""] * (height - len(head)) + head)[level] for head in heads]
        row = GAP.join([left("", label_width), *map(right, texts, widths)])
        yield painted(row.rstrip(), "cyan", colours)


def _line(
    line: Line,
    cells: Mapping[str, Cell],
    shown: Mapping[str, str],
    widths: list[int],
    label_width: int,
    colours: bool,
) -> str:
    label = left(shortened(line.label, label_width), label_width)
    if not line.cells:
        return label.rstrip()
    texts = [
        painted(right(shown.get(name, ""), space), _paint(cells[name]) if name in cells else "", colours)
        for name, space in zip(line.cells, widths, strict=True)
    ]
    return GAP.join([label, *texts]).rstrip()
