"""Text with a row per line, its numbers apart by single blanks or not at all."""

from __future__ import annotations

from random import Random

from ..arithmetic import glued_chain_is_unique, glued_readings
from ..model import Draft, Page, Span, Table
from .text import lost_blanks, text_page


def joined_rows(table: Table, joint: str, before: str) -> str:
    lines = []
    for row in table.rows:
        labels = " ".join(span.text for span in row if not span.cell)
        numbers = joint.join(span.text for span in row if span.cell and span.text)
        lines.append(labels + (before if labels and numbers else "") + numbers)
    return "\n".join(lines)


def text_single_blanks(draft: Draft, rng: Random) -> Page:
    return text_page(draft, lambda table: joined_rows(table, " ", " "), rng, lost_blanks(draft))


def text_glued(draft: Draft, rng: Random) -> Page:
    """126036001296: what no arithmetic parts in one way is lost."""
    before = rng.choice(["", " "])
    lost: set[str] = set()
    for table in draft.blocks:
        if isinstance(table, Table):
            for row in table.rows:
                lost.update(glued_losses([span for span in row if span.cell]))
    return text_page(draft, lambda table: joined_rows(table, "", before), rng, frozenset(lost))


def glued_losses(row: list[Span]) -> frozenset[str]:
    digits = "".join(span.text for span in row)
    if len(row) == 7:
        sure = glued_readings(digits, 7) == 1
    elif len(row) == 15:
        sure = glued_chain_is_unique(digits, blocks=3, count=5)
    else:
        sure = len(row) < 2 or digits == "0" * len(row)
    return frozenset() if sure else frozenset(span.cell for span in row)
