"""Finds the columns of values that are known only by their order: by what must add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gxcrawl.forms import Column
from gxcrawl.forms.schema import join
from gxcrawl.model import Cell, Number
from gxcrawl.tables.cells import Cells, as_cell
from gxcrawl.tables.pieces import Piece, RowReading
from gxcrawl.tables.place import Guess, guesses
from gxcrawl.tables.positions import place_by_position
from gxcrawl.tables.settle import OpenRow, settle
from gxcrawl.tables.sums import Sums, derived, holds


class Reasoner:
    """Places rows by order; those with several readings wait until everything else is known."""

    def __init__(self, cells: Cells, sums: Sums) -> None:
        self._cells = cells
        self._sums = sums
        self._open: list[tuple[OpenRow, RowReading]] = []

    def place(self, reading: RowReading, full: Sequence[RowReading], *, complete: bool) -> None:
        """full: rows with a value for each column; complete: the table shows that no cell is just blank."""
        if not reading.columns:
            self._unplaced(reading, [])
            return
        columns = {column.id: column for column in reading.target.block.columns}
        ordered = [columns[column] for column in reading.columns]
        if reading.grid.kind == "layout" and not reading.is_full and len(ordered) > 1:
            values = place_by_position(
                reading, [row for row in full if row.target.table is reading.target.table]
            )
            if values is not None:
                self._cells.place(reading, values, sure=True)
                return
        row_name = join(reading.target.table.id, reading.target.row.id)
        names = tuple(join(row_name, column.id) for column in ordered)
        found = self._guess(names, ordered, reading.tokens, reading.units, complete=complete)
        if len(found) == 1 and found[0].kind in ("order", "window"):
            self._cells.place(reading, _pieces(reading.columns, found[0]), sure=reading.sure)
        else:
            self._open.append((OpenRow(row_name, names, tuple(found)), reading))

    def _guess(
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
            # Zeros alone can be cut in one way only.
            return proven or (None not in values and not any(values))

        def derive(values: Sequence[Number | None], lost: int) -> Number | None:
            known = dict(zip(names, values, strict=True))
            for identity in within:
                if names[lost] in (*identity.left, *identity.right):
                    others = [n for n in (*identity.left, *identity.right) if n != names[lost]]
                    is_open = any(known[name] is None for name in others)
                    return None if is_open else derived(identity, known, names[lost])
            return None

        return guesses(tokens, columns, units, agrees, proves, derive if complete else None)

    def settle(self) -> None:
        """Place the open rows by what must add up; where several readings are left, list them."""
        if not self._open:
            return
        known: dict[str, Number | None] = {name: cell.value for name, cell in self._cells.all.items()}
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
                self._cells.all[name] = as_cell(name, placed.piece, placed.reading, sure=False)
            else:
                open_names.append(name)
                self._cells.all[name] = Cell(
                    name, None, reading.raw, "ambiguous", reading.place, "", "", tuple(values)
                )
        self._explain(reading, remaining, open_names)

    def _explain(self, reading: RowReading, remaining: Sequence[Guess], open_names: Sequence[str]) -> None:
        what, place = f"“{reading.label.strip()}”", reading.place
        solved = (
            "各项勾稽关系只允许一种读法，已据此还原" if not open_names else "有几种读法都说得通，没有取数"
        )
        kind = remaining[0].kind
        if kind == "glued":
            self._cells.complain("R-GLUED", place, what=what, printed=reading.raw, outcome=solved)
        elif kind == "split":
            self._cells.complain("R-SPLITCELL", place, what=what, printed=reading.raw, outcome=solved)
        elif open_names:
            values = "；".join(str(_plain(guess.values)) for guess in remaining[:7])
            self._cells.complain("R-AMBIGUOUS", place, what=what, count=len(remaining), candidates=values)

    def _unplaced(self, reading: RowReading, tried: Sequence[Guess]) -> None:
        """No way of reading fits: every cell of the row is open, and what was tried is no candidate."""
        self._cells.leave_open(reading)
        listed = "；".join(str(_plain(guess.values)) for guess in tried[:7]) or reading.raw
        what = f"“{reading.label.strip()}”"
        count = len(tried) or "不止一"
        self._cells.complain("R-AMBIGUOUS", reading.place, what=what, count=count, candidates=listed)


def _pieces(columns: Sequence[str], guess: Guess) -> dict[str, Piece]:
    return {
        column: placed.piece
        for column, placed in zip(columns, guess.cells, strict=True)
        if placed.piece is not None
    }


def _plain(values: Sequence[Number | None]) -> str:
    return "、".join("空" if value is None else str(value) for value in values)
