"""What a kind of check answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gxcrawl.model import Finding


class Verdict(NamedTuple):
    findings: tuple[Finding, ...] = ()
    passed: int = 0
    not_assessable: str = ""


PASS = Verdict(passed=1)


def found(*findings: Finding) -> Verdict:
    return Verdict(findings=findings)


def unless(findings: Iterable[Finding]) -> Verdict:
    """A pass when there is nothing to report."""
    listed = tuple(findings)
    return Verdict(findings=listed) if listed else PASS


def not_assessable(reason: str) -> Verdict:
    return Verdict(not_assessable=reason)
