"""The registry as a table that Excel opens and saves. Every fault is told by its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gxcrawl.registry.cells import CELLS, escaped, unescaped
from gxcrawl.registry.charset import CharsetError, decoded

SEPARATORS = ";；"
LONGEST = 200  # characters of a cell; aliases together may be longer


class Fault(NamedTuple):
    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, each cell by itself in order; the names are the columns."""

    line: int
    name: str
    key: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    level: str = ""
    superior: str = ""
    code: str = ""
    valid_from: str = ""
    valid_to: str = ""
    portal: str = ""

    @property
    def area(self) -> str:
        return self.code or self.portal


COLUMNS = ("key", "name", "aliases", "kind", "level", "superior", "code", "valid_from", "valid_to", "portal")


class Table(NamedTuple):
    """The rows that are in order, and everything that is wrong with the others."""

    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()
    keys: frozenset[str] = frozenset()  # of all rows, as far as they say one


def read_table(data: bytes) -> Table:
    try:
        text = decoded(data)
    except CharsetError as error:
        return Table(faults=tuple(Fault(line, sentence) for line, sentence in error.faults))
    faults: list[Fault] = []
    rows = _rows(text, faults)
    _, header = next(rows, (1, []))
    columns = [name.strip().lower() for name in header]
    faults += [Fault(1, sentence) for sentence in _wrong_header(columns)]
    if faults:
        return Table(faults=tuple(faults))
    entries, keys = [], set()
    for line, cells in rows:
        row = dict(zip(columns, cells, strict=False))
        keys.add(row.get("key", ""))
        wrong = [Fault(line, sentence) for sentence in _wrong_row(columns, cells)]
        faults += wrong
        if not wrong:
            entries.append(_entry(line, row))
    if not entries and not faults:
        faults.append(Fault(1, "there is no organ in the file; write one into each line."))
    return Table(tuple(entries), tuple(sorted(faults)), frozenset(keys))


def write_table(entries: Iterable[Entry]) -> bytes:
    """With the mark by which Excel knows UTF-8. What Excel would take for a formula gets a ' before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in entries:
        cells = {name: getattr(entry, name) for name in COLUMNS}
        cells["aliases"] = "；".join(entry.aliases)
        writer.writerow([escaped(cells[name]) for name in COLUMNS])
    return out.getvalue().encode("utf-8-sig", "replace")


def _rows(text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold something, each with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [unescaped(cell.strip()) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(line, f"this is no line of a CSV table ({error}); look at its quotes."))


def _wrong_header(columns: Sequence[str]) -> Iterator[str]:
    if "name" not in columns:
        yield (
            f"the first line must name the columns, with commas between them: {', '.join(COLUMNS)};"
            " only name is needed always."
        )
        return
    for number, column in enumerate(columns, start=1):
        if column not in COLUMNS:
            yield f"there is no column {column!r} (number {number}); there is {', '.join(COLUMNS)}."
        elif column in columns[: number - 1]:
            yield f"the column {column} is there twice; delete one."


def _wrong_row(columns: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    if any(cells[len(columns) :]):
        yield f"there are {len(cells)} cells for {len(columns)} columns; put a cell with a comma into quotes."
        return
    row = dict(zip(columns, cells, strict=False))
    if not row.get("name"):
        yield "the name is empty; write the full name of the organ."
    if not row.get("code") and not row.get("portal"):
        yield "nothing says in which area the organ is; write its division code into the column code."
    for column, cell in row.items():
        if len(cell) > LONGEST and column != "aliases":
            yield f"the {column} is longer than {LONGEST} characters; shorten it."
        elif cell and column in CELLS and (sentence := CELLS[column].wrong(cell)):
            yield f"{column} {sentence}"
    yield from _wrong_days(row)


def _wrong_days(row: Mapping[str, str]) -> Iterator[str]:
    read = CELLS["valid_from"].read
    first, last = (read(row.get(column, "")) for column in ("valid_from", "valid_to"))
    if first and last and last < first:
        yield f"the organ ends on {last}, before it begins on {first}; correct one of the days."


def _entry(line: int, row: Mapping[str, str]) -> Entry:
    values = {name: CELLS[name].read(cell) if name in CELLS else cell for name, cell in row.items()}
    whole = values.pop("aliases", "")
    for mark in SEPARATORS:
        whole = whole.replace(mark, SEPARATORS[0])
    aliases = tuple(dict.fromkeys(part.strip() for part in whole.split(SEPARATORS[0]) if part.strip()))
    return Entry(line=line, aliases=aliases, **values)
