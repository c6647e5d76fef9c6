"""Which pages a run saw, and which it looked for and did not find. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Literal, NamedTuple

Sign = Literal["seen", "missed", "unlisted"]  # unlisted: its list lacks it, and nobody asked it
Outcome = Literal["present", "absent", "unsure"]  # unsure: blocked, broken, or we failed


class Trace(NamedTuple):
    """All that a run can say about one page."""

    answer: Outcome | None = None  # None: not asked
    listed: bool = False
    list_url: str = ""  # the list that showed it last, in this run or before
    parent: str | None = None  # key of the article it is attached to


def presence(traces: Mapping[str, Trace], read_to_the_end: Set[str]) -> dict[str, Sign]:
    """Key -> sign, for the pages about which the run can say something.

    The page's own answer weighs most. A page that was not asked is unlisted only when the very list that
    showed it was read to its end without it. An attachment shares the fate of its article.
    """
    signs: dict[str, Sign] = {}
    for key in traces:
        sign = _sign(key, traces, read_to_the_end)
        if sign:
            signs[key] = sign
    return signs


def _sign(key: str, traces: Mapping[str, Trace], read_to_the_end: Set[str]) -> Sign | None:
    met: set[str] = set()
    while key in traces and key not in met:
        met.add(key)
        trace = traces[key]
        if trace.answer == "absent":
            return "missed"
        if trace.answer == "present" or trace.listed:
            return "seen"
        if trace.answer == "unsure":
            return None
        if trace.parent is None:
            return "unlisted" if trace.list_url in read_to_the_end else None
        key = trace.parent
    return None
