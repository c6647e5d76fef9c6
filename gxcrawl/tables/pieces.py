"""What the readers of the different layouts hand on: rows of printed values, placed or only in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gxcrawl.model import Grid, GridCell
from gxcrawl.tables.index import RowTarget


class Piece(NamedTuple):
    """One printed value and where it stands."""

    text: str
    grid: Grid
    cell: GridCell
    merged: int = 1  # over how many columns or rows of the form the cell reaches

    @property
    def place(self) -> str:
        return self.grid.place(self.cell)


class RowReading(NamedTuple):
    """The values printed behind one label.

    values: column -> value where the header (or the position) tells the column;
    tokens: the values in printed order where it does not.
    """

    target: RowTarget
    label: str
    grid: Grid
    columns: tuple[str, ...]  # the order of the columns, as the header has it
    values: Mapping[str, Piece] | None = None
    tokens: tuple[Piece, ...] = ()
    explicit: bool = True  # empty cells would be seen
    sure: bool = True  # its name was read, not reasoned
    units: Mapping[str, str] = {}  # column -> unit that its heading prints
    printed: Mapping[str, str] = {}  # column -> its heading as printed
    heads: tuple[GridCell, ...] = ()  # where the columns' heads stand, in a printed line
    wide: int = 0  # wide characters before the values, in a printed line

    @property
    def pieces(self) -> list[Piece]:
        return [*self.values.values()] if self.values is not None else [*self.tokens]

    @property
    def printed_pieces(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.text]

    @property
    def texts(self) -> list[str]:
        """What two copies of a row have in common when they agree."""
        return [piece.text for piece in (self.pieces if self.values is not None else self.printed_pieces)]

    @property
    def place(self) -> str:
        return next((piece.place for piece in self.pieces), "")

    @property
    def raw(self) -> str:
        return " ".join(piece.text for piece in self.printed_pieces)[:200]

    @property
    def is_full(self) -> bool:
        """One value for each column."""
        return len(self.printed_pieces) == len(self.columns)

    def value_of(self, column: str) -> Piece | None:
        if self.values is not None:
            return self.values.get(column)
        return (
            self.printed_pieces[self.columns.index(column)]
            if self.is_full and column in self.columns
            else None
        )


class Unread(NamedTuple):
    """A row with numbers whose label is not understood."""

    grid: Grid
    row: int
    label: str
    tokens: tuple[Piece, ...]
    columns: tuple[str, ...] = ()
