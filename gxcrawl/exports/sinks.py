"""Where rows go: CSV, a sheet of a workbook, Parquet. Each takes one row at a time and keeps few of them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from gxcrawl.exports.selection import ExportError
from gxcrawl.exports.tables import Table, Type
from gxcrawl.exports.text import inert, readable
from gxcrawl.exports.workbook import Book

if TYPE_CHECKING:
    import pyarrow

BATCH = 10_000  # rows of Parquet that are held at once
SHORT = 200  # characters of text that may be kept at hand
DIGITS, DECIMALS = 38, 18  # of a number in Parquet
LARGEST = (1 << 63) - 1  # count in Parquet


class Sink(Protocol):
    def __enter__(self) -> Sink: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...

    def write(self, row: Sequence[Any]) -> None: ...


def pour(rows: Iterable[Sequence[Any]], sinks: Iterable[Sink]) -> int:
    """Every row into every sink. Returns how many there were."""
    count = 0
    with ExitStack() as stack:
        opened = [stack.enter_context(sink) for sink in sinks]
        for row in rows:
            count += 1
            for sink in opened:
                sink.write(row)
    return count


class CsvSink:
    """UTF-8 with a mark in front, by which Excel knows it; numbers and dates plain, text harmless."""

    def __init__(self, path: Path, table: Table) -> None:
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.file)
        types = enumerate(column.type for column in table.columns)
        self.told = [(position, _TOLD[kind]) for position, kind in types if kind in _TOLD]
        self.writer.writerow(table.heads)

    def __enter__(self) -> CsvSink:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, row: Sequence[Any]) -> None:
        cells = list(row)
        for position, told in self.told:
            if cells[position] is not None:
                cells[position] = told(cells[position])
        self.writer.writerow(cells)


@lru_cache(maxsize=4096)
def moment(text: str) -> str:
    """A time of the database in UTC, to the second."""
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(text: str) -> str:
    return _short_text(text) if len(text) <= SHORT else inert(readable(text))


@lru_cache(maxsize=65_536)
def _short_text(text: str) -> str:
    """Names and labels come again in row after row."""
    return inert(readable(text))


# Integers and days are written as they are.
_TOLD: dict[Type, Callable[[Any], object]] = {
    "string": _text,
    "number": lambda value: f"{value:f}" if isinstance(value, Decimal) else value,
    "boolean": lambda value: "true" if value else "false",
    "datetime": moment,
}


class SheetSink:
    """A sheet, and more of them when one is full."""

    def __init__(self, book: Book, table: Table) -> None:
        self.sheet = book.sheet(table.name, table.heads)
        self.types = [column.type for column in table.columns]

    def __enter__(self) -> SheetSink:
        return self

    def __exit__(self, *_: object) -> None:
        self.sheet.close()

    def write(self, row: Sequence[Any]) -> None:
        self.sheet.write(
            [
                bool(value) if value is not None and kind == "boolean" else value
                for kind, value in zip(self.types, row, strict=True)
            ]
        )


class ParquetSink:
    """Typed columns; numbers are exact, text is as it was printed, what is not there is null."""

    def __init__(self, path: Path, table: Table) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as error:
            raise ExportError("Parquet needs pyarrow; install it: pip install 'gxcrawl[parquet]'") from error
        self.arrow = pyarrow
        self.schema = _schema(pyarrow, table)
        self.types = [column.type for column in table.columns]
        self.rows: list[Sequence[Any]] = []
        self.without_room = 0  # numbers with more digits than the file can hold
        self.writer = parquet.ParquetWriter(path, self.schema)

    def __enter__(self) -> ParquetSink:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self.writer.close()

    def write(self, row: Sequence[Any]) -> None:
        self.rows.append(row)
        if len(self.rows) == BATCH:
            self._flush()

    def _flush(self) -> None:
        if not self.rows:
            return
        columns = [
            self.arrow.array(self._made(kind, values), field.type)
            for kind, values, field in zip(self.types, zip(*self.rows, strict=True), self.schema, strict=True)
        ]
        self.writer.write_table(self.arrow.Table.from_arrays(columns, schema=self.schema))
        self.rows.clear()

    def _made(self, kind: Type, values: Sequence[Any]) -> Sequence[Any]:
        if kind not in _MADE:
            return values
        make = _MADE[kind]
        made = [None if value in (None, "") else make(value) for value in values]
        self.without_room += made.count(None) - sum(value in (None, "") for value in values)
        return made


def _schema(arrow: Any, table: Table) -> pyarrow.Schema:
    types = {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.decimal128(DIGITS, DECIMALS),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
        "datetime": arrow.timestamp("s", tz="UTC"),
    }
    return arrow.schema(
        [
            arrow.field(
                column.name, types[column.type], metadata={"label": column.chinese, "english": column.english}
            )
            for column in table.columns
        ]
    )


def _small(value: int | Decimal) -> int | None:
    """A count that a column of 64 bits holds; null else: the CSV has it whole."""
    return int(value) if -LARGEST <= value <= LARGEST and value == int(value) else None


def _exact(value: int | Decimal) -> Decimal | None:
    """A number whose digits all have room; null else."""
    number = Decimal(value)
    decimals, whole = -int(number.as_tuple().exponent), number.adjusted() + 1
    return number if decimals <= DECIMALS and whole <= DIGITS - DECIMALS else None


@lru_cache(maxsize=4096)
def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(microsecond=0)


_MADE: dict[Type, Callable[[Any], Any]] = {
    "string": str,
    "integer": _small,
    "number": _exact,
    "boolean": bool,
    "date": lru_cache(maxsize=4096)(date.fromisoformat),
    "datetime": _time,
}
