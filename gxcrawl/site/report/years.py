"""What changed since the report of the year before: the quantities that both of them tell. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gxcrawl.evidence.reports import label_of
from gxcrawl.exports.series import quantities
from gxcrawl.forms import load_form
from gxcrawl.model import Number
from gxcrawl.show.grid import number
from gxcrawl.site.report.cells import Cell
from gxcrawl.site.report.words import words

Cells = Mapping[str, Cell]
CARRIED = ("t3.carried_out.total", "t3.carried_in.total")  # of the year before, of this one


class Reading(NamedTuple):
    """A report, as far as numbers go."""

    report: int
    year: int
    form: str
    cells: Cells


class Line(NamedTuple):
    label: str
    before: str
    now: str
    change: str  # "" where one of them is no number
    is_break: bool = False  # counted otherwise since


class Comparison(NamedTuple):
    before: Reading
    lines: tuple[Line, ...]  # that differ
    same: int
    carried: Line | None  # what was carried over, as each of the two reports tells it


def compared(before: Reading, now: Reading) -> Comparison:
    lines = list(_lines(before, now))
    differing = tuple(line for line in lines if line.before != line.now)
    out, taken_in = before.cells.get(CARRIED[0]), now.cells.get(CARRIED[1])
    carried = _line("", out, taken_in) if out and taken_in else None
    return Comparison(before, differing, len(lines) - len(differing), carried)


def _lines(before: Reading, now: Reading) -> Iterator[Line]:
    if before.form == now.form:
        for name in load_form(now.form).slots:
            if _is_compared(name) and (name in before.cells or name in now.cells):
                yield _line(label_of(now.form, name), before.cells.get(name), now.cells.get(name))
        return
    for quantity in quantities():
        if before.form in quantity.cells and now.form in quantity.cells:
            was, is_now = (
                quantity.value(reading.form, {name: cell.value for name, cell in reading.cells.items()})
                for reading in (before, now)
            )
            label = quantity.about.partition("。")[0] or label_of(now.form, quantity.id)
            is_break = quantity.segment(before.form) != quantity.segment(now.form)
            yield Line(label, _shown(was), _shown(is_now), _change(was, is_now), is_break)


def _is_compared(name: str) -> bool:
    """Of table three the column of totals."""
    return not name.startswith("t3.") or name.endswith(".total")


def _line(label: str, before: Cell | None, now: Cell | None) -> Line:
    none = words()["absent"]["none"]
    was, is_now = (none if cell is None else _told(cell) for cell in (before, now))
    change = _change(before.value if before else None, now.value if now else None)
    return Line(label, was, is_now, change)


def _told(cell: Cell) -> str:
    return cell.state_word if cell.value is None else number(cell.value)


def _shown(value: Number | None) -> str:
    return words()["absent"]["none"] if value is None else number(value)


def _change(before: Number | None, now: Number | None) -> str:
    if before is None or now is None:
        return ""
    difference = now - before
    return ("+" if difference > 0 else "") + number(difference)
