"""Print the numbers of a report the way hands and word processors do, and keep what each print is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from .form import PEOPLE
from .labels import BLANKS
from .model import Layout, Printed
from .numbers import Numbers

WIDE = str.maketrans("0123456789.+-,", "０１２３４５６７８９．＋－，")
CHINESE = "零一二三四五六七八九"
PLACEHOLDERS = ("/", "-", "—", "无", "——", "\\")
JUNK = ("若干", "见附件", "3.5", "-2", "统计中")


@dataclass(frozen=True, slots=True)
class Dirt:
    """How often each kind of dirt strikes a cell of this document."""

    wide: float = 0.0
    thousands: bool = False
    blanks: float = 0.0
    chinese: float = 0.0
    unit: float = 0.0
    note: float = 0.0
    empty: float = 0.0
    placeholder: float = 0.0
    junk: float = 0.0
    fee_unit: str = ""
    empty_columns: tuple[str, ...] = ()
    empty_table: str = ""


def draw_dirt(layout: Layout, rng: Random, *, clean: bool) -> Dirt:
    """Each kind is drawn by itself; a layout that cannot carry one does not get it."""

    def draw(chance: float, share: float) -> float:
        return share if rng.random() < chance else 0.0

    wide, blanks = draw(0.12, rng.choice([0.1, 1.0])), draw(0.15, 0.15)
    thousands, chinese = rng.random() < 0.15, draw(0.04, 0.2)
    unit, note, junk = draw(0.06, 0.2), draw(0.2, 0.5), draw(0.06, 0.02)
    empty, placeholder = draw(0.06 if layout.vanishing else 0.25, 0.04), draw(0.15, rng.choice([0.05, 0.5]))
    fee_unit = rng.choice(["元", "万元", "", "", "", ""])
    columns = rng.choice([PEOPLE[1:], PEOPLE[1:], ("total",), PEOPLE]) if rng.random() < 0.08 else ()
    table = rng.choice(["t2", "t3", "t4"]) if rng.random() < 0.06 else ""
    if layout.exact:
        return Dirt()
    if layout.vanishing or not layout.spaced:
        chinese = unit = note = junk = 0.0
        columns = () if rng.random() < 0.7 else columns
    if not layout.spaced:
        blanks = 0.0
    if clean:
        junk, columns, table = 0.0, (), ""
        placeholder = min(placeholder, 0.05)
    return Dirt(
        wide, thousands, blanks, chinese, unit, note, empty, placeholder, junk, fee_unit, columns, table
    )


def print_cells(
    numbers: Numbers, form: str, dirt: Dirt, whole: frozenset[str], rng: Random
) -> dict[str, Printed]:
    """`whole` are the cells of broken identities: they stay numbers, so that the error can be seen."""
    return {name: print_cell(name, value, form, dirt, name in whole, rng) for name, value in numbers.items()}


def print_cell(name: str, value: int | Decimal, form: str, dirt: Dirt, whole: bool, rng: Random) -> Printed:
    table, *_, column = name.split(".")
    if not whole:
        if dirt.empty_table == table or (table == "t3" and column in dirt.empty_columns):
            return Printed("", None, "blank")
        if rng.random() < dirt.empty:
            return Printed("", None, "blank")
        if rng.random() < dirt.placeholder and (value == 0 or rng.random() < 0.05):
            return Printed(rng.choice(PLACEHOLDERS), None, "placeholder")
        if rng.random() < dirt.junk and table != "t2":
            return Printed(rng.choice(JUNK), None, "invalid")
    if column == "amount":
        return print_money(value, form, dirt, rng)
    return Printed(soil(print_count(name, int(value), dirt, rng), dirt, rng), value)


def print_count(name: str, value: int, dirt: Dirt, rng: Random) -> str:
    if name.endswith("items_change"):
        return f"{value:+d}" if value and rng.random() < 0.6 else str(value)
    if value < 10 and rng.random() < dirt.chinese:
        return CHINESE[value]
    text = f"{value:,}" if dirt.thousands else str(value)
    if rng.random() < dirt.unit and not name.startswith("t4."):
        return text + "件"
    if "normative" in name and value > 4 and rng.random() < dirt.note:
        return f"{text}（其中修订{rng.randint(1, value)}件）"
    return text


def print_money(value: int | Decimal, form: str, dirt: Dirt, rng: Random) -> Printed:
    """A fee is worth its 万元 whatever unit is printed; the amount of 2019 keeps the number as printed."""
    amount = Decimal(value)
    if not dirt.fee_unit or amount == 0:
        places = rng.choice(["0.00", "0.0000", "0", "0", "0"])
        text = places if amount == 0 else (f"{amount:,}" if dirt.thousands else str(amount))
        return Printed(soil(text, dirt, rng), Decimal(text.replace(",", "")))
    if dirt.fee_unit == "万元":
        return Printed(soil(f"{amount}万元", dirt, rng), amount)
    yuan = (amount * 10_000).quantize(Decimal("0.01")) if rng.random() < 0.6 else amount * 10_000
    text = f"{yuan:f}".rstrip(".") if yuan != yuan.to_integral_value() else f"{yuan.to_integral_value():f}"
    if rng.random() < 0.5:
        text = f"{yuan.quantize(Decimal('0.01')):f}"
    worth = Decimal(text) / 10_000 if form == "2021" else Decimal(text)
    return Printed(soil(text + "元", dirt, rng), worth)


def soil(text: str, dirt: Dirt, rng: Random) -> str:
    if rng.random() < dirt.wide:
        text = text.translate(WIDE)
    if rng.random() < dirt.blanks:
        blank = rng.choice(BLANKS)
        text = rng.choice([text + blank, blank + text, blank + text + blank])
    return text


def worth(printed: Mapping[str, Printed]) -> dict[str, int | Decimal | None]:
    return {name: cell.value for name, cell in printed.items()}
