"""The cells of a form as they are filled, each with its state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gxcrawl.forms import Column, Form, Slot
from gxcrawl.forms.schema import join
from gxcrawl.model import Cell, Problem, State
from gxcrawl.problems import problem
from gxcrawl.tables.numbers import Reading, is_plain, read_number
from gxcrawl.tables.pieces import Piece, RowReading

LONGEST_RAW = 40  # characters that somebody may write where a number belongs


class Cells:
    """Takes what is known of each cell; what was doubtful about it becomes a problem."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.all: dict[str, Cell] = {}
        self.problems: list[Problem] = []

    def complain(self, code: str, place: str, **values: object) -> None:
        self.problems.append(problem(code, place, **values))

    def place(self, reading: RowReading, values: Mapping[str, Piece], *, sure: bool) -> None:
        prefix = join(reading.target.table.id, reading.target.row.id)
        plain: State = "ok" if sure else "inferred"
        for column in reading.target.block.columns:
            piece = values.get(column.id)
            if piece is None:
                continue
            text, grid, cell, merged = piece
            name = f"{prefix}.{column.id}"
            if merged == 1 and column.type == "count" and is_plain(text):
                self.all[name] = Cell(name, int(text), text, plain, grid.place(cell))
            elif merged > 1 and text:
                self._merged(name, piece, column)
            else:
                made = as_cell(
                    name, piece, read_number(text, column.type, reading.units.get(column.id, "")), sure=sure
                )
                self.all[name] = made if made.state not in ("invalid", "ambiguous") else self._doubted(made)

    def _doubted(self, cell: Cell) -> Cell:
        """Several numbers in a cell, or much text: a table not understood, and no fault of its author."""
        if cell.state == "invalid" and len(cell.raw) <= LONGEST_RAW:
            return cell
        what, printed = self._form.label(cell.id), " ".join(cell.raw.split())[:60]
        self.complain("R-AMBIGUOUS", cell.place, what=what, count="不止一", candidates=printed)
        return cell._replace(raw=cell.raw[:200], state="ambiguous")

    def _merged(self, name: str, piece: Piece, column: Column) -> None:
        reading = read_number(piece.text, column.type)
        state: State = "ambiguous" if reading.value is not None else reading.state
        self.all[name] = Cell(name, None, piece.text, state, piece.place, candidates=(reading.value, None))
        if reading.value is not None:
            what = self._form.label(name)
            self.complain("R-MERGED", piece.place, what=what, printed=piece.text, count=piece.merged)

    def conflict(self, copies: Sequence[RowReading]) -> None:
        """The same row with different numbers: each column keeps what all copies agree on."""
        first = copies[0]
        for column in first.target.block.columns:
            name = join(first.target.table.id, first.target.row.id, column.id)
            pieces = [piece for copy in copies if (piece := copy.value_of(column.id)) is not None]
            readings = [read_number(piece.text, column.type) for piece in pieces]
            if len(readings) == len(copies) and len({reading.value for reading in readings}) == 1:
                self.all[name] = as_cell(name, pieces[0], readings[0], sure=True)
            elif pieces:
                values = tuple(dict.fromkeys(reading.value for reading in readings))
                raw = " | ".join(dict.fromkeys(piece.text for piece in pieces))
                self.all[name] = Cell(name, None, raw, "ambiguous", pieces[0].place, candidates=values)

    def leave_open(self, reading: RowReading) -> None:
        for column in reading.columns or [column.id for column in reading.target.block.columns]:
            name = join(reading.target.table.id, reading.target.row.id, column)
            self.all[name] = Cell(name, None, reading.raw, "ambiguous", reading.place)

    def share(self) -> float:
        """How many of the cells that the form wants have a place, without rows for which another stands."""
        replaced = tuple(
            part + "."
            for single, parts in self._form.single_rows.items()
            if f"{single}.total" in self.all
            for part in parts
        )
        wanted = [
            name
            for name, slot in self._form.slots.items()
            if not (slot.optional or name.startswith(replaced))
        ]
        placed = sum(1 for name in wanted if name in self.all and self.all[name].state != "ambiguous")
        return placed / len(wanted)

    def fill_missing(self) -> None:
        for name, slot in self._form.slots.items():
            if name not in self.all and not slot.optional:
                self.all[name] = missing_cell(slot)


def as_cell(name: str, piece: Piece | None, reading: Reading, *, sure: bool) -> Cell:
    state = reading.state
    if state == "ok" and not sure:
        state = "inferred"
    raw, place = (piece.text, piece.place) if piece is not None else ("", "")
    return Cell(name, reading.value, raw, state, place, reading.note, reading.unit, reading.candidates)


def missing_cell(slot: Slot) -> Cell:
    return Cell(slot.id, None, "", "missing", "")
