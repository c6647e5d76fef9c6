"""Causes and alerts. Plain frozen values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from gxcrawl.model import Severity

Stream = Literal["organ", "crawler"]
State = Literal["open", "acknowledged", "held", "dismissed", "closed"]
Trust = Literal[
    "judged",  # a look could have shown the contrary
    "lasting",  # none could be taken, and none is needed
    "blind",  # none could be taken
]
What = Literal[
    "opened", "changed", "held", "resumed", "acknowledged", "dismissed", "closed", "reopened"
]  # fmt: skip
STATES: tuple[State, ...] = ("open", "acknowledged", "held", "dismissed", "closed")
SEVERITIES: tuple[Severity, ...] = ("error", "warn", "info")  # the worst first


class Cause(NamedTuple):
    """Why there is something to tell. Kind and subject say which alert it is."""

    kind: str
    subject: str
    stream: Stream
    severity: Severity
    message: str
    facts: str  # a digest: another one is another state of affairs
    area: str = ""
    evidence: Mapping[str, object] = {}
    organ: str | None = None
    year: int | None = None
    portal: str | None = None
    may_open: bool = True  # False: too old to begin with, but an alert that is there goes on


class Alert(NamedTuple):
    """A row of `alerts`, as far as its fate depends on it."""

    id: int
    kind: str
    subject: str
    state: State
    severity: Severity
    message: str
    facts: str
    organ: str | None
    year: int | None


def digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def worst(severities: Iterable[Severity]) -> Severity:
    return min(severities, key=SEVERITIES.index)
