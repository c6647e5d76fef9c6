"""One cell per line without tabs: rows by blank lines, where blank lines part rows at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gxcrawl.documents.textlayout.lines import Line, Piece, Shape
from gxcrawl.documents.textlayout.values import clean, is_value

_ODD_CELLS = 2  # cells of a row that hold words where its neighbours hold numbers
_MOST_LABELS = 6  # before the numbers of one row: its own, those of its groups, and their wrapped pieces


def groups(lines: Sequence[Line]) -> list[list[Piece]]:
    """The lines between blank lines, one cell each."""
    found: list[list[Piece]] = []
    open_row = False
    for line in lines:
        if line.shape in (Shape.PAGE, Shape.RULE):
            continue
        if line.shape is Shape.BLANK:
            open_row = False
            continue
        if not open_row:
            found.append([])
        found[-1].append(Piece(clean(line.text), line.number))
        open_row = True
    return found


def are_rows(found: Sequence[Sequence[Piece]]) -> bool:
    """A row holds labels, then numbers. Where labels follow numbers, blank lines part something else."""
    forgiven = _ODD_CELLS if len(found) > 1 else 0
    whole = mixed = 0
    for group in found:
        values = sum(is_value(piece.text) for piece in group)
        if _restarts(group) > forgiven:
            mixed += values
        else:
            whole += values
    return whole >= 4 * mixed


def singles(found: Iterable[Sequence[Piece]]) -> Iterator[list[Piece]]:
    """Every cell a row of its own."""
    for group in found:
        for piece in group:
            yield [piece]


def _restarts(group: Sequence[Piece]) -> int:
    """How often a number follows a label behind a number, or a whole header (notes in brackets aside)."""
    restarts = labels = 0
    numbers = labels_behind = False
    for piece in group:
        if is_value(piece.text):
            if not numbers and labels > _MOST_LABELS:
                return len(group)
            restarts += labels_behind
            numbers, labels_behind = True, False
        elif piece.text and piece.text[0] not in "（([":
            labels_behind = numbers
            labels += 1
    return restarts
