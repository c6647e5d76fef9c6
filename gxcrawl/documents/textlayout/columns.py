"""Columns by blanks, as pdftotext -layout prints them, by single blanks, or with no blank at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from gxcrawl.documents.textlayout.lines import Line, Piece, Shape
from gxcrawl.documents.textlayout.values import Span, chunks, clean, glued_digits, is_value

_SKIPPED = (Shape.BLANK, Shape.PAGE, Shape.RULE)


def rows(lines: Sequence[Line]) -> Iterator[list[Piece]]:
    for line in lines:
        if line.shape not in _SKIPPED:
            yield _pieces(line)


def prevail(lines: Sequence[Line]) -> bool:
    """Whether the numbers of a zone stand beside their labels rather than on lines of their own."""
    beside = sum(line.values for line in lines if line.shape is Shape.TEXT)
    alone = sum(line.shape is Shape.VALUE for line in lines)
    return beside > alone


def _pieces(line: Line) -> list[Piece]:
    pieces: list[Piece] = []
    column = behind = 0
    for start, end in _unglued(line.text, chunks(line.text)):
        column += _width(line.text[behind:start])
        width = _width(line.text[start:end])
        text = clean(line.text[start:end])
        if text:
            pieces.append(Piece(text, line.number, column, column + width - 1))
        column += width
        behind = end
    return pieces


def _unglued(text: str, spans: list[Span]) -> list[Span]:
    """（一）予以公开126036001296 is a label and a string of digits; which digits is not for us to say."""
    if not spans or any(is_value(text[start:end]) for start, end in spans):
        return spans
    start, end = spans[-1]
    digits = glued_digits(text[start:end])
    return [*spans[:-1], (start, end - digits), (end - digits, end)] if digits else spans


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
