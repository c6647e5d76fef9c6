"""Chooses between the ways of reading several rows by what must add up across them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gxcrawl.forms import Identity
from gxcrawl.model import Number
from gxcrawl.tables.place import Guess
from gxcrawl.tables.sums import holds

MAX_STEPS = 4_000  # beyond, the rows stay undecided


class OpenRow(NamedTuple):
    name: str  # the row, as in the cells' names
    cells: tuple[str, ...]  # the names of its cells, in the order of its columns
    guesses: tuple[Guess, ...]


class _OutOfStepsError(Exception):
    """Raised when there are more combinations than are worth trying."""


def settle(
    rows: Sequence[OpenRow], known: Mapping[str, Number | None], identities: Sequence[Identity]
) -> dict[str, list[Guess]]:
    """The guesses of each row that take part in a reading of all rows in which everything adds up.

    No such reading, or too many to try: every guess stays.
    """
    undecided = {row.name: list(row.guesses) for row in rows}
    if any(not row.guesses for row in rows):
        return undecided
    try:
        solutions = list(_solutions(_variables(rows), dict(known), identities))
    except _OutOfStepsError:
        return undecided
    if not solutions:
        return {row.name: [] for row in rows}
    kept: dict[str, dict[tuple[Number | None, ...], Guess]] = {row.name: {} for row in rows}
    for solution in solutions:
        for name, guess in solution.items():
            kept[name].setdefault(guess.values, guess)
    return {name: list(by_values.values()) for name, by_values in kept.items()}


def _variables(rows: Sequence[OpenRow]) -> list[list[dict[str, tuple[OpenRow, Guess]]]]:
    """What can be chosen: one lost column for all rows that lost one; each other row's guess by itself."""
    short = [row for row in rows if all(_is_derived(guess) for guess in row.guesses)]
    variables: list[list[dict[str, tuple[OpenRow, Guess]]]] = []
    if short:
        columns = set.intersection(*({guess.lost for guess in row.guesses} for row in short))
        variables.append(
            [
                {
                    row.name: (row, next(guess for guess in row.guesses if guess.lost == column))
                    for row in short
                }
                for column in sorted(column for column in columns if column is not None)
            ]
        )
    others = [row for row in rows if row not in short]
    for row in sorted(others, key=lambda row: len(row.guesses)):
        variables += [[{row.name: (row, guess)} for guess in row.guesses]]
    return variables


def _is_derived(guess: Guess) -> bool:
    """A field is gone and its number follows from the others. (Blanks that vanish do so in any column.)"""
    return guess.lost is not None and guess.cells[guess.lost].reading.state == "inferred"


def _solutions(
    variables: list[list[dict[str, tuple[OpenRow, Guess]]]],
    known: dict[str, Number | None],
    identities: Sequence[Identity],
) -> Iterator[dict[str, Guess]]:
    steps = 0

    def search(depth: int, chosen: dict[str, Guess]) -> Iterator[dict[str, Guess]]:
        nonlocal steps
        if depth == len(variables):
            yield dict(chosen)
            return
        for option in variables[depth]:
            steps += 1
            if steps > MAX_STEPS:
                raise _OutOfStepsError
            for row, guess in option.values():
                chosen[row.name] = guess
                known.update(zip(row.cells, guess.values, strict=True))
            if all(holds(identity, known) is not False for identity in identities):
                yield from search(depth + 1, chosen)
            for row, _ in option.values():
                known.update(dict.fromkeys(row.cells))

    yield from search(0, {})
