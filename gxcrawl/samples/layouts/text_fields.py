"""Text with tabs between the fields, as tables are copied out of a page or a sheet."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ..arithmetic import lost_column_survivors
from ..form import COLUMNS, result_rows
from ..model import Draft, Line, Page, Span, Table
from ..tables import printed_rows, spread
from .text import lost_blanks, text_page

Row = list[str]


def padded(rows: list[Row]) -> str:
    width = max(map(len, rows))
    return "\n".join("\t".join(row + [""] * (width - len(row))) for row in rows)


def texts(row: list[Span | None]) -> Row:
    return [span.text if span else "" for span in row]


def even_tabs(table: Table) -> str:
    """Every field stands under its head."""
    return padded([texts(row) for row in spread(table)])


def shifted_tabs(table: Table, rng: Random) -> str:
    """Labels of one, two or three fields before the seven numbers: a column has no fixed place."""
    if table.name != "t3":
        return even_tabs(table)
    walked = [texts(row) for row in printed_rows(table)]
    head = heads_of_eight(table)
    body = [shift(row) for row in walked[table.heads :]]
    body[0] = [body[0][0], *body[0][-7:]]
    for row in body:
        if row[:2] == ["", ""] and row[2].endswith("其他") and rng.random() < 0.5:
            del row[:2]
            row.insert(1, "")
    gap = "\n\n" if rng.random() < 0.5 else "\n"
    return padded([*head, body[0]]) + gap + padded(body[1:])


def shift(row: Row) -> Row:
    """A label over several columns keeps one place fewer than it covers."""
    labels, numbers = row[:-7], row[-7:]
    return [*labels, *([""] if len(labels) < 2 else []), *numbers]


def heads_of_eight(table: Table) -> list[Row]:
    """The heads over one column of labels: 1 + 7 fields."""
    narrow = tuple(
        tuple(span._replace(cols=1) if span.cols == 3 else span for span in row)
        for row in table.rows[: table.heads]
    )
    return [texts(row) for row in spread(replace(table, rows=narrow))]


def shifted_unknowable(draft: Draft) -> frozenset[str]:
    return frozenset(name for name in lost_blanks(draft) if name.startswith("t3."))


def text_tabs(draft: Draft, rng: Random) -> Page:
    if rng.random() < 0.4:
        return text_page(draft, even_tabs, rng)
    return text_page(draft, lambda table: shifted_tabs(table, rng), rng, shifted_unknowable(draft))


def text_markdown_headings(draft: Draft, rng: Random) -> Page:
    """Headings with a wandering depth, tables by tabs with their section title as first row."""
    level = 2
    blocks: list[Line | Table] = []
    for block in draft.blocks:
        if isinstance(block, Table):
            above = blocks[-1].text.lstrip("#* ").rstrip("*") if isinstance(blocks[-1], Line) else ""
            titled = (Span(above.partition("、")[2], cols=sum(span.cols for span in block.rows[0])),)
            blocks.append(
                replace(block, rows=(titled, *block.rows), heads=block.heads + 1) if above else block
            )
        elif block.kind == "title":
            blocks.append(block._replace(text=f"# {block.text}"))
        elif block.kind in {"heading", "subheading"}:
            level = min(5, level + rng.choice([0, 0, 1]))
            bold = "**" if rng.random() < 0.15 else ""
            blocks.append(block._replace(text=f"{'#' * level} {bold}{block.text}{bold}"))
        else:
            blocks.append(block._replace(text=page_end(block.text, rng)))
    marked = replace(draft, blocks=tuple(blocks))
    return text_page(marked, even_tabs, rng)


def page_end(text: str, rng: Random) -> str:
    """A page ends inside a sentence and leaves a blank line there."""
    place = text.find("，", 50)
    return f"{text[: place + 1]}\n\n{text[place + 1 :]}" if place > 0 and rng.random() < 0.1 else text


def text_tabs_lost_column(draft: Draft, rng: Random) -> Page:
    """Every row of 三 lost the same column; which one, only the arithmetic may tell."""
    table = next(block for block in draft.blocks if isinstance(block, Table) and block.name == "t3")
    cells = {span.cell: int(span.text) for row in table.rows for span in row if span.cell}
    rows = (*result_rows(draft.form, single_other=False), "handled")
    lost = rng.randrange(len(COLUMNS))
    first = table.heads + 2
    kept = [texts(row) for row in printed_rows(table)]
    body = []
    for index, row in enumerate(kept[table.heads :], start=table.heads):
        labels, numbers = row[:-7], row[-7:]
        if first <= index < len(kept) - 1:
            del numbers[lost]
            labels = labels[-1:] if "总计" in labels[-1] or "其他" in labels[-1][-3:] else labels
        body.append([*labels, *numbers])
    text = padded([*heads_of_eight(table), *body])
    unknowable = disputed(lost_column_survivors(cells, rows, lost))

    def tables(block: Table) -> str:
        return text if block.name == "t3" else even_tabs(block)

    return text_page(draft, tables, rng, unknowable)


def disputed(survivors: list[dict[str, int]]) -> frozenset[str]:
    """Cells on which the readings that fit do not agree."""
    return frozenset(name for name in survivors[0] if len({reading[name] for reading in survivors}) > 1)
