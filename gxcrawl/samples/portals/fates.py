"""What becomes of the reports of a county: who publishes nothing, who is late, what goes wrong, and where."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from random import Random

from gxcrawl.samples.generate import form_of

from .organs import Member

Slot = tuple[Member, int]  # an organ, and the year of a report

# The share of all, at least one of each where one fits. All others are plain and on time.
SHARES = {
    "gap": 0.04,
    "late": 0.06,
    "spoiled": 0.12,
    "republished": 0.04,
    "moved": 0.02,
    "changed": 0.04,
    "withdrawn": 0.02,
    "attachment": 0.05,
    "row": 0.02,
    "viewer": 0.02,
    "tables-as-images": 0.02,
    "unlinked": 0.02,
    "copied": 0.02,
}
OLD_ENOUGH = 2022  # what comes 21 months later must have come by now
PLAIN = ("", "late")  # the fates of a report that others can be held against


def draw_fates(slots: Sequence[Slot], rng: Random) -> dict[Slot, str]:
    free, every = list(slots), frozenset(slots)
    rng.shuffle(free)
    fates: dict[Slot, str] = {}
    for fate, share in SHARES.items():
        wanted = max(1, round(share * len(slots)))
        for slot in list(free):
            if not wanted:
                break
            if may_befall(fate, slot, fates, every):
                fates[slot] = fate
                free.remove(slot)
                wanted -= 1
    return fates


def may_befall(fate: str, slot: Slot, fates: Mapping[Slot, str], slots: Collection[Slot]) -> bool:
    """Reports before the national form have no numbers that could go wrong, and what does not fit to the year
    before needs that year."""
    member, year = slot
    before = (member, year - 1)
    if fate in {"republished", "moved"}:
        return year <= OLD_ENOUGH
    if fate in {"unlinked", "copied"}:
        comparable = bool(form_of(year - 1)) and (fate == "unlinked" or form_of(year - 1) == form_of(year))
        return comparable and before in slots and fates.get(before, "") in PLAIN
    return bool(form_of(year)) or fate not in {"spoiled", "changed", "tables-as-images"}
