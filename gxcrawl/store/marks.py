"""The mark of a finding: the same for the same fact, however often and in whatever words it is told. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def mark_of(subject: str, check: str, cells: Iterable[str], expected: str, printed: str, *others: str) -> str:
    """A person's decision is about this mark, so it holds until one of the facts in it changes.

    `subject` is the page of a report, or an organ and a year. The words of a finding are not part of it.
    """
    parts = (subject, check, *sorted(cells), expected, printed, *others)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def mark_in_report(page: int, check: str, cells: Iterable[str], expected: str, printed: str) -> str:
    """Of a finding that rests on one report alone."""
    return mark_of(f"page {page}", check, cells, expected, printed)
