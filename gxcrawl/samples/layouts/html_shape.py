"""HTML tables of an unusual shape: heads split, tables cut, columns moved, spans without sense."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from html import escape
from random import Random

from ..model import Draft, Line, Page, Span, Table
from ..tables import cut_in_two, separate_cases, split_head
from .html import bare, body_html, page_html, spanned, table_html


def reshaped(draft: Draft, change: Callable[[Table], Iterable[Table | Line]]) -> Draft:
    blocks: list[Line | Table] = []
    for block in draft.blocks:
        blocks.extend(change(block) if isinstance(block, Table) else [block])
    return replace(draft, blocks=tuple(blocks))


def shaped_page(draft: Draft, change: Callable[[Table], Iterable[Table | Line]], rng: Random) -> Page:
    inside = rng.choice([spanned, bare])
    body = body_html(reshaped(draft, change), lambda table: table_html(table, inside))
    return Page(page_html(draft, body, rng).encode())


def html_split_head(draft: Draft, rng: Random) -> Page:
    return shaped_page(draft, lambda table: [split_head(table) if table.name == "t3" else table], rng)


def html_vertical_head(draft: Draft, rng: Random) -> Page:
    """Heads and group labels written one character per line."""
    before, between, after = rng.choice([("", "<br>", ""), ("", "<br/>\n", ""), ("<p>", "</p><p>", "</p>")])

    def inside(span: Span) -> str:
        narrow = (
            not span.cell and (span.rows > 1 or len(span.text) == 4) and not re.search(r"本列|\d", span.text)
        )
        return before + between.join(map(escape, span.text)) + after if narrow else bare(span)

    return Page(page_html(draft, body_html(draft, lambda table: table_html(table, inside)), rng).encode())


def cut_pages(draft: Draft, rng: Random, *, repeat_head: bool) -> Page:
    repeat_label, numbered = rng.random() < 0.5, rng.random() < 0.5

    def change(table: Table) -> Iterable[Table | Line]:
        if table.name != "t3":
            return [table]
        at = rng.randint(table.heads + 1, len(table.rows) - 2)
        first, second = cut_in_two(table, at, repeat_head=repeat_head, repeat_label=repeat_label)
        return [first, Line(f"- {rng.randint(2, 9)} -"), second] if numbered else [first, second]

    return shaped_page(draft, change, rng)


def html_page_break_repeated(draft: Draft, rng: Random) -> Page:
    return cut_pages(draft, rng, repeat_head=True)


def html_page_break(draft: Draft, rng: Random) -> Page:
    return cut_pages(draft, rng, repeat_head=False)


def html_separate_cases(draft: Draft, rng: Random) -> Page:
    return shaped_page(draft, lambda table: separate_cases(table) if table.name == "t4" else [table], rng)


def html_absurd_spans(draft: Draft, rng: Random) -> Page:
    """Spans that reach past the end of the table, as broken editors leave them."""
    kind = rng.randrange(3)

    def change(table: Table) -> Iterable[Table]:
        rows = list(table.rows)
        if kind == 0:  # below the last row there is nothing to cover
            rows[-1] = tuple(span._replace(rows=99) for span in rows[-1])
        elif kind == 1:  # 三 swallows the place before 四, whose cells then stand one column too far right
            rows = [tuple(s._replace(rows=99) if s.rows > 9 else s for s in row) for row in rows]
        else:
            rows = [tuple(s._replace(cols=999) if len(row) == 1 else s for s in row) for row in rows]
        return [replace(table, rows=tuple(rows))]

    return shaped_page(draft, change, rng)


def html_reordered(draft: Draft, rng: Random) -> Page:
    """Columns in another order, and the header says so."""
    legal = rng.sample(range(1, 6), 5)
    blocks = rng.choice([[[6], [0], legal], [[6], legal, [0]], [legal, [0], [6]], [[0], [6], legal]])
    order = [column for block in blocks for column in block]
    cases = rng.choice([[4, 0, 1, 2, 3], [1, 0, 2, 3, 4]])

    def change(table: Table) -> Iterable[Table]:
        rows = list(table.rows)
        if table.name == "t3":
            heads = {0: rows[1][0], 6: rows[1][2]}
            rows[1] = tuple(heads.get(block[0], rows[1][1]) for block in blocks)
            rows[2] = tuple(rows[2][column - 1] for column in legal)
            rows[3:] = [(*row[:-7], *(row[-7:][column] for column in order)) for row in rows[3:]]
        elif table.name == "t4":
            moved = [start + place for start in (0, 5, 10) for place in cases]
            rows[1] = (*(rows[1][place] for place in cases), *rows[1][5:])
            rows[2] = tuple(rows[2][place] for place in moved[:10])
            rows[3] = tuple(rows[3][place] for place in moved)
        return [replace(table, rows=tuple(rows))]

    return shaped_page(draft, change, rng)


def html_flat(draft: Draft, rng: Random) -> Page:
    """No vertical groups: one column of labels, groups as rows of their own without numbers."""

    def change(table: Table) -> Iterable[Table]:
        if table.name != "t3":
            return [table]
        rows: list[tuple[Span, ...]] = [
            (table.rows[0][0]._replace(cols=1), *table.rows[0][1:]),
            *table.rows[1:3],
        ]
        for row in table.rows[3:]:
            *groups, label = [span for span in row if not span.cell]
            rows.extend((Span(group.text), *(Span("") for _ in range(7))) for group in groups)
            rows.append((Span(label.text), *row[-7:]))
        return [replace(table, rows=tuple(rows))]

    return shaped_page(draft, change, rng)
