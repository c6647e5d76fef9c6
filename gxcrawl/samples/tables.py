"""Build the printed tables of a form out of labels and printed numbers, spans as in the official sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .form import BLOCKS, CASES, COLUMNS, GROUPS, OUTCOMES, SINGLE
from .labels import Labels
from .model import Printed, Span, Table

Row = tuple[Span, ...]
EXTRA = "extra."  # begins the names of numbers that are in no form
Cells = Mapping[str, Printed]


def number(cells: Cells, name: str, cols: int = 1) -> Span:
    return Span(cells[name].text, cols=cols, cell=name)


def activity_table(form: str, labels: Labels, cells: Cells, article: str) -> Table:
    """Table 2: one block per article, the last column widened where a block has fewer columns."""
    rows: list[Row] = []
    width = 4
    for part, columns, names in BLOCKS[form]:
        rest = width - len(columns)
        rows.append((Span(f"{article}第（{part}）项", cols=width),))
        heads = [Span(labels[column]) for column in columns]
        heads[-1] = heads[-1]._replace(cols=rest)
        rows.append((Span(labels["content"]), *heads))
        for name in names:
            values = [number(cells, f"t2.{name}.{column}") for column in columns]
            values[-1] = values[-1]._replace(cols=rest)
            rows.append((Span(labels[name]), *values))
    return Table("t2", tuple(rows))


def applicants_head(labels: Labels, order: tuple[str, ...] = COLUMNS) -> list[Row]:
    """Three rows of heads. The columns of 法人 stay together wherever they are moved."""
    second: list[Span] = []
    for column in order:
        if column in {"natural_person", "total"}:
            second.append(Span(labels[column], rows=2))
        elif not any(span.cols == 5 for span in second):
            second.append(Span(labels["legal"], cols=5))
    third = tuple(Span(labels[column]) for column in order if column not in {"natural_person", "total"})
    return [
        (Span(labels["corner"], rows=3, cols=3), Span(labels["applicants"], cols=7)),
        tuple(second),
        third,
    ]


def applicants_table(labels: Labels, cells: Cells, order: tuple[str, ...] = COLUMNS) -> Table:
    """Table 3: three columns of labels with vertical groups, then seven of numbers."""

    def numbers(row: str) -> Row:
        return tuple(number(cells, f"t3.{row}.{column}") for column in order)

    single_other = "t3.other.total" in cells
    body: list[Row] = [(Span(labels[row], cols=2), *numbers(row)) for row in SINGLE]
    for group, items in GROUPS.items():
        if group == "other" and single_other:
            body.append((Span(labels["other"], cols=2), *numbers("other")))
            continue
        lines: list[Row] = [(Span(labels[f"{group}.{item}"]), *numbers(f"{group}.{item}")) for item in items]
        body.append((Span(labels[group], rows=len(items)), *lines[0]))
        body.extend(lines[1:])
    body.append((Span(labels["handled"], cols=2), *numbers("handled")))
    body[0] = (Span(labels["results"], rows=len(body)), *body[0])
    whole = [(Span(labels[row], cols=3), *numbers(row)) for row in ("received", "carried_in", "carried_out")]
    extra = [extra_row(labels["extra"], cells, order)] if "extra" in labels else []
    head = applicants_head(labels, order)
    return Table("t3", (*head, whole[0], *extra, whole[1], *body, whole[2]), heads=len(head))


def extra_row(label: str, cells: Cells, order: tuple[str, ...]) -> Row:
    """A row that a province adds to the form. Its numbers are nobody's cells."""
    shares = [cells[f"t3.received.{column}"].value or 0 for column in order]
    numbers = (
        Span(str(int(share) // 2), cell=f"{EXTRA}{column}")
        for column, share in zip(order, shares, strict=True)
    )
    return (Span(label, cols=3), *numbers)


def cases_table(labels: Labels, cells: Cells, order: tuple[str, ...] = OUTCOMES) -> Table:
    """Table 4: three rows of heads over one row of fifteen numbers."""
    heads = tuple(Span(labels[f"case.{outcome}"]) for outcome in order)
    low = tuple(span._replace(rows=2) for span in heads)
    rows = (
        (Span(labels["review"], cols=5), Span(labels["suit"], cols=10)),
        (*low, Span(labels["suit_direct"], cols=5), Span(labels["suit_after_review"], cols=5)),
        heads * 2,
        tuple(number(cells, f"t4.{case}.{outcome}") for case in CASES for outcome in order),
    )
    return Table("t4", rows, heads=3)


def separate_cases(table: Table) -> tuple[Table, Table]:
    """行政复议 and 行政诉讼 in tables of their own."""
    first, second, third, values = table.rows
    heads = tuple(span._replace(rows=1) for span in second[:5])
    review = Table("t4-review", (first[:1], heads, values[:5]), heads=2)
    suits = Table("t4-suit", (first[1:], second[5:], third, values[5:]), heads=3)
    return review, suits


def spread(table: Table) -> list[list[Span | None]]:
    """Every position of the table: the span where it begins, None where it only covers."""
    width = max(sum(span.cols for span in row) for row in table.rows)
    grid: list[list[Span | None]] = []
    busy = [0] * width
    for row in table.rows:
        line: list[Span | None] = [None] * width
        column = 0
        for span in row:
            while busy[column]:
                column += 1
            line[column] = span
            for covered in range(column, column + span.cols):
                busy[covered] = span.rows
            column += span.cols
        busy = [max(0, left - 1) for left in busy]
        grid.append(line)
    return grid


def cut_in_two(table: Table, at: int, *, repeat_head: bool, repeat_label: bool) -> tuple[Table, Table]:
    """A page break before row `at`: spans that cross it end there and go on in the second part."""
    grid = spread(table)
    crossing: dict[int, Span] = {}
    for index, line in enumerate(grid[:at]):
        for column, span in enumerate(line):
            if span is not None and index + span.rows > at:
                text = span.text if repeat_label else ""
                crossing[column] = span._replace(text=text, rows=index + span.rows - at)
    first = tuple(
        tuple(span._replace(rows=min(span.rows, at - index)) for span in row)
        for index, row in enumerate(table.rows[:at])
    )
    begin = tuple(crossing[column] for column in sorted(crossing)) + table.rows[at]
    head = table.rows[: table.heads] if repeat_head else ()
    second = Table(table.name, (*head, begin, *table.rows[at + 1 :]), heads=len(head))
    return replace(table, rows=first), second


def vanished(tables: list[Table]) -> frozenset[str]:
    """Cells of rows that print some numbers and lose others where an empty cell leaves no trace."""
    lost: set[str] = set()
    for table in tables:
        for row in table.rows:
            texts = {span.cell: span.text.strip() for span in row if span.cell}
            if len(set(map(bool, texts.values()))) == 2:
                lost.update(texts)
    return frozenset(lost)


def printed_rows(table: Table) -> list[list[Span | None]]:
    """Each row as a text converter walks it: its own spans, and None once for a span from a row above."""
    grid, walked = spread(table), []
    open_spans: dict[int, tuple[int, int]] = {}  # first column -> rows left, columns
    for line in grid:
        row: list[Span | None] = []
        column = 0
        while column < len(line):
            span = line[column]
            left, cols = open_spans.get(column, (0, 1))
            if span is not None:
                row.append(span)
                open_spans[column] = (span.rows, span.cols)
                cols = span.cols
            elif left:
                row.append(None)
            column += cols
        open_spans = {key: (left - 1, cols) for key, (left, cols) in open_spans.items() if left > 1}
        walked.append(row)
    return walked


def split_head(table: Table) -> Table:
    """商业 in one row, 企业 in the next: the heads of table 3 broken over two table rows."""
    first, second, third = table.rows[:3]
    upper = tuple(span._replace(text=span.text[:2]) for span in third)
    lower = tuple(span._replace(text=span.text[2:]) for span in third)
    deeper = tuple(span._replace(rows=span.rows + (span.rows > 1)) for span in second)
    head = (first[0]._replace(rows=4), *first[1:]), deeper, upper, lower
    return replace(table, rows=(*head, *table.rows[3:]), heads=4)
