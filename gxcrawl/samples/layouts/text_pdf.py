"""Text as `pdftotext -layout` prints it: columns by position, wrapped and vertical labels, pages."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from unicodedata import east_asian_width

from ..model import Draft, Page, Span, Table
from .text import lost_blanks, text_page

Measure = Callable[[str], int]
Lines = list[dict[int, str]]  # start -> text
MARGIN, GROUP, ITEM, NUMBERS = 0, 4, 16, 34


def by_characters(text: str) -> int:
    return len(text)


def by_width(text: str) -> int:
    return sum(1 + (east_asian_width(char) in "WF") for char in text)


def wrap(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)] or [""]


def laid(lines: Lines, measure: Measure) -> list[str]:
    """Each piece begins at its place, with two blanks before it at least."""
    scale = measure("字")  # where a character is two wide, so is the place it was given
    printed = []
    for line in lines:
        text = ""
        for start in sorted(line):
            text += " " * max(start * scale - measure(text), 2 if text else 0) + line[start]
        printed.append(text.rstrip())
    return printed


def put(lines: Lines, top: int, bottom: int, start: int, pieces: list[str]) -> None:
    """Pieces one under the other, in the middle between two lines."""
    first = max(top, (top + bottom - len(pieces)) // 2)
    for offset, piece in enumerate(pieces):
        if first + offset < len(lines):
            lines[first + offset][start] = piece


def column_step(table: Table) -> int:
    return max(8, *(len(span.text) + 3 for row in table.rows for span in row if span.cell))


def centred(start: int, text: str, step: int) -> int:
    return start + max(0, (step - 2 - len(text)) // 2)


def applicants_head(table: Table, step: int, width: int) -> Lines:
    first, second, third = table.rows[:3]
    heads = [second[0], *third, second[2]]
    wrapped = [wrap(span.text, width) for span in heads]
    lines: Lines = [{} for _ in range(2 + max(map(len, wrapped)))]
    put(lines, 0, len(lines), GROUP, wrap(first[0].text, 18))
    lines[0][NUMBERS + 3 * step] = first[1].text
    lines[1][NUMBERS + 2 * step] = second[1].text
    for column, pieces in enumerate(wrapped):
        put(lines, 2, len(lines), centred(NUMBERS + column * step, pieces[0], step), pieces)
    return lines


def applicants_body(table: Table, step: int) -> tuple[Lines, list[int]]:
    """The rows, and the lines at which a row begins."""
    lines: Lines = []
    begins: list[int] = []
    tall: list[tuple[int, int, Span]] = []  # first line, rows covered, vertical label
    for row in table.rows[table.heads :]:
        *groups, label = [span for span in row if not span.cell]
        start, width = {1: (ITEM, 14), 2: (GROUP, 24), 3: (MARGIN, 26)}[label.cols]
        pieces = wrap(label.text, width)
        begins.append(len(lines))
        tall.extend((len(begins) - 1, span.rows, span) for span in groups)
        lines.extend({} for _ in pieces)
        put(lines, begins[-1], len(lines), start, pieces)
        middle = lines[begins[-1] + (len(pieces) - 1) // 2]
        for column, span in enumerate(span for span in row if span.cell):
            if span.text:
                middle[centred(NUMBERS + column * step, span.text, step)] = span.text
    ends = [*begins, len(lines)]
    for first, rows, span in tall:
        vertical = span.rows > 12
        pieces = list(span.text) if vertical else wrap(span.text, 7)
        put(lines, ends[first], ends[first + rows], MARGIN if vertical else GROUP, pieces)
    return lines, begins


def applicants_text(table: Table, measure: Measure, rng: Random) -> str:
    step, width = column_step(table), rng.choice([2, 3, 4])
    head = laid(applicants_head(table, step, width), measure)
    lines, begins = applicants_body(table, step)
    body = laid(lines, measure)
    if rng.random() < 0.6:
        at = rng.choice(begins[3:-2])
        number = rng.choice(["- {} -", "{}", "— {} —", "第 {} 页"]).format(rng.randint(2, 9))
        again = head if rng.random() < 0.5 else []
        body[at:at] = ["", " " * 40 + number, "\f" + (again[0] if again else ""), *again[1:]]
    return "\n".join(head + body)


def plain_text(table: Table, measure: Measure) -> str:
    """Table 2: a label, then its columns."""
    lines: Lines = []
    for row in table.rows:
        if len(row) == 1:
            lines.append({30: row[0].text})
            continue
        line = {MARGIN: row[0].text}
        line |= {24 + 18 * column: span.text for column, span in enumerate(row[1:]) if span.text}
        lines.append(line)
    return "\n".join(laid(lines, measure))


def cases_text(table: Table, measure: Measure) -> str:
    step = column_step(table) - 1
    first, second, third, values = table.rows
    heads = [*second[:5], *third]
    lines: Lines = [{2 * step: first[0].text, 9 * step: first[1].text}, {6 * step: second[5].text}]
    lines[1][11 * step] = second[6].text
    for half in (slice(2), slice(2, None)):
        lines.append({column * step: span.text[half] for column, span in enumerate(heads) if span.text[half]})
    lines.append({column * step: span.text for column, span in enumerate(values) if span.text})
    return "\n".join(laid(lines, measure))


def text_pdf(draft: Draft, rng: Random) -> Page:
    measure = by_characters if rng.random() < 0.7 else by_width

    def tables(table: Table) -> str:
        if table.name == "t3":
            return applicants_text(table, measure, rng)
        return plain_text(table, measure) if table.name == "t2" else cases_text(table, measure)

    unknowable = frozenset() if measure is by_characters else lost_blanks(draft)
    return text_page(draft, tables, rng, unknowable)
