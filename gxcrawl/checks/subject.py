"""The report under check, with everything that several checks ask for worked out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from gxcrawl.checks.form_facts import Identities, Line, form_of, identities_of, lines_of
from gxcrawl.checks.organs import organ_type
from gxcrawl.checks.prose import normalise, sentences
from gxcrawl.checks.repair import Repair, connected, smallest_repairs
from gxcrawl.forms import Form
from gxcrawl.model import Cell, Number, Report, Section


class CellView(NamedTuple):
    """The cells of a report sorted by what can be done with them."""

    values: dict[str, Number]  # usable numbers, inferred ones too
    inferred: frozenset[str]
    unknown: dict[str, Cell]  # printed, but not as a number
    missing: tuple[str, ...]


class Subject:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.narrative = report.narrative
        self._sentences_with: dict[str, list[str]] = {}

    @cached_property
    def form(self) -> Form | None:
        return form_of(self.report.form) if self.report.form else None

    @cached_property
    def rules_year(self) -> int | None:
        """The year whose rules apply: the report's own, else the first year of its form."""
        if self.narrative.year is not None:
            return self.narrative.year
        return self.form.first_year if self.form else None

    @cached_property
    def cells(self) -> CellView:
        values: dict[str, Number] = {}
        inferred, missing = [], []
        unknown: dict[str, Cell] = {}
        for name, cell in self.report.cells.items():
            value, state = cell.value, cell.state
            if state == "ok" and value is not None:  # nearly all are
                values[name] = value
            elif state == "inferred" and value is not None:
                values[name] = value
                inferred.append(name)
            elif state == "missing":
                missing.append(name)
            else:
                unknown[name] = cell
        return CellView(values, frozenset(inferred), unknown, tuple(missing))

    @cached_property
    def identities(self) -> Identities:
        return identities_of(self.form.id, self.report.cells) if self.form else Identities()

    @cached_property
    def repairs(self) -> dict[tuple[str, str], list[Repair]]:
        """The smallest repairs for each identity, by check and key, and all that hang together with it."""
        found: dict[tuple[str, str], list[Repair]] = {}
        for group in connected(self.identities.confirmed):
            repairs = smallest_repairs(group, self.cells.values)
            found.update({(item.check, item.key): repairs for item in group})
        return found

    def value(self, cell: str) -> Number | None:
        return self.cells.values.get(cell)

    def total(self, cells: list[str]) -> Number | None:
        """The sum of cells, None unless all are known."""
        values = self.cells.values
        try:
            return sum(values[cell] for cell in cells)
        except KeyError:
            return None

    def is_asked(self, cell: str) -> bool:
        """Does the form ask for it? Old sheets have lines of their own, and headings that look like them."""
        return self.form is not None and cell in self.form.slots

    def label(self, cell: str) -> str:
        return self.form.label(cell) if self.form else cell

    @cached_property
    def single_rows(self) -> Mapping[str, tuple[str, ...]]:
        """The printed rows that stand for several rows of the form -> the full names of those."""
        if self.form is None:
            return {}
        cells = self.report.cells
        return {row: parts for row, parts in self.form.single_rows.items() if f"{row}.total" in cells}

    @cached_property
    def rows(self) -> dict[Line, list[str]]:
        return self._grouped(0)

    @cached_property
    def columns(self) -> dict[Line, list[str]]:
        return self._grouped(1)

    def _grouped(self, half: int) -> dict[Line, list[str]]:
        """The cells of each row (0) or column (1)."""
        groups: dict[Line, list[str]] = {}
        lines = lines_of(self.form.id) if self.form else {}
        for cell in self.report.cells:
            if cell in lines:
                groups.setdefault(lines[cell][half], []).append(cell)
        return groups

    def size(self, table: str) -> int:
        """How many cells of a table the form asks for, missing ones too."""
        return self._sizes[f"{table}."]

    @cached_property
    def _sizes(self) -> Counter[str]:
        return Counter(
            ["".join(cell.partition(".")[:2]) for cell in self.report.cells if self.is_asked(cell)]
        )

    def has_table(self, table: str) -> bool:
        prefix = f"{table}."
        return any(name.startswith(prefix) for name in (*self.cells.values, *self.cells.unknown))

    def title_of(self, table: str) -> str:
        return self.form.table(table).title if self.form else table

    def table_title(self, table: str) -> str:
        return f"“{self.title_of(table)}”表"

    @cached_property
    def organ_type(self) -> str:
        return organ_type(self.narrative.organ or "")

    @cached_property
    def text(self) -> str:
        return normalise(self.narrative.text)

    @cached_property
    def section_texts(self) -> dict[int, str]:
        return {section.number: normalise(section.text) for section in self.narrative.sections}

    @cached_property
    def prose(self) -> str:
        """The text of the sections, without headings and without the opening, which lists the outline."""
        return "\n".join(self.section_texts.values())

    @cached_property
    def sentences(self) -> list[str]:
        return sentences(self.prose)

    def sentences_with(self, word: str) -> list[str]:
        """Those of the sentences that have a word: cheaper to ask first than any pattern."""
        if word not in self._sentences_with:
            known = self.sentences if word in self.prose else []
            self._sentences_with[word] = [sentence for sentence in known if word in sentence]
        return self._sentences_with[word]

    def section(self, number: int) -> Section | None:
        return next((section for section in self.narrative.sections if section.number == number), None)
