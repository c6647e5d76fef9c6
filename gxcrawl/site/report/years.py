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
from gxcrawl.site.report.findings import Finding, Findings
from gxcrawl.site.report.words import words
from gxcrawl.site.told import CARRIED_IN

Cells = Mapping[str, Cell]
CARRIED_OUT = "t3.carried_out.total"  # of the year before, as CARRIED_IN is of this one


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
    change: str  # "" where one of them is no number, or counted otherwise
    is_break: bool = False  # counted otherwise since

    @property
    def is_same(self) -> bool:
        """The same number; two blanks are none."""
        return bool(self.change) and self.before == self.now


class Carried(NamedTuple):
    """What was carried over, as each of the two reports tells it."""

    before: str
    now: str
    is_same: bool
    finding: Finding | None  # that stands; without one a difference is no fault


class Comparison(NamedTuple):
    before: Reading
    lines: tuple[Line, ...]  # that differ
    same: int
    carried: Carried | None


def compared(before: Reading, now: Reading, findings: Findings) -> Comparison:
    lines = list(_lines(before, now))
    differing = tuple(line for line in lines if line.before != line.now)
    out, taken_in = before.cells.get(CARRIED_OUT), now.cells.get(CARRIED_IN)
    carried = None
    if out and taken_in:
        line = _line("", out, taken_in)
        carried = Carried(line.before, line.now, line.is_same, findings.on_carried)
    return Comparison(before, differing, sum(line.is_same for line in lines), carried)


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
            change = "" if is_break else _change(was, is_now)
            yield Line(label, _shown(was), _shown(is_now), change, is_break)


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
    return words()["absent"]["no_number"] if value is None else number(value)


def _change(before: Number | None, now: Number | None) -> str:
    if before is None or now is None:
        return ""
    difference = now - before
    return ("+" if difference > 0 else "") + number(difference)
