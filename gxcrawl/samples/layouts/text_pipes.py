"""Text with pipes between the cells."""

from __future__ import annotations

from random import Random

from ..model import Draft, Page, Span, Table
from ..tables import printed_rows, spread
from .text import text_page


def shown(span: Span | None) -> str:
    return span.text if span else ""


def text_pipes_end(draft: Draft, rng: Random) -> Page:
    """A pipe ends every cell; the cells of a row stand in one line or each in its own."""
    joint, gap = rng.choice([("", "\n"), ("\n", "\n\n")])

    def tables(table: Table) -> str:
        return gap.join(joint.join(shown(span) + "|" for span in row) for row in printed_rows(table))

    return text_page(draft, tables, rng)


def text_pipes_alone(draft: Draft, rng: Random) -> Page:
    """Pipes on lines of their own between the cells; an empty cell is nothing between two pipes."""

    def tables(table: Table) -> str:
        return "\n\n".join(
            "\n|\n".join(shown(span) for span in row).replace("|\n\n", "|\n").removeprefix("\n")
            for row in printed_rows(table)
        )

    return text_page(draft, tables, rng)


def text_markdown_table(draft: Draft, rng: Random) -> Page:
    """Markdown knows no spans: a covered place is empty, or repeats the label."""
    repeat = rng.random() < 0.4

    def tables(table: Table) -> str:
        rows = filled(table) if repeat else [[shown(span) for span in row] for row in spread(table)]
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * (lines[0].count("|") - 1))
        return "\n".join(lines)

    return text_page(draft, tables, rng)


def filled(table: Table) -> list[list[str]]:
    """Labels repeated over all the places they cover; numbers never."""
    grid = [[shown(span) for span in row] for row in spread(table)]
    for top, row in enumerate(spread(table)):
        for left, span in enumerate(row):
            if span is None or span.cell:
                continue
            for line in grid[top : top + span.rows]:
                line[left : left + span.cols] = [span.text] * span.cols
    return grid
