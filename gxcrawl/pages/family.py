"""Which family of portal software made a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from gxcrawl.pages.model import Page, Signs

_LAST = "generic"


class SupportsDetect(Protocol):
    @property
    def name(self) -> str: ...

    def detect(self, page: Page) -> Signs: ...


def best_family(page: Page, families: Iterable[SupportsDetect]) -> list[tuple[str, Signs]]:
    """Families that see a sign, the surest first; equals by name, and generic behind all that know more."""
    found = [(family.name, family.detect(page)) for family in families]
    seen = [(name, signs) for name, signs in found if signs.score > 0]
    return sorted(seen, key=lambda entry: (entry[0] == _LAST, -entry[1].score, entry[0]))
