"""Which few numbers would have to be others for all sums to hold. An explanation, never a correction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from gxcrawl.forms import Identity
from gxcrawl.model import Number

MAX_CELLS = 4
MAX_STEPS = 2000  # sets of cells looked at before giving up
MAX_REPAIRS = 4  # one more than is told

Repair = Mapping[str, Number]  # cell -> the number that would fit


def smallest_repairs(identities: Sequence[Identity], values: Mapping[str, Number]) -> list[Repair]:
    """All smallest sets of new numbers that make the sums hold; none when none is found in time."""
    search = _Search(identities, values)
    for size in range(1, MAX_CELLS + 1) if search.broken else ():
        search.tried.clear()
        search.grow(frozenset(), size)
        if search.found or search.steps >= MAX_STEPS:
            break
    return search.found


def connected(identities: Iterable[Identity]) -> list[list[Identity]]:
    """Identities that share cells, directly or through others, belong together."""
    groups: list[tuple[set[str], list[Identity]]] = []
    for item in identities:
        cells, members = {*item.left, *item.right}, [item]
        apart = []
        for group in groups:
            if cells.isdisjoint(group[0]):
                apart.append(group)
            else:
                cells |= group[0]
                members = group[1] + members
        groups = [*apart, (cells, members)]
    return [members for _, members in groups]


class _Search:
    """Grows a set of cells until nothing rules it out, then works out their numbers.

    A set is ruled out while a broken sum has none of its cells, or a sum that holds has just one:
    changing a single number always upsets a sum that holds.
    """

    def __init__(self, identities: Sequence[Identity], values: Mapping[str, Number]) -> None:
        self.values = values
        self.signs: list[dict[str, int]] = []
        self.gaps: list[Number] = []
        self.uses: dict[str, list[int]] = defaultdict(list)
        for item in identities:
            signs = dict.fromkeys(item.left, 1) | dict.fromkeys(item.right, -1)
            if item.relation != "equal" or not values.keys() >= signs.keys():
                continue
            for cell in signs:
                self.uses[cell].append(len(self.signs))
            self.signs.append(signs)
            self.gaps.append(sum(sign * values[cell] for cell, sign in signs.items()))
        self.broken = [index for index, gap in enumerate(self.gaps) if gap]
        self.most_uses = max(map(len, self.uses.values()), default=0)
        self.found: list[Repair] = []
        self.tried: set[frozenset[str]] = set()
        self.steps = 0

    def grow(self, chosen: frozenset[str], left: int) -> None:
        if chosen in self.tried or self.steps >= MAX_STEPS or len(self.found) >= MAX_REPAIRS:
            return
        self.tried.add(chosen)
        self.steps += 1
        upset = self._upset(chosen)
        if not upset:
            repair = self._solve(chosen)
            if repair:
                self.found.append(repair)
                return
        if left == 0 or len(upset) > left * self.most_uses:
            return
        for index in [min(upset, key=lambda index: len(self.signs[index]))] if upset else self.broken:
            for cell in self.signs[index]:
                if cell not in chosen:
                    self.grow(chosen | {cell}, left - 1)

    def _upset(self, chosen: frozenset[str]) -> list[int]:
        counts: dict[int, int] = {}
        for cell in chosen:
            for index in self.uses[cell]:
                counts[index] = counts.get(index, 0) + 1
        alone = [index for index, count in counts.items() if count == 1 and not self.gaps[index]]
        return alone + [index for index in self.broken if index not in counts]

    def _solve(self, chosen: frozenset[str]) -> Repair | None:
        """By substitution: a sum with one open cell decides it. None when one stays open or is negative."""
        touched = sorted({index for cell in chosen for index in self.uses[cell]})
        changes: dict[str, Number] = {}
        progress = True
        while progress:
            progress = False
            for index in touched:
                signs = self.signs[index]
                open_cells = [cell for cell in chosen if cell in signs and cell not in changes]
                if len(open_cells) == 1:
                    changes[open_cells[0]] = -signs[open_cells[0]] * self._gap(index, changes)
                    progress = True
        if len(changes) < len(chosen) or not all(changes.values()):
            return None
        if any(self._gap(index, changes) for index in touched):
            return None
        fitting = {cell: self.values[cell] + changes[cell] for cell in sorted(chosen)}
        return fitting if min(fitting.values()) >= 0 else None

    def _gap(self, index: int, changes: Mapping[str, Number]) -> Number:
        signs = self.signs[index]
        return self.gaps[index] + sum(
            signs[cell] * change for cell, change in changes.items() if cell in signs
        )
