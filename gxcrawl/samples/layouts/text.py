"""Plain text: what copying, converting and pasting leaves of a report."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ..model import Draft, Line, Page, Table
from ..tables import vanished


def body_text(draft: Draft, tables: Callable[[Table], str], rng: Random) -> str:
    """Paragraphs apart by blank lines, tables between them."""
    indent = rng.choice(["", "", "    ", "\u3000\u3000"])
    parts: list[str] = []
    for block in draft.blocks:
        if isinstance(block, Table):
            parts.append(tables(block).rstrip("\n"))
        else:
            flush = block.kind == "title" or block.text.startswith("#")
            parts.append(block.text if flush else indent + block.text)
        if isinstance(block, Line) and block.kind == "title" and draft.published and parts[1:] == []:
            day = draft.published
            parts.append(rng.choice([f"发布日期：{day}", f"发布时间：{day.year}年{day.month}月{day.day}日"]))
    return "\n\n".join(dated_last(parts, draft)) + "\n"


def dated_last(parts: list[str], draft: Draft) -> list[str]:
    """The date line follows the whole title, also one of two lines."""
    titles = sum(isinstance(block, Line) and block.kind == "title" for block in draft.blocks)
    if draft.published and titles > 1:
        parts.insert(titles, parts.pop(1))
    return parts


def text_page(
    draft: Draft, tables: Callable[[Table], str], rng: Random, unknowable: frozenset[str] = frozenset()
) -> Page:
    return Page(body_text(draft, tables, rng).encode(), unknowable)


def lost_blanks(draft: Draft) -> frozenset[str]:
    return vanished([block for block in draft.blocks if isinstance(block, Table)])
