"""Arithmetic on identities of which only some numbers are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gxcrawl.forms import Identity
from gxcrawl.model import Number


class Sums:
    """The identities of a table that must hold exactly."""

    def __init__(self, identities: Iterable[Identity]) -> None:
        self._identities = [item for item in identities if item.relation == "equal" and item.confirmed]
        self._within: dict[frozenset[str], list[Identity]] = {}

    def within(self, names: Sequence[str]) -> list[Identity]:
        """The identities that need no other cell than these."""
        key = frozenset(names)
        if key not in self._within:
            self._within[key] = [
                item for item in self._identities if key.issuperset((*item.left, *item.right))
            ]
        return self._within[key]

    def across(self, names: Iterable[str]) -> list[Identity]:
        """The identities that need one of these cells and others too."""
        some = frozenset(names)
        return [item for item in self._identities if not some.isdisjoint((*item.left, *item.right))]


def holds(identity: Identity, known: Mapping[str, Number | None]) -> bool | None:
    """Whether the identity holds; None when a number is unknown and could still make it hold."""
    left, left_open = _sum(identity.left, known)
    right, right_open = _sum(identity.right, known)
    if not left_open and not right_open:
        return left == right
    if (not left_open and right > left) or (not right_open and left > right):
        return False  # numbers are never negative: what is missing cannot make up for it
    return None


def derived(identity: Identity, known: Mapping[str, Number | None], name: str) -> Number | None:
    """The only number that `name` can be, or None when there is none."""
    left, right = _sum(identity.left, known)[0], _sum(identity.right, known)[0]
    value = right - left if name in identity.left else left - right
    return value if value >= 0 else None


def _sum(names: Sequence[str], known: Mapping[str, Number | None]) -> tuple[Number, bool]:
    total: Number = 0
    is_open = False
    for name in names:
        value = known.get(name)
        if value is None:
            is_open = True
        else:
            total += value
    return total, is_open
