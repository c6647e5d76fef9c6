"""Text with one cell per line."""

from __future__ import annotations

import re
from random import Random

from ..model import Draft, Page, Span, Table
from ..tables import printed_rows, split_head
from .text import lost_blanks, text_page

NARROW_HEAD = re.compile("[\u4e00-\u9fff]{6}")


def tab_cell(span: Span | None, broken: bool, rng: Random) -> str:
    """A tab begins a cell; lines without one go on with it."""
    if span is None or not span.text:
        return "\t"
    if span.cell:
        return f"\t\n{span.text}" if rng.random() < 0.004 else f"\t{span.text}"
    if broken and len(span.text) == 4:
        return "\t" + "\n".join(span.text) + rng.choice(["", "", " "])
    if NARROW_HEAD.fullmatch(span.text) and rng.random() < 0.5:
        return "\t" + "\n".join(span.text[i : i + 2] for i in (0, 2, 4))
    return f"\t{span.text}"


def text_lines_tab(draft: Draft, rng: Random) -> Page:
    """Rows apart by a blank line, covered cells as lone tabs, heads one character per line."""
    split, empty_rows = rng.random() < 0.5, rng.choice([0, 0, 1, 3])

    def tables(table: Table) -> str:
        table = split_head(table) if table.name == "t3" and split else table
        rows = [
            "\n".join(tab_cell(span, table.name == "t4", rng) for span in row) for row in printed_rows(table)
        ]
        if table.name == "t4":
            rows[-1:-1] = ["\n".join(["\t"] * 15)] * empty_rows
        return "\n\n".join(rows)

    return text_page(draft, tables, rng)


def stream_rows(table: Table) -> list[str]:
    """Only what is printed: an empty cell leaves no line."""
    rows = ("\n".join(span.text for span in row if span.text.strip()) for row in table.rows)
    return [row for row in rows if row]


def text_lines_blank(draft: Draft, rng: Random) -> Page:
    return text_page(draft, lambda table: "\n\n".join(stream_rows(table)), rng, lost_blanks(draft))


def text_lines_bare(draft: Draft, rng: Random) -> Page:
    return text_page(draft, lambda table: "\n".join(stream_rows(table)), rng, lost_blanks(draft))
