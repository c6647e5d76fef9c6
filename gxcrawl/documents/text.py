"""Plain text as a document: which lines are prose, which are tables, and the cells of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gxcrawl.documents.textlayout import lines as printed
from gxcrawl.documents.textlayout.lines import Line, Rows, Shape
from gxcrawl.documents.textlayout.values import MAX_CELLS, clean
from gxcrawl.documents.textlayout.zones import zones
from gxcrawl.model import Document, Grid, GridCell, GridKind, Paragraph
from gxcrawl.problems import problem

if TYPE_CHECKING:
    from gxcrawl.documents.origins import Origins

_MAX_LINES = 1_200_000

_WORDLESS = (Shape.BLANK, Shape.PAGE, Shape.RULE)

Blocks = tuple[Paragraph | Grid, ...]


def read_text(text: str, origins: Origins | None = None) -> Document:
    """Paragraphs and grids of a text; what is beyond every measure is cut off and said."""
    texts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", _MAX_LINES)
    blocks, whole = _read(texts[:_MAX_LINES], 1)
    if origins is not None:
        origins.note_lines(texts[:_MAX_LINES], [block for block in blocks if isinstance(block, Grid)])
    if whole and len(texts) <= _MAX_LINES:
        return Document(blocks, "text")
    what = f"文本超过{_MAX_LINES}行或{MAX_CELLS}个单元格"
    return Document(blocks, "text", problems=(problem("D-TRUNCATED", what=what),))


def read_lines(lines: Sequence[str], first_line: int = 1) -> Blocks:
    """Paragraphs and grids of some lines of a larger text."""
    return _read(lines, first_line)[0]


def _read(texts: Sequence[str], first: int) -> tuple[Blocks, bool]:
    """The blocks, and whether all cells found room."""
    blocks: list[Paragraph | Grid] = []
    room = MAX_CELLS
    number = 0
    for found in zones(printed.read(texts, first)):
        if isinstance(found, Line):
            if found.shape not in _WORDLESS and clean(found.text):
                blocks.append(_paragraph(found))
        elif room > 0:
            number += 1
            grid, room = _grid(number, found.kind, found.rows, room)
            blocks.append(grid)
    return tuple(blocks), room >= 0


def _grid(number: int, kind: GridKind, rows: Rows, room: int) -> tuple[Grid, int]:
    """A grid of at most so many cells, and the room left behind it; -1 when it was cut."""
    done: list[tuple[GridCell, ...]] = []
    for row, pieces in enumerate(rows):
        cells = tuple(
            GridCell(piece.text, row, column, line=piece.line, start=piece.start, end=piece.end)
            for column, piece in enumerate(pieces[:room])
        )
        done.append(cells)
        if len(pieces) > room:
            return Grid(number, tuple(done), kind), -1
        room -= len(pieces)
    return Grid(number, tuple(done), kind), room


def _paragraph(line: Line) -> Paragraph:
    text = clean(line.text)
    level = 0
    if line.shape is Shape.MARKED:
        level = len(text) - len(text.lstrip("#"))
        text = text[level:].rstrip("#")
    return Paragraph(clean(text.replace("**", "")), f"line {line.number}", level)
