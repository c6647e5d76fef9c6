"""A draft for people: what it prints otherwise than was said, the report, and what it was compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gxcrawl.model import Report
from gxcrawl.show.people import for_people, item
from gxcrawl.show.wide import clean


def draft_for_people(
    report: Report, mismatches: Sequence[str], compared: str, *, columns: int, colours: bool
) -> str:
    """Several lines, the last one empty."""
    text = for_people(report, columns=columns, colours=colours)
    return text + "\n".join([*_notes(mismatches, compared, columns, colours), ""])


def _notes(mismatches: Sequence[str], compared: str, columns: int, colours: bool) -> Iterator[str]:
    if mismatches:
        yield f"\n与所给信息不一致（{len(mismatches)}）"
    for text in mismatches:
        yield from item("不符", "red", text, columns, colours)
    yield f"\n{clean(compared)}"
