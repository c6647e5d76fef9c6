"""The slip of the pen that would explain a broken sum: a guess for whoever knows the files, no correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gxcrawl.checks.repair import Repair
from gxcrawl.model import Number

SLIP = "可能的笔误（仅供参考，以实际办理情况为准）："
TOLD = 3  # so many cells are told when there are several explanations


def slip(repairs: Sequence[Repair], values: Mapping[str, Number], label: Callable[[str], str]) -> str:
    """ "" when nothing small explains it."""
    if not repairs:
        return ""
    told = [_one(repair, values, label) for repair in repairs[: max(1, TOLD // len(repairs[0]))]]
    more = "；还有其他可能" if len(repairs) > len(told) else ""
    return f"{SLIP}{'；或者'.join(told)}{more}。"


def _one(repair: Repair, values: Mapping[str, Number], label: Callable[[str], str]) -> str:
    printed = "、".join(f"{label(cell)}填{values[cell]}" for cell in repair)
    fitting = "、".join(str(number) for number in repair.values())
    each = "分别" if len(repair) > 1 else ""
    return f"{printed}，如{each}为{fitting}，各项关系均成立"


def without_slip(message: str) -> tuple[str, str]:
    """What a finding says, and the slip that may explain it, where one is told."""
    said, mark, guess = message.partition(SLIP)
    return said, mark + guess
