"""What a reading says of one version of a report, written in batches."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from gxcrawl.store.cellsets import cell_set
from gxcrawl.store.figures import figure_row, insert_into, table_of
from gxcrawl.store.marks import mark_in_report
from gxcrawl.store.packing import Packed, digest, pack, runs_of
from gxcrawl.store.rows import highest
from gxcrawl.store.search import INDEX, forget, spaced

Reading = Mapping[str, Any]  # one line of `gxcrawl parse --jsonl`
BATCH = 500  # reports written at once

# In the order that foreign keys allow.
STATEMENTS = {
    "readings": "INSERT INTO readings (report, reader, organ, organ_names, year, published, published_basis,"
    " form, list, layout, vals) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "cell_notes": "INSERT INTO cell_notes (report, position, raw, state, note, unit, candidates)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)",
    "sections": "INSERT INTO sections (id, report, number, heading, text) VALUES (?, ?, ?, ?, ?)",
    "problems": "INSERT INTO problems (report, code, message, place) VALUES (?, ?, ?, ?)",
    "findings": 'INSERT INTO findings (report, organ, organ_key, year, "check", result, severity, message,'
    " cells, expected, printed, place, version, origin, evidence, mark)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'report', '', ?)",
}


class Subject(NamedTuple):
    """The version of a report that a reading belongs to."""

    report: int
    organ: str | None
    year: int | None
    organ_key: str | None
    page: int


def parse_reading(text: str) -> Reading:
    reading: Reading = json.loads(text, parse_float=Decimal)
    return reading


class Readings:
    """Collects rows and writes them in batches; call `flush` at the end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.waiting: defaultdict[str, list[Sequence[object]]] = defaultdict(list)
        self.reports = 0
        self.shared: dict[str, int] = {}
        self.cell_sets: dict[tuple[str, ...], int | None] = {}
        self.next_section = highest(connection, "sections") + 1

    def add(self, subject: Subject, reading: Reading, reader: str) -> None:
        """The reading of a report that has none."""
        report = subject.report
        packed = pack(reading["form"], reading["cells"])
        cell_list = self._list_of(reading["form"], packed)
        self._put(
            "readings", _reading_row(report, reading, reader, cell_list, self._layout_of(packed), packed)
        )
        self._put("cell_notes", *((report, *note) for note in packed.notes))
        self._add_sections(report, reading)
        self._put("problems", *((report, p["code"], p["message"], p["place"]) for p in reading["problems"]))
        self._put("findings", *(self._finding_row(subject, finding) for finding in reading["findings"]))
        self._add_figures(report, reading)
        self.reports += 1
        if self.reports % BATCH == 0:
            self.flush()

    def replace(self, subject: Subject, reading: Reading, reader: str) -> None:
        """A new reading of the same bytes takes the place of the old one."""
        report = subject.report
        self.flush()
        found = self.connection.execute("SELECT form FROM readings WHERE report = ?", (report,)).fetchone()
        if found and insert_into(found[0] or ""):
            self.connection.execute(f"DELETE FROM {table_of(found[0])} WHERE report = ?", (report,))
        forget(self.connection, report)
        for table in reversed(STATEMENTS):
            ours = " AND origin = 'report'" if table == "findings" else ""
            self.connection.execute(f"DELETE FROM {table} WHERE report = ?{ours}", (report,))
        self.add(subject, reading, reader)

    def flush(self) -> None:
        for table, statement in STATEMENTS.items():
            self.connection.executemany(statement, self.waiting.pop(table, ()))
        for statement in list(self.waiting):
            self.connection.executemany(statement, self.waiting.pop(statement))

    def _put(self, table: str, *rows: Sequence[object]) -> None:
        self.waiting[table].extend(rows)

    def _add_sections(self, report: int, reading: Reading) -> None:
        """Numbered here, because the index of their texts has to know them by their numbers."""
        for section in reading["sections"]:
            number, text = self.next_section, section["text"]
            self._put("sections", (number, report, section["number"], section["heading"], text))
            self._put(INDEX, (number, spaced(text)))
            self.next_section += 1

    def _add_figures(self, report: int, reading: Reading) -> None:
        figures = insert_into(reading["form"] or "")
        if figures:
            statement, cells = figures
            values = {cell["id"]: cell["value"] for cell in reading["cells"]}
            self._put(statement, (report, *figure_row(cells, values)))

    def _list_of(self, form: str | None, packed: Packed) -> int | None:
        """The names of the cells, in their order."""
        return self._shared(
            "cell_lists",
            packed.names,
            {"form": form or ""},
            "INSERT INTO cell_names (list, position, id) VALUES (?, ?, ?)",
            lambda: enumerate(packed.names),
        )

    def _layout_of(self, packed: Packed) -> int | None:
        """The places of the cells, in the same order."""
        return self._shared(
            "cell_layouts",
            packed.places,
            {},
            "INSERT INTO cell_places (layout, position, head, first, tail) VALUES (?, ?, ?, ?, ?)",
            lambda: runs_of(packed.places),
        )

    def _cells_of(self, finding: Mapping[str, Any]) -> int | None:
        """The cells that a finding rests on: the same ones again and again."""
        cells = tuple(finding["cells"])
        if cells not in self.cell_sets:
            self.cell_sets[cells] = cell_set(self.connection, cells)
        return self.cell_sets[cells]

    def _shared(
        self,
        table: str,
        parts: Sequence[str],
        columns: Mapping[str, str],
        statement: str,
        rows: Callable[[], Iterable[Sequence[object]]],
    ) -> int | None:
        """The id of what many reports share; it is stored when it is met for the first time."""
        if not parts:
            return None
        mark = digest([table, *columns.values(), *parts])
        if mark not in self.shared:
            found = self.connection.execute(f"SELECT id FROM {table} WHERE digest = ?", (mark,)).fetchone()
            self.shared[mark] = number = found[0] if found else self._new(table, {"digest": mark, **columns})
            if not found:
                self.connection.executemany(statement, ((number, *row) for row in rows()))
        return self.shared[mark]

    def _finding_row(self, subject: Subject, finding: Mapping[str, Any]) -> Sequence[object]:
        return (
            subject.report,
            subject.organ,
            subject.organ_key,
            subject.year,
            finding["check"],
            finding["result"],
            finding["severity"],
            finding["message"],
            self._cells_of(finding),
            finding["expected"],
            finding["printed"],
            finding["place"],
            finding["version"],
            mark_in_report(
                subject.page,
                finding["check"],
                finding["cells"],
                finding["expected"],
                finding["printed"],
            ),
        )

    def _new(self, table: str, columns: Mapping[str, str]) -> int:
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        return self.connection.execute(statement, [*columns.values()]).lastrowid or 0


def _reading_row(
    report: int, reading: Reading, reader: str, cell_list: int | None, layout: int | None, packed: Packed
) -> Sequence[object]:
    return (
        report,
        reader,
        reading["organ"],
        json.dumps(reading["organ_names"], ensure_ascii=False),
        reading["year"],
        reading["published"],
        reading["published_basis"],
        reading["form"],
        cell_list,
        layout,
        packed.values,
    )
