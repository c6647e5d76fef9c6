"""A share of few cases says little: how far it may lie from what is usual for the organ. Pure."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

Z = 1.959963984540054  # of a normal distribution, 95 % lies within so many deviations


class Share(NamedTuple):
    top: int
    bottom: int
    low: float  # of Wilson's interval, 95 %
    high: float

    @property
    def value(self) -> float:
        return self.top / self.bottom


def share(top: int, bottom: int) -> Share:
    """With Wilson's score interval, which stays within 0 and 1 also for few cases; 0 <= top <= bottom > 0."""
    part = top / bottom
    weight = Z * Z / bottom
    middle = (part + weight / 2) / (1 + weight)
    reach = Z * sqrt(part * (1 - part) / bottom + weight / (4 * bottom)) / (1 + weight)
    return Share(top, bottom, max(0.0, middle - reach), min(1.0, middle + reach))
