"""From rows of printed values to the cells of the form, each with its state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gxcrawl.forms import Column, Form, Identity, Slot
from gxcrawl.forms.schema import join
from gxcrawl.model import Cell, Number, Problem, State
from gxcrawl.problems import problem
from gxcrawl.tables.doubt import wrong_head
from gxcrawl.tables.merge import Key, Merged
from gxcrawl.tables.numbers import Reading, is_plain, read_number
from gxcrawl.tables.padding import padding_of, without_padding
from gxcrawl.tables.pieces import Piece, RowReading
from gxcrawl.tables.place import Guess, guesses
from gxcrawl.tables.positions import place_by_position
from gxcrawl.tables.settle import OpenRow, settle
from gxcrawl.tables.sums import Sums, derived, holds

LONGEST_RAW = 40  # characters that somebody may write where a number belongs


class CellBuilder:
    """Fills the cells of one form; what cannot be placed at once waits until everything else is known."""

    def __init__(self, form: Form, identities: Sequence[Identity]) -> None:
        self._form = form
        self._sums = Sums(identities)
        self.cells: dict[str, Cell] = {}
        self.problems: list[Problem] = []
        self._open: list[tuple[OpenRow, RowReading]] = []

    def add(self, merged: Merged) -> None:
        full = [row for row in merged.rows.values() if row.values is None and _is_full(row)]
        complete = {row.target.table.id for row in full if row.explicit}
        complete |= {row.target.table.id for row in merged.rows.values() if row.values is not None}
        paddings = {
            table.id: padding_of([row for row in merged.rows.values() if row.target.table is table])
            for table in self._form.tables
        }
        doubted = self._wrong_heads(merged)
        for key, reading in merged.rows.items():
            if id(reading) in doubted:
                self._leave_open(reading)
            elif key in merged.conflicting:
                self._conflict(merged.conflicting[key])
            elif reading.values is not None:
                self.place(reading, reading.values, sure=True)
            else:
                trimmed = reading._replace(tokens=tuple(without_padding(reading, paddings[key[0]])))
                self._order(trimmed, full, trimmed.explicit and key[0] in complete)

    def _wrong_heads(self, merged: Merged) -> set[int]:
        """The rows under a head that the numbers contradict."""
        doubted: set[int] = set()
        for table in self._form.tables:
            found = wrong_head([row for row in merged.rows.values() if row.target.table is table], self._sums)
            if found is not None:
                doubted |= {id(row) for row in found.rows}
                place = _where(found.rows[0])
                self.problems.append(problem("R-HEAD", place, table=table.title, rows=found.broken))
        return doubted

    def place(self, reading: RowReading, values: Mapping[str, Piece], *, sure: bool) -> None:
        prefix = join(reading.target.table.id, reading.target.row.id)
        for column in reading.target.block.columns:
            piece = values.get(column.id)
            if piece is None:
                continue
            name = f"{prefix}.{column.id}"
            unit = reading.units.get(column.id, "")
            if column.type == "count" and is_plain(piece.text) and piece.merged == 1:
                self.cells[name] = Cell(
                    name, int(piece.text), piece.text, "ok" if sure else "inferred", piece.place
                )
            elif piece.merged > 1 and piece.text:
                self._merged(name, piece, column)
            else:
                cell = as_cell(name, piece, read_number(piece.text, column.type, unit), sure=sure)
                self.cells[name] = cell if cell.state not in ("invalid", "ambiguous") else self._doubted(cell)

    def _doubted(self, cell: Cell) -> Cell:
        """Several numbers in a cell, or much text: a table not understood, and no fault of its author."""
        if cell.state == "invalid" and len(cell.raw) <= LONGEST_RAW:
            return cell
        what, printed = self._form.label(cell.id), " ".join(cell.raw.split())[:60]
        self.problems.append(
            problem("R-AMBIGUOUS", cell.place, what=what, count="不止一", candidates=printed)
        )
        return cell._replace(raw=cell.raw[:200], state="ambiguous")

    def _merged(self, name: str, piece: Piece, column: Column) -> None:
        reading = read_number(piece.text, column.type)
        state: State = "ambiguous" if reading.value is not None else reading.state
        self.cells[name] = Cell(name, None, piece.text, state, piece.place, candidates=(reading.value, None))
        if reading.value is not None:
            self.problems.append(
                problem(
                    "R-MERGED",
                    piece.place,
                    what=self._form.label(name),
                    printed=piece.text,
                    count=piece.merged,
                )
            )

    def _order(self, reading: RowReading, full: Sequence[RowReading], complete: bool) -> None:
        """A row whose columns are known only by order."""
        columns = {column.id: column for column in reading.target.block.columns}
        if not reading.columns:
            self._unplaced(reading, [])
            return
        ordered = [columns[column] for column in reading.columns]
        if reading.grid.kind == "layout" and not _is_full(reading) and len(ordered) > 1:
            values = place_by_position(
                reading, [row for row in full if row.target.table is reading.target.table]
            )
            if values is not None:
                self.place(reading, values, sure=True)
                return
        names = tuple(join(reading.target.table.id, reading.target.row.id, column.id) for column in ordered)
        found = self.guess(names, ordered, reading.tokens, reading.units, complete=complete)
        if len(found) == 1 and found[0].kind in ("order", "window"):
            self._take(names, found[0], sure=reading.sure or found[0].kind == "order")
            return
        row = OpenRow(join(reading.target.table.id, reading.target.row.id), names, tuple(found))
        self._open.append((row, reading))

    def guess(
        self,
        names: Sequence[str],
        columns: Sequence[Column],
        tokens: Sequence[Piece],
        units: Mapping[str, str],
        *,
        complete: bool,
    ) -> list[Guess]:
        within = self._sums.within(names)

        def agrees(values: Sequence[Number | None]) -> bool:
            known = dict(zip(names, values, strict=True))
            return all(holds(identity, known) is not False for identity in within)

        def proves(values: Sequence[Number | None]) -> bool:
            known = dict(zip(names, values, strict=True))
            proven = bool(within) and all(holds(identity, known) for identity in within)
            return proven or (
                not any(values) and None not in values
            )  # zeros alone can be cut in one way only

        def derive(values: Sequence[Number | None], lost: int) -> Number | None:
            known = dict(zip(names, values, strict=True))
            for identity in within:
                if names[lost] in (*identity.left, *identity.right):
                    others = [n for n in (*identity.left, *identity.right) if n != names[lost]]
                    return (
                        None
                        if any(known[n] is None for n in others)
                        else derived(identity, known, names[lost])
                    )
            return None

        return guesses(tokens, columns, units, agrees, proves, derive if complete else None)

    def _take(self, names: Sequence[str], guess: Guess, *, sure: bool) -> None:
        for name, (piece, reading) in zip(names, guess.cells, strict=True):
            self.cells[name] = as_cell(name, piece, reading, sure=sure)

    def _conflict(self, copies: Sequence[RowReading]) -> None:
        """The same row with different numbers: each column keeps what all copies agree on."""
        first = copies[0]
        for column in first.target.block.columns:
            name = join(first.target.table.id, first.target.row.id, column.id)
            pieces = [piece for copy in copies if (piece := _value_of(copy, column.id)) is not None]
            readings = [read_number(piece.text, column.type) for piece in pieces]
            if len(readings) == len(copies) and len({reading.value for reading in readings}) == 1:
                self.cells[name] = as_cell(name, pieces[0], readings[0], sure=True)
            elif pieces:
                values = tuple(dict.fromkeys(reading.value for reading in readings))
                raw = " | ".join(dict.fromkeys(piece.text for piece in pieces))
                self.cells[name] = Cell(name, None, raw, "ambiguous", pieces[0].place, candidates=values)

    def settle(self) -> None:
        """Place the open rows by what must add up; where several readings are left, list them."""
        if not self._open:
            return
        known: dict[str, Number | None] = {name: cell.value for name, cell in self.cells.items()}
        rows = [row for row, _ in self._open]
        across = self._sums.across(name for row in rows for name in row.cells)
        left = settle(rows, known, across)
        for row, reading in self._open:
            remaining = left[row.name]
            if not remaining:
                self._unplaced(reading, list(row.guesses))
                continue
            self._agreed(row, reading, remaining)

    def _agreed(self, row: OpenRow, reading: RowReading, remaining: Sequence[Guess]) -> None:
        open_names = []
        for place, name in enumerate(row.cells):
            values = list(dict.fromkeys(guess.cells[place].reading.value for guess in remaining))
            placed = remaining[0].cells[place]
            if len(values) == 1:
                self.cells[name] = as_cell(name, placed.piece, placed.reading, sure=False)
            else:
                open_names.append(name)
                self.cells[name] = Cell(
                    name, None, _raw(reading), "ambiguous", _where(reading), "", "", tuple(values)
                )
        self._explain(reading, remaining, open_names)

    def _explain(self, reading: RowReading, remaining: Sequence[Guess], open_names: Sequence[str]) -> None:
        what, place = f"“{reading.label.strip()}”", _where(reading)
        solved = (
            "各项勾稽关系只允许一种读法，已据此还原" if not open_names else "有几种读法都说得通，没有取数"
        )
        kind = remaining[0].kind
        if kind == "glued":
            self.problems.append(problem("R-GLUED", place, what=what, printed=_raw(reading), outcome=solved))
        elif kind == "split":
            self.problems.append(
                problem("R-SPLITCELL", place, what=what, printed=_raw(reading), outcome=solved)
            )
        elif open_names:
            values = "；".join(str(_plain(guess.values)) for guess in remaining[:7])
            self.problems.append(
                problem("R-AMBIGUOUS", place, what=what, count=len(remaining), candidates=values)
            )

    def _unplaced(self, reading: RowReading, tried: Sequence[Guess]) -> None:
        """No way of reading fits: every cell of the row is open, and what was tried is no candidate."""
        self._leave_open(reading)
        listed = "；".join(str(_plain(guess.values)) for guess in tried[:7]) or _raw(reading)
        what = f"“{reading.label.strip()}”"
        count = len(tried) or "不止一"
        self.problems.append(
            problem("R-AMBIGUOUS", _where(reading), what=what, count=count, candidates=listed)
        )

    def _leave_open(self, reading: RowReading) -> None:
        for column in reading.columns or [column.id for column in reading.target.block.columns]:
            name = join(reading.target.table.id, reading.target.row.id, column)
            self.cells[name] = Cell(name, None, _raw(reading), "ambiguous", _where(reading))

    def share(self) -> float:
        """How many of the cells that the form wants have a place, without rows for which another stands."""
        replaced = tuple(
            part + "."
            for single, parts in self._form.single_rows.items()
            if f"{single}.total" in self.cells
            for part in parts
        )
        wanted = [
            name
            for name, slot in self._form.slots.items()
            if not (slot.optional or name.startswith(replaced))
        ]
        placed = sum(1 for name in wanted if name in self.cells and self.cells[name].state != "ambiguous")
        return placed / len(wanted)

    def fill_missing(self) -> None:
        for name, slot in self._form.slots.items():
            if name not in self.cells and not slot.optional:
                self.cells[name] = missing_cell(slot)


def as_cell(name: str, piece: Piece | None, reading: Reading, *, sure: bool) -> Cell:
    state = reading.state
    if state == "ok" and not sure:
        state = "inferred"
    raw, place = (piece.text, piece.place) if piece is not None else ("", "")
    return Cell(name, reading.value, raw, state, place, reading.note, reading.unit, reading.candidates)


def missing_cell(slot: Slot) -> Cell:
    return Cell(slot.id, None, "", "missing", "")


def _is_full(reading: RowReading) -> bool:
    return sum(1 for token in reading.tokens if token.text) == len(reading.columns)


def _value_of(reading: RowReading, column: str) -> Piece | None:
    if reading.values is not None:
        return reading.values.get(column)
    printed = [token for token in reading.tokens if token.text]
    fits = len(printed) == len(reading.columns) and column in reading.columns
    return printed[reading.columns.index(column)] if fits else None


def _raw(reading: RowReading) -> str:
    pieces = reading.values.values() if reading.values is not None else reading.tokens
    return " ".join(piece.text for piece in pieces if piece.text)[:200]


def _where(reading: RowReading) -> str:
    pieces = [*(reading.values or {}).values(), *reading.tokens]
    return pieces[0].place if pieces else ""


def _plain(values: Sequence[Number | None]) -> str:
    return "、".join("空" if value is None else str(value) for value in values)


__all__ = ["CellBuilder", "Key", "as_cell", "missing_cell"]
