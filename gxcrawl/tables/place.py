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
MAX_CUTS = 50_000  # and more ways to cut its digits apart are not tried


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
    proves: Agrees,
    derive: Derive | None,
) -> list[Guess]:
    """Every way to place the tokens. agrees: whether a row can be right; proves: whether its own arithmetic
    shows it; derive: the value that a lost column must have had (None where it may simply be blank)."""
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
        found += [guess for guess in _joined(printed, columns, units) if proves(guess.values)]
    if 0 < len(printed) < wanted and any(_looks_glued(token.text, wanted) for token in printed):
        found += [guess for guess in _unglued(printed, columns, agrees) if proves(guess.values)]
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
    """Digits in which several numbers may have met: as many as columns, or behind a leading zero."""
    return text.isdigit() and (len(text) >= wanted > 1 or (len(text) > 1 and text[0] == "0"))


def _unglued(printed: Sequence[Piece], columns: Sequence[Column], agrees: Agrees) -> Iterator[Guess]:
    """Digits that lost their separators, cut into as many numbers as there are columns."""
    if not all(token.text.isascii() and token.text.isdigit() for token in printed):
        return
    cuts = _Cuts([token.text for token in printed], len(columns), agrees)
    for cut in cuts.all():
        cells = tuple(Placed(printed[source], Reading(number, "inferred")) for source, number in cut)
        yield Guess(cells, kind="glued")


class _Cuts:
    """All ways to cut texts of digits into numbers without leading zeros. From the right, because totals
    stand there and bound what can stand before them."""

    def __init__(self, texts: Sequence[str], wanted: int, agrees: Agrees) -> None:
        self._texts = texts
        self._agrees = agrees
        self._values: list[Number | None] = [None] * wanted
        self._sources = [0] * wanted
        self._steps = 0

    def all(self) -> list[list[tuple[int, int]]]:
        """Nothing at all when there are too many to try."""
        last = len(self._texts) - 1
        found = list(self._search(last, len(self._texts[last]), len(self._values) - 1))
        return found if self._steps <= MAX_CUTS else []

    def _search(self, source: int, end: int, place: int) -> Iterator[list[tuple[int, int]]]:
        if end == 0 and source > 0:
            source, end = source - 1, len(self._texts[source - 1])
        if end == 0:
            if place < 0:
                yield [(s, int(v)) for s, v in zip(self._sources, self._values, strict=True) if v is not None]
            return
        if place < 0:
            return
        text = self._texts[source]
        for start in range(end - 1, max(-1, end - 1 - MAX_NUMBER), -1):
            self._steps += 1
            if self._steps > MAX_CUTS:
                return
            if text[start] == "0" and end - start > 1:
                continue
            self._values[place], self._sources[place] = int(text[start:end]), source
            if self._agrees(self._values):
                yield from self._search(source, start, place - 1)
            self._values[place] = None


def _distinct(found: list[Guess]) -> list[Guess]:
    """One guess for each vector of values and lost column."""
    return list({(guess.values, guess.lost): guess for guess in reversed(found)}.values())[::-1]
