"""The thresholds of the catalogue, by which texts are told to be alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gxcrawl.checks.catalogue import load_checks


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is alike, and what is so common that it counts for nothing. The catalogue explains each."""

    alike: float
    nearly: float
    least: int
    portal_share: float
    template: int
    common: int
    few: int
    many: int
    candidate: float
    compared: int

    def is_template(self, holders: int, reports: int) -> bool:
        """A sentence that so many of the reports of a portal hold was given to them."""
        return holders >= self.template and holders > self.portal_share * reports


@cache
def shipped_limits() -> Limits:
    return Limits(**load_checks()["S-PEER"].parameters)
