"""One export: the wanted files of one snapshot of the database, in a new folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from gxcrawl.duties.deadlines import Rule, shipped_rules
from gxcrawl.exports.folder import new_folder
from gxcrawl.exports.issue_book import write_issues
from gxcrawl.exports.issues import issues
from gxcrawl.exports.letters import write_letters
from gxcrawl.exports.matrix import write_matrix
from gxcrawl.exports.notices import letters
from gxcrawl.exports.package import write_codebook, write_package
from gxcrawl.exports.rows import codebook, rows_of, values
from gxcrawl.exports.selection import Selection, selected, snapshot
from gxcrawl.exports.sinks import CsvSink, ParquetSink, SheetSink, Sink, pour
from gxcrawl.exports.tables import Table, tables
from gxcrawl.exports.workbook import Book
from gxcrawl.store import Store
from gxcrawl.store.errors import clear_errors

NOTICES = "notices"  # folder of the letters
ABOUT_TABLES = {"codebook": codebook, "values": values}  # tables whose rows are about the others


class Written(NamedTuple):
    """A file of the export."""

    name: str
    number: int
    what: str  # is counted: rows, duties, issues, letters
    without_room: int = 0  # numbers with more digits than the file can hold


class Order(NamedTuple):
    """What is wanted."""

    kinds: Sequence[str]
    formats: Sequence[str] = ("csv",)
    selection: Selection = Selection()
    local_rules: tuple[Rule, ...] = ()  # deadlines of the user's own, whose words a letter quotes


def export(store: Store, target: Path, order: Order) -> list[Written]:
    """All of it, or an error and nothing."""
    with (
        clear_errors(target),
        new_folder(target) as folder,
        selected(store.connection, order.selection),
    ):
        return list(_write(store.connection, folder, order))


def _write(connection: sqlite3.Connection, folder: Path, order: Order) -> Iterator[Written]:
    newest, chosen = snapshot(connection), _tables_for(order.kinds)
    if chosen:
        yield from _write_tables(connection, folder, chosen, order.formats)
        write_codebook(folder, chosen)
    if chosen and "csv" in order.formats:
        write_package(folder, connection, chosen, order.selection, newest)
    if "matrix" in order.kinds:
        yield Written("matrix.xlsx", write_matrix(folder / "matrix.xlsx", connection, newest), "duties")
    if "issues" in order.kinds:
        count = write_issues(folder / "issues.xlsx", issues(connection), newest)
        yield Written("issues.xlsx", count, "issues")
    if "notices" in order.kinds:
        rules = (*order.local_rules, *shipped_rules())
        written = letters(issues(connection), newest, rules)
        yield Written(f"{NOTICES}/", write_letters(folder / NOTICES, written, newest), "letters")


def _tables_for(kinds: Sequence[str]) -> list[Table]:
    """What the panel and the cells refer to comes with them."""
    if not {"panel", "cells"} & set(kinds):
        return []
    left_out = set() if "cells" in kinds else {"cells"}
    if "panel" not in kinds:
        left_out = set(tables()) - {"organs", "reports", "cells", "values", "codebook"}
    return [table for name, table in tables().items() if name not in left_out]


def _write_tables(
    connection: sqlite3.Connection,
    folder: Path,
    chosen: Sequence[Table],
    formats: Sequence[str],
) -> Iterator[Written]:
    with ExitStack() as stack:
        book = None
        if "xlsx" in formats:
            book = stack.enter_context(Book(folder / "tables.xlsx", snapshot(connection)))
        names = [table.name for table in chosen]
        for table in chosen:
            sinks: list[Sink] = []
            if "csv" in formats:
                sinks.append(CsvSink(folder / f"{table.name}.csv", table))
            if book:
                sinks.append(SheetSink(book, table))
            if "parquet" in formats:
                sinks.append(ParquetSink(folder / f"{table.name}.parquet", table))
            about_tables = ABOUT_TABLES.get(table.name)
            rows = about_tables(names) if about_tables else rows_of(connection, table.name)
            count = pour(rows, sinks)
            yield Written(table.name, count, "rows", _without_room(sinks))


def _without_room(sinks: Iterable[Sink]) -> int:
    return sum(sink.without_room for sink in sinks if isinstance(sink, ParquetSink))
