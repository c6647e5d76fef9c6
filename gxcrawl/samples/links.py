"""What a report must take up from that of the year before, worked out here on our own as the sums are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Literal, NamedTuple

from .form import BLOCKS, COLUMNS
from .model import Planted, Value
from .numbers import Numbers


class Link(NamedTuple):
    """Cells of the year before and of this year, with their signs, add up to a cell of this year."""

    check: Literal["Y-CARRY", "Y-VALID", "T2-2019"]
    before: tuple[str, ...]
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    printed: str

    @property
    def cells(self) -> frozenset[str]:
        """Of this year."""
        return frozenset((*self.plus, *self.minus, self.printed))


def links(before: str, form: str) -> Iterator[Link]:
    """Between reports of two forms; where one of them is without a form there are none."""
    if not before or not form:
        return
    for column in COLUMNS:
        yield Link("Y-CARRY", (f"t3.carried_out.{column}",), (), (), f"t3.carried_in.{column}")
    if before == form == "2021":
        for row in ("rules", "normative"):
            stock = f"t2.{row}.in_force"
            yield Link("Y-VALID", (stock,), (f"t2.{row}.issued",), (f"t2.{row}.repealed",), stock)
    if before == form == "2019":
        rows = [row for _, columns, names in BLOCKS[form] for row in names if "items_before" in columns]
        for name in (f"t2.{row}.items_before" for row in rows):
            yield Link("T2-2019", (name, name.replace("before", "change")), (), (), name)


def broken_links(
    before: tuple[str, Mapping[str, Value]], now: tuple[str, Mapping[str, Value]]
) -> tuple[Planted, ...]:
    """Every link whose cells are all printed and that does not hold. A report is its form and its cells."""
    return tuple(
        Planted(link.check, link.cells)
        for link in links(before[0], now[0])
        if _fails(link, before[1], now[1])
    )


def _fails(link: Link, before: Mapping[str, Value], now: Mapping[str, Value]) -> bool:
    terms = [before[name] for name in link.before] + [now[name] for name in link.plus]
    terms += [None if (value := now[name]) is None else -value for name in link.minus]
    known, printed = [term for term in terms if term is not None], now[link.printed]
    return printed is not None and len(known) == len(terms) and sum(known) != printed


def unlink(numbers: Numbers, before: str, form: str, rng: Random) -> tuple[Numbers, frozenset[str]]:
    """Break one link and none of the sums; also the cells that were changed."""
    checks = sorted({link.check for link in links(before, form)})
    check, more = rng.choice(checks), rng.randint(1, 9)
    if check == "Y-CARRY":
        rows = ("t3.carried_in", "t3.granted", "t3.handled")
        names = [f"{row}.{column}" for row in rows for column in ("natural_person", "total")]
    else:
        names = ["t2.normative.issued" if check == "Y-VALID" else "t2.licensing.items_before"]
    return numbers | {name: numbers[name] + more for name in names}, frozenset(names)
