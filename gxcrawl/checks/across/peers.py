"""What organs of one kind and area report: the middle and the spread of every number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from statistics import median

from gxcrawl.checks.across.model import Peers
from gxcrawl.checks.catalogue import Check, load_checks
from gxcrawl.model import Number

LARGEST = 10**15  # a number beyond it is a slip of the pen, and too much for a float


def spread_of(values: Iterable[Mapping[str, Number]]) -> Peers:
    """Of every number that enough of them gave. All are reports of one year on one form."""
    least = _check().parameters["peers"]
    numbers: dict[str, list[float]] = defaultdict(list)
    count = 0
    for report in values:
        count += 1
        for cell, number in comparable(report).items():
            numbers[cell].append(float(number))
    return Peers(count, {cell: _spread(given) for cell, given in numbers.items() if len(given) >= least})


def comparable(values: Mapping[str, Number]) -> dict[str, Number]:
    """The numbers that are held against those of others."""
    return {
        cell: number
        for cell, number in values.items()
        if _is_compared(cell) and -LARGEST <= number <= LARGEST
    }


def _spread(given: list[float]) -> tuple[float, float]:
    middle = median(given)
    return middle, median(abs(number - middle) for number in given)


@cache
def _check() -> Check:
    return load_checks()["Z-OUTLIER"]


@lru_cache(4096)  # old sheets name rows as they like
def _is_compared(cell: str) -> bool:
    """Totals of rows, and table two: what few applicants make of a single column is chance."""
    return _check().patterns["compared"].search(cell) is not None
