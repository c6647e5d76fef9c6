"""Reads the sheets before 2019: an indicator, its unit, a number, sometimes a cumulative one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gxcrawl.forms import Form, Row, Table
from gxcrawl.forms.schema import cell_id, join
from gxcrawl.model import Cell, Grid, GridCell, Problem, Tables
from gxcrawl.problems import problem
from gxcrawl.tables.cells import as_cell, missing_cell
from gxcrawl.tables.explicit import own_cells
from gxcrawl.tables.labels import Entry, LabelIndex
from gxcrawl.tables.numbers import is_plain, is_value, read_number
from gxcrawl.tables.pieces import Piece
from gxcrawl.tables.writing import fold, label_key, plain

_OF_WHICH = re.compile(r"^\s*其中\s*[:：]?")
MIN_LEFT = 4  # numbers left over that are worth a word
UNITS = frozenset(
    ["条", "件", "次", "个", "人", "人次", "万元", "元", "篇", "份", "户", "场", "期", "%", "项", "家"]
)


class Indicator(NamedTuple):
    label: GridCell
    unit: str
    numbers: tuple[GridCell, ...]  # current first, cumulative second


def read_sheets(form: Form, grids: Sequence[Grid]) -> Tables:
    table = form.tables[0]
    visible = [grid for grid in grids if not grid.hidden] or list(grids)
    reader = _SheetReader(form, table)
    for grid in visible:
        reader.read(grid)
    for name, slot in form.slots.items():
        if name not in reader.cells and not slot.optional:
            reader.cells[name] = missing_cell(slot)
    return Tables(
        form.id, reader.cells, tuple(reader.problems), frozenset(reader.used), reader.labels, share=1.0
    )


class _SheetReader:
    def __init__(self, form: Form, table: Table) -> None:
        self._form = form
        self._table = table
        self._rows = {row.id: row for row in table.rows}
        self._ids = [row.id for row in table.rows]
        self._by_key: dict[str, list[str]] = {}
        for row in table.rows:
            for label in (row.label, *row.variants):
                self._by_key.setdefault(label_key(label), []).append(row.id)
        self._index = LabelIndex(Entry(row.id, (row.label, *row.variants)) for row in table.rows)
        self._last = -1
        self._is_wide = False  # the grid has more columns of numbers than its heads explain
        self.cells: dict[str, Cell] = {}
        self.problems: list[Problem] = []
        self.labels: dict[str, str] = {}
        self.used: set[int] = set()

    def read(self, grid: Grid) -> None:
        roles = _roles(grid, self._table)
        indicators = list(_indicators(grid, roles))
        self._is_wide = any(
            sum(1 for cell in item.numbers if is_plain(cell.text)) > len(self._table.columns)
            for item in indicators
        )
        for indicator in indicators:
            name = self._name(indicator.label.text)
            self.used.add(grid.number)
            if name is None:
                self._unnamed(grid, indicator)
            else:
                self._take(grid, indicator, self._rows[name])
        if grid.number in self.used:
            self._left_over(grid, roles)

    def _left_over(self, grid: Grid, roles: Mapping[int, str]) -> None:
        """Numbers of a sheet that no indicator took: two sheets side by side, or lines not understood."""
        codes = {position for position, role in roles.items() if role == "code"}
        taken = {cell.place for cell in self.cells.values()}
        left = [
            cell
            for number, row in enumerate(grid.rows)
            for cell in own_cells(row, number)
            if is_plain(cell.text) and cell.column not in codes and grid.place(cell) not in taken
        ]
        if len(left) >= MIN_LEFT:
            place, printed = grid.place(left[0]), f"{left[0].text}等{len(left)}个数"
            self.problems.append(problem("R-LABEL", place, table=self._table.title, printed=printed))

    def _name(self, text: str) -> str | None:
        """The indicator's name; a label that stands in several sections is the next one down the sheet."""
        text = _OF_WHICH.sub("", text)
        ids = self._by_key.get(label_key(text))
        if ids is None:
            match = self._index.match(text)
            ids = [match.id] if match is not None else []
        ahead = [name for name in ids if self._ids.index(name) > self._last and name not in self.cells]
        free = ahead or [name for name in ids if name not in self.cells]
        if not free:
            return None
        self._last = self._ids.index(free[0])
        return free[0]

    def _take(self, grid: Grid, indicator: Indicator, row: Row) -> None:
        self.labels[row.id] = indicator.label.text
        head_unit = indicator.unit if indicator.unit in ("元", "万元") else ""
        columns = self._table.columns
        printed = [cell for cell in indicator.numbers if cell.text]
        if self._is_wide and len(indicator.numbers) > len(columns):
            self._several(grid, row, printed)
            return
        for column, cell in zip(columns, indicator.numbers, strict=False):
            name = cell_id(self._table, row, column)
            reading = read_number(cell.text, row.type, head_unit)
            self.cells[name] = as_cell(name, Piece(cell.text, grid, cell), reading, sure=True)

    def _several(self, grid: Grid, row: Row, printed: Sequence[GridCell]) -> None:
        """More numbers than the sheet has columns for, as of two years: no head says which is meant."""
        values = tuple(read_number(cell.text, row.type).value for cell in printed)
        name = cell_id(self._table, row, self._table.columns[0])
        place = grid.place(printed[0]) if printed else ""
        raw = " ".join(cell.text for cell in printed)
        self.cells[name] = Cell(name, None, raw, "ambiguous", place, candidates=values)
        candidates = "、".join(cell.text for cell in printed)
        self.problems.append(
            problem("R-AMBIGUOUS", place, what=f"“{row.label}”", count=len(printed), candidates=candidates)
        )

    def _unnamed(self, grid: Grid, indicator: Indicator) -> None:
        """An indicator without a name of ours is kept under its printed label, and said. A heading is not."""
        label = " ".join(indicator.label.text.split())
        readings = [read_number(cell.text, "money") for cell in indicator.numbers]
        if all(reading.state in ("blank", "placeholder") for reading in readings):
            return
        columns = zip(self._table.columns, indicator.numbers, readings, strict=False)
        for column, cell, reading in columns:
            name = join("s.unnamed", label_key(label)[:40], column.id)
            made = as_cell(name, Piece(cell.text, grid, cell), reading, sure=True)
            self.cells.setdefault(name, made._replace(note=label, unit=indicator.unit))
        place = grid.place(indicator.label)
        self.problems.append(problem("R-UNNAMED", place, printed=label[:60], unit=indicator.unit or "无单位"))


def _roles(grid: Grid, table: Table) -> Mapping[int, str]:
    """Column of the grid -> indicator, unit, code, value or cumulative, from the row that heads them."""
    heads = {role: tuple(plain(word) for word in words) for role, words in (table.heads or {}).items()}
    for row in grid.rows[:8]:
        found: dict[int, str] = {}
        for position, cell in enumerate(row):
            key = plain(cell.text) if cell is not None else ""
            role = next((role for role in ("cumulative", *heads) if _is_head(key, heads.get(role, ()))), "")
            if role:
                found[position] = role
        if "indicator" in found.values() and "value" in found.values():
            return found
    return {}


def _is_head(key: str, words: Sequence[str]) -> bool:
    return bool(key) and any(key == word or (len(word) > 1 and key.endswith(word)) for word in words)


def _indicators(grid: Grid, roles: Mapping[int, str]) -> Iterator[Indicator]:
    by_role = {role: position for position, role in roles.items()}
    waiting: list[GridCell] = []
    for number, row in enumerate(grid.rows):
        cells = own_cells(row, number)
        if not cells or any(plain(cell.text) in ("统计指标", "指标名称", "指标") for cell in cells):
            waiting = []
            continue
        waiting += cells
        made = _indicator(waiting, by_role, explicit=grid.kind in ("table", "fields"))
        if made is not None:
            yield made
            waiting = []
        elif grid.kind != "stream":
            waiting = []


def _indicator(cells: Sequence[GridCell], by_role: Mapping[str, int], *, explicit: bool) -> Indicator | None:
    words = [cell for cell in cells if cell.text and not is_value(cell.text)]
    units = _at_role(words, by_role, "unit") if explicit else []
    units = units or [cell for cell in words if fold(cell.text) in UNITS]
    labels = [cell for cell in words if cell not in units]
    if not labels:
        return None
    label, unit = _without_unit(labels[-1], fold(units[-1].text) if units else "")
    numbers = _under_roles(cells, by_role) if explicit else []
    if not numbers:
        start = max(cell.column if explicit else cells.index(cell) for cell in (*labels, *units))
        code = by_role.get("code", -1)
        numbers = [
            cell
            for place, cell in enumerate(cells)
            if (cell.column if explicit else place) > start
            and cell.column != code
            and (cell.text or explicit)
        ]
    return Indicator(label, unit, tuple(numbers)) if numbers else None


def _at_role(cells: Sequence[GridCell], by_role: Mapping[str, int], role: str) -> list[GridCell]:
    return [cell for cell in cells if cell.column == by_role.get(role, -1)]


def _under_roles(cells: Sequence[GridCell], by_role: Mapping[str, int]) -> list[GridCell]:
    """The cells under the heads for numbers, where the heads are explicit."""
    places = [by_role[role] for role in ("value", "cumulative") if role in by_role]
    found = [cell for place in places for cell in cells if cell.column <= place < cell.column + cell.colspan]
    return found if len(found) == len(places) else []


def _without_unit(label: GridCell, unit: str) -> tuple[GridCell, str]:
    """A label that ends in its unit behind a blank (被依法纠错数 件)."""
    words = label.text.split()
    if unit or len(words) < 2 or fold(words[-1]) not in UNITS:
        return label, unit
    return label._replace(text=" ".join(words[:-1])), fold(words[-1])
