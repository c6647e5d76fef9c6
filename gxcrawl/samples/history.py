"""The numbers of one organ over its years: what one report carries over, the next one takes up.

Each number follows from the organ's key and the year alone. So years may be asked for in any order, and the
report after a year in which nothing was published fits to what would have been printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import NamedTuple

from .form import CASES, OUTCOMES, PEOPLE, result_rows
from .numbers import APPLICATIONS, CASELOAD, DECISIONS, PROFILES, WEIGHTS, Numbers, draw_money, share_out

FEW = {"idle": 1, "quiet": 6, "busy": 40, "swamped": 400}
SINCE = 2010  # stocks are counted from here


class Flow(NamedTuple):
    """Applications of one kind of applicant in one year."""

    received: int
    carried_out: int


@dataclass(frozen=True)
class History:
    """One organ. The key tells it from all others."""

    key: str

    def numbers(self, form: str, year: int) -> Numbers:
        """Those of one report: every identity holds within it, and every link to the year before."""
        numbers = self._stocks(year) if form == "2021" else self._items(year)
        numbers |= self._decisions(form, year)
        numbers |= self._applications(form, year)
        return numbers | self._cases(year)

    def corrected(self, form: str, year: int) -> Numbers:
        """The cells that a later version puts right. No other cell and no word depends on them."""
        numbers, dice = self.numbers(form, year), self._dice("corrected", year)
        names = ("t2.licensing.decisions", "t2.penalties.decisions")
        return {name: numbers[name] + 2 * dice.randint(1, 9) for name in names}

    @cached_property
    def profile(self) -> str:
        return self._dice("profile").choices(PROFILES, WEIGHTS)[0]

    def _dice(self, *what: str | int) -> Random:
        return Random("|".join(map(str, (self.key, *what))))

    # --- table 2 ---

    def _stocks(self, year: int) -> Numbers:
        """What is in force grows by what is issued and shrinks by what is repealed."""
        numbers: Numbers = {}
        for row in ("rules", "normative"):
            now, before = self._in_force(row, year), self._in_force(row, year - 1)
            turnover = self._few("turnover", row, year) // 4 if now and before else 0
            numbers[f"t2.{row}.issued"] = max(0, now - before) + turnover
            numbers[f"t2.{row}.repealed"] = max(0, before - now) + turnover
            numbers[f"t2.{row}.in_force"] = now
        return numbers

    def _in_force(self, row: str, year: int) -> int:
        if row == "rules" and self.profile != "swamped":
            return 0
        return 2 * self._few("base", row) + self._few("in-force", row, year)

    def _items(self, year: int) -> Numbers:
        """The form of 2019 counts items: how many there were, and how many more or fewer there are."""
        numbers: Numbers = {}
        for row in ("rules", "normative"):
            now, before = self._public(row, year), self._public(row, year - 1)
            numbers[f"t2.{row}.made"] = now - before
            numbers[f"t2.{row}.published"] = now - before
            numbers[f"t2.{row}.public_total"] = now
        for row in ("licensing", "other_services", "penalties", "coercion", "fees"):
            now, before = self._count(row, year), self._count(row, year - 1)
            numbers[f"t2.{row}.items_before"] = before
            numbers[f"t2.{row}.items_change"] = now - before
        numbers["t2.procurement.items"] = self._few("procurement", year)
        return numbers

    def _public(self, row: str, year: int) -> int:
        """Never fewer than the year before."""
        if row == "rules" and self.profile != "swamped":
            return 0
        yearly = FEW[self.profile]
        return yearly * (year - SINCE) + self._dice("public", row, year).randint(0, yearly)

    def _count(self, row: str, year: int) -> int:
        return 2 * self._few("base", row) + self._few("items", row, year)

    def _few(self, *what: str | int) -> int:
        return self._dice(*what).randint(0, FEW[self.profile])

    def _decisions(self, form: str, year: int) -> Numbers:
        rows = ("licensing", "penalties", "coercion", *(("other_services",) if form == "2019" else ()))
        numbers: Numbers = {f"t2.{row}.decisions": self._decided(row, year) for row in rows}
        paid = "t2.fees.amount" if form == "2021" else "t2.procurement.amount"
        numbers[paid] = draw_money(self.profile, self._dice("money", year))
        return numbers

    def _decided(self, row: str, year: int) -> int:
        """About as many as ever. Those of licensing are even and odd in turn: no two years are the same."""
        usual = self._dice("usual", row).randint(0, DECISIONS[self.profile])
        if row == "licensing":
            return 2 * (_about(usual, self._dice("decided", row, year)) // 2) + year % 2
        return _about(usual, self._dice("decided", row, year)) if usual % 5 else 0

    # --- table 3 ---

    def _applications(self, form: str, year: int) -> Numbers:
        results = result_rows(form, single_other=False)
        numbers: Numbers = {}
        for column in PEOPLE:
            received, carried_out = self._flow(column, year)
            carried_in = self._flow(column, year - 1).carried_out
            handled = received + carried_in - carried_out
            parts = share_out(handled, len(results), self._dice("results", form, column))
            rows = dict(zip(results, parts, strict=True)) | {
                "received": received,
                "carried_in": carried_in,
                "handled": handled,
                "carried_out": carried_out,
            }
            numbers |= {f"t3.{row}.{column}": value for row, value in rows.items()}
        for row in ("received", "carried_in", *results, "handled", "carried_out"):
            numbers[f"t3.{row}.total"] = sum(numbers[f"t3.{row}.{column}"] for column in PEOPLE)
        return numbers

    def _flow(self, column: str, year: int) -> Flow:
        most = APPLICATIONS[self.profile][column != "natural_person"]
        usual = self._dice("usual", column).randint(most // 6, most)
        dice = self._dice("flow", column, year)
        received = _about(usual, dice)
        return Flow(received, dice.randint(0, received // 5) if dice.random() < 0.7 else 0)

    # --- table 4 ---

    def _cases(self, year: int) -> Numbers:
        """What was pending is decided in the year after, or pending still."""
        numbers: Numbers = {}
        for case in CASES:
            waiting, dice = self._pending(case, year - 1), self._dice("cases", case, year)
            upheld, corrected, other = (dice.randint(0, self._most_cases(case)) for _ in range(3))
            parts = (upheld + waiting, corrected, other, self._pending(case, year))
            values = zip(OUTCOMES, (*parts, sum(parts)), strict=True)
            numbers |= {f"t4.{case}.{outcome}": value for outcome, value in values}
        return numbers

    def _pending(self, case: str, year: int) -> int:
        return self._dice("pending", case, year).randint(0, self._most_cases(case))

    def _most_cases(self, case: str) -> int:
        """Far fewer than there are applications."""
        most = -(-CASELOAD[self.profile] // 16)
        return self._dice("most", case).randint(0, most)


def _about(usual: int, dice: Random) -> int:
    """Within a third of what is usual."""
    return dice.randint(usual - usual // 3, usual + usual // 3)
