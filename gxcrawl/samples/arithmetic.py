"""The identities of the form, worked out here on our own: the truth must not lean on the checks it tests."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from random import Random
from typing import Literal, NamedTuple

from .form import CASES, COLUMNS, OUTCOMES, PEOPLE, applicant_rows, result_rows
from .model import Planted, Value
from .numbers import Numbers


class Identity(NamedTuple):
    """The sum of the left cells is the sum of the right ones."""

    check: Literal["T3-ROW", "T3-COL", "T3-BAL", "T4-SUM"]
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def cells(self) -> frozenset[str]:
        return frozenset(self.left + self.right)


def identities(form: str, single_other: bool) -> Iterator[Identity]:
    for row in applicant_rows(form, single_other):
        yield Identity("T3-ROW", tuple(f"t3.{row}.{column}" for column in PEOPLE), (f"t3.{row}.total",))
    for column in COLUMNS:
        parts = tuple(f"t3.{row}.{column}" for row in result_rows(form, single_other))
        yield Identity("T3-COL", parts, (f"t3.handled.{column}",))
        came = (f"t3.received.{column}", f"t3.carried_in.{column}")
        yield Identity("T3-BAL", came, (f"t3.handled.{column}", f"t3.carried_out.{column}"))
    for case in CASES:
        names = tuple(f"t4.{case}.{outcome}" for outcome in OUTCOMES)
        yield Identity("T4-SUM", names[:-1], names[-1:])


def broken(form: str, cells: Mapping[str, Value]) -> tuple[Planted, ...]:
    """Every identity whose cells are all printed and that fails."""
    single_other = "t3.other.total" in cells
    return tuple(
        Planted(identity.check, identity.cells)
        for identity in identities(form, single_other)
        if fails(identity, cells)
    )


def fails(identity: Identity, cells: Mapping[str, Value]) -> bool:
    left = [cells[name] for name in identity.left]
    right = [cells[name] for name in identity.right]
    known = [value for value in left + right if value is not None]
    if len(known) < len(left) + len(right):
        return False
    return sum(known[: len(left)]) != sum(known[len(left) :])


def plant_errors(numbers: Numbers, form: str, rng: Random) -> Numbers:
    """Change a few cells the way clerks get them wrong."""
    spoiled = dict(numbers)
    rows = ["t3." + row for row in applicant_rows(form, "t3.other.total" in numbers)]
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        kind = rng.randrange(5)
        if kind == 0:  # the line 总计 left at zero
            spoiled |= {f"t3.handled.{column}": 0 for column in COLUMNS}
        elif kind == 1:  # one cell off by a little
            name = f"{rng.choice(rows)}.{rng.choice(COLUMNS)}"
            spoiled[name] = max(0, int(spoiled[name]) + rng.choice([-1, 1, 2, 10]))
        elif kind == 2:  # a total that forgot a part
            name = f"t4.{rng.choice(CASES)}.total"
            spoiled[name] = rng.choice([0, int(spoiled[name]) + 1])
        elif kind == 3:  # two columns exchanged in one row
            row, (one, two) = rng.choice(rows), rng.sample(COLUMNS, 2)
            spoiled[f"{row}.{one}"], spoiled[f"{row}.{two}"] = (
                spoiled[f"{row}.{two}"],
                spoiled[f"{row}.{one}"],
            )
        else:  # a case written into the wrong line
            name = f"t3.carried_out.{rng.choice(COLUMNS)}"
            spoiled[name] = int(spoiled[name]) + rng.randint(1, 5)
    return spoiled


def glued_readings(digits: str, count: int, limit: int = 2) -> int:
    """In how many ways glued digits part into `count` numbers whose last is the sum of the others."""
    found = 0

    def part(start: int, left: int, total: int) -> None:
        nonlocal found
        if found >= limit:
            return
        if left == 1:
            found += digits[start:] == str(total)
            return
        last = start + 1 if digits[start : start + 1] == "0" else len(digits) - left + 1
        for end in range(start + 1, last + 1):
            part(end, left - 1, total + int(digits[start:end]))

    if len(digits) >= count:
        part(0, count, 0)
    return found


def glued_chain_is_unique(digits: str, blocks: int, count: int) -> bool:
    """Whether glued digits part in one way only into `blocks` runs of `count` numbers with their sum."""
    ways = {0: 1}
    for _ in range(blocks):
        reached: dict[int, int] = {}
        for start, so_far in ways.items():
            for end in range(start + count, len(digits) + 1):
                more = so_far * glued_readings(digits[start:end], count)
                if more:
                    reached[end] = reached.get(end, 0) + more
        ways = reached
    return ways.get(len(digits), 0) == 1


def lost_column_survivors(
    cells: Mapping[str, Value], rows: Collection[str], lost: int
) -> list[dict[str, int]]:
    """All readings of a table whose `rows` print six values: one column, the same in all, is gone."""
    form = "2021" if "t3.other.rest.total" in cells else "2019"
    survivors = []
    for guess in range(len(COLUMNS)):
        reading = {name: int(value or 0) for name, value in cells.items() if name.startswith("t3.")}
        for row in rows:
            printed = [int(cells[f"t3.{row}.{column}"] or 0) for column in COLUMNS]
            del printed[lost]
            missing = sum(printed) if guess == len(PEOPLE) else printed[-1] - sum(printed[:-1])
            printed.insert(guess, missing)
            reading |= {f"t3.{row}.{column}": value for column, value in zip(COLUMNS, printed, strict=True)}
        fitting = (rule for rule in identities(form, "t3.other.total" in cells) if rule.check != "T4-SUM")
        if min(reading.values()) >= 0 and not any(fails(rule, reading) for rule in fitting):
            survivors.append(reading)
    return survivors
