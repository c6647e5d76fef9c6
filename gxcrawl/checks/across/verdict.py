"""What a kind of check between reports answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gxcrawl.checks.across.model import Remark


class Verdict(NamedTuple):
    remarks: tuple[Remark, ...] = ()
    passed: int = 0
    not_assessable: str = ""


PASS = Verdict(passed=1)


def unless(remarks: Iterable[Remark]) -> Verdict:
    """A pass when there is nothing to report."""
    listed = tuple(remarks)
    return Verdict(listed) if listed else PASS


def not_assessable(reason: str) -> Verdict:
    return Verdict(not_assessable=reason)
