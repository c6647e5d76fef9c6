"""The mark of a finding: the same for the same fact, however often and in whatever words it is told. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

ABOUT = 12  # characters of a mark that say what the finding is about; the others say what was found


def mark_of(about: str, check: str, cells: Iterable[str], expected: str, printed: str, *others: str) -> str:
    """A person's decision is about this mark, so it holds until one of the facts in it changes.

    `about` is the page of a report, or an organ and a year. The words of a finding are not part of it.
    """
    facts = _digest(check, *sorted(cells), expected, printed, *others)
    return begin_of(about) + facts[:ABOUT]


def mark_in_report(page: int, check: str, cells: Iterable[str], expected: str, printed: str) -> str:
    """Of a finding that rests on one report alone."""
    return mark_of(f"page {page}", check, cells, expected, printed)


def about_organ(key: str, year: int) -> str:
    """What the findings of an organ and year are about, that rest on more than one report."""
    return f"organ {key} {year}"


def begin_of(about: str) -> str:
    """With this all marks of the same organ and year begin, so they can follow an organ to another key."""
    return _digest(about)[:ABOUT]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
