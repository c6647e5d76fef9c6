"""The ways in which a row's printed values can belong to its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gxcrawl.forms import Column
from gxcrawl.model import Number
from gxcrawl.tables.numbers import Reading, read_number
from gxcrawl.tables.pieces import Piece

MAX_GUESSES = 200  # more ways to read a row than this is no reading
MAX_NUMBER = 6  # digits of a number that is cut out
MAX_CUTS = 20_000  # and more ways to cut its digits apart are not tried


class Placed(NamedTuple):
    """One column's value in one way of reading. piece None: nothing was printed for it."""

    piece: Piece | None
    reading: Reading


class Guess(NamedTuple):
    """One way of reading a row."""

    cells: tuple[Placed, ...]
    lost: int | None = None  # the column that is thought to have been lost
    kind: str = "order"  # order, window, lost, split, glued

    @property
    def values(self) -> tuple[Number | None, ...]:
        return tuple(placed.reading.value for placed in self.cells)


Agrees = Callable[[Sequence[Number | None]], bool]
Derive = Callable[[Sequence[Number | None], int], Number | None]


def guesses(
    tokens: Sequence[Piece],
    columns: Sequence[Column],
    units: Mapping[str, str],
    agrees: Agrees,
    derive: Derive | None,
) -> list[Guess]:
    """Every way to place the tokens. agrees: whether a complete row can be right; derive: the value that a
    lost column must have had (None where a column may simply be blank)."""
    wanted = len(columns)
    printed = [token for token in tokens if token.text]
    if len(printed) == wanted or len(tokens) == wanted:
        fitting = printed if len(printed) == wanted else list(tokens)
        return [Guess(_read(fitting, columns, units))]
    windows = list(_windows(tokens, wanted))
    if len(windows) == 1:
        return [Guess(_read(windows[0], columns, units), kind="window")]
    found: list[Guess] = [Guess(_read(window, columns, units), kind="window") for window in windows]
    if len(tokens) == wanted - 1 > 1 and not windows:
        found += _lost(tokens, columns, units, derive)
    if len(printed) == wanted + 1:
        found += _joined(printed, columns, units)
    if 0 < len(printed) < wanted and any(_looks_glued(token.text, wanted) for token in printed):
        found += _unglued(printed, columns)
    possible = _distinct([guess for guess in found if agrees(guess.values)])
    return possible if len(possible) <= MAX_GUESSES else []


def _read(
    tokens: Sequence[Piece | None], columns: Sequence[Column], units: Mapping[str, str]
) -> tuple[Placed, ...]:
    return tuple(
        Placed(token, read_number(token.text if token else "", column.type, units.get(column.id, "")))
        for token, column in zip(tokens, columns, strict=True)
    )


def _windows(tokens: Sequence[Piece], wanted: int) -> Iterator[Sequence[Piece]]:
    """Neighbouring tokens, as many as there are columns, with only empty cells left over."""
    for start in range(len(tokens) - wanted + 1):
        outside = (*tokens[:start], *tokens[start + wanted :])
        if not any(token.text for token in outside):
            yield tokens[start : start + wanted]


def _lost(
    tokens: Sequence[Piece], columns: Sequence[Column], units: Mapping[str, str], derive: Derive | None
) -> Iterator[Guess]:
    for lost in range(len(columns)):
        spread: list[Piece | None] = [*tokens[:lost], None, *tokens[lost:]]
        cells = list(_read(spread, columns, units))
        cells[lost] = Placed(None, Reading(None, "missing"))
        if derive is not None:
            value = derive([placed.reading.value for placed in cells], lost)
            if value is None:
                continue
            cells[lost] = Placed(None, Reading(value, "inferred"))
        yield Guess(tuple(cells), lost, "lost")


def _joined(printed: Sequence[Piece], columns: Sequence[Column], units: Mapping[str, str]) -> Iterator[Guess]:
    """Two neighbours that are one number broken over two cells."""
    for first in range(len(printed) - 1):
        left, right = printed[first], printed[first + 1]
        if not (left.text.isdigit() and right.text.isdigit()) or left.text == "0":
            continue
        whole = left._replace(text=left.text + right.text)
        yield Guess(_read([*printed[:first], whole, *printed[first + 2 :]], columns, units), kind="split")


def _looks_glued(text: str, wanted: int) -> bool:
    """Digits in which several numbers may have met: as many as there are columns, or behind a leading zero."""
    return text.isdigit() and (len(text) >= wanted > 1 or (len(text) > 1 and text[0] == "0"))


def _unglued(printed: Sequence[Piece], columns: Sequence[Column]) -> Iterator[Guess]:
    """Digits that lost their separators, cut into as many numbers as there are columns."""
    if not all(token.text.isascii() and token.text.isdigit() for token in printed):
        return
    texts = [token.text for token in printed]
    cuts = _cuts(texts, len(columns))
    if cuts is None:
        return
    for cut in cuts:
        cells = tuple(Placed(printed[source], Reading(int(number), "inferred")) for source, number in cut)
        yield Guess(cells, kind="glued")


def _cuts(texts: Sequence[str], wanted: int) -> list[list[tuple[int, str]]] | None:
    """All ways to cut the texts into `wanted` numbers without leading zeros, each from one text; None when
    there are too many to try."""
    open_cuts: list[list[tuple[int, str]]] = [[]]
    left = [sum(len(text) for text in texts[source:]) for source in range(len(texts) + 1)]
    for source, text in enumerate(texts):
        for place in range(len(text)):
            grown = []
            for cut in open_cuts:
                # The next digit begins a number, or goes on with the one before it.
                if len(cut) < wanted:
                    grown.append([*cut, (source, text[place])])
                last = cut[-1][1] if cut else ""
                if place and last[:1] != "0" and len(last) < MAX_NUMBER:
                    grown.append([*cut[:-1], (source, last + text[place])])
            rest = left[source] - place - 1
            open_cuts = [cut for cut in grown if len(cut) + rest >= wanted]
            if len(open_cuts) > MAX_CUTS:
                return None
    return [cut for cut in open_cuts if len(cut) == wanted]


def _distinct(found: list[Guess]) -> list[Guess]:
    """One guess for each vector of values and lost column."""
    return list({(guess.values, guess.lost): guess for guess in reversed(found)}.values())[::-1]
