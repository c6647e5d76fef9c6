"""Draw the numbers of an invented organ so that every identity of the form holds."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from .form import BLOCKS, CASES, COLUMNS, GROUPS, OUTCOMES, PEOPLE, result_rows

Numbers = dict[str, int | Decimal]
PROFILES = ("idle", "quiet", "busy", "swamped")
WEIGHTS = (28, 27, 30, 15)
# The most applications per kind of applicant: natural persons, then every other column.
APPLICATIONS = {"idle": (0, 0), "quiet": (9, 2), "busy": (420, 60), "swamped": (6800, 700)}
CASELOAD = {"idle": 0, "quiet": 2, "busy": 40, "swamped": 1300}
DECISIONS = {"idle": 3, "quiet": 60, "busy": 1800, "swamped": 90000}


def draw_numbers(form: str, rng: Random) -> Numbers:
    profile = rng.choices(PROFILES, WEIGHTS)[0]
    numbers = draw_activity(form, profile, rng)
    numbers.update(draw_applications(form, profile, rng))
    numbers.update(draw_cases(profile, rng))
    return numbers


def draw_applications(form: str, profile: str, rng: Random) -> Numbers:
    results = result_rows(form, single_other=False)
    numbers: Numbers = {}
    for column in PEOPLE:
        most = APPLICATIONS[profile][column != "natural_person"]
        received = rng.randint(most // 6, most)
        carried_in = rng.randint(0, max(most // 12, most > 0)) if rng.random() < 0.7 else 0
        carried_out = rng.randint(0, (received + carried_in) // 5) if rng.random() < 0.7 else 0
        handled = received + carried_in - carried_out
        parts = share_out(handled, len(results), rng)
        rows = dict(zip(results, parts, strict=True))
        rows |= {
            "received": received,
            "carried_in": carried_in,
            "handled": handled,
            "carried_out": carried_out,
        }
        numbers.update({f"t3.{row}.{column}": value for row, value in rows.items()})
    for row in ("received", "carried_in", *results, "handled", "carried_out"):
        numbers[f"t3.{row}.total"] = sum(numbers[f"t3.{row}.{column}"] for column in PEOPLE)
    return numbers


def share_out(amount: int, places: int, rng: Random) -> list[int]:
    """Part an amount unevenly: 予以公开 takes most, some places stay at zero."""
    weights = [rng.random() ** 3 if rng.random() < 0.75 else 0.0 for _ in range(places)]
    weights[0] += 1.5
    parts = [int(amount * weight / sum(weights)) for weight in weights]
    parts[rng.choice([0, 0, rng.randrange(places)])] += amount - sum(parts)
    return parts


def draw_cases(profile: str, rng: Random) -> Numbers:
    numbers: Numbers = {}
    for case in CASES:
        most = CASELOAD[profile] if rng.random() < 0.75 else 0
        parts = [rng.randint(0, most) if rng.random() < 0.8 else 0 for _ in OUTCOMES[:-1]]
        values = (*parts, sum(parts))
        numbers.update({f"t4.{case}.{name}": value for name, value in zip(OUTCOMES, values, strict=True)})
    return numbers


def draw_activity(form: str, profile: str, rng: Random) -> Numbers:
    """Table 2. Its cells bind each other only loosely: a stock is not below its yearly growth."""
    numbers: Numbers = {}
    for _, columns, rows in BLOCKS[form]:
        for row in rows:
            for column in columns:
                numbers[f"t2.{row}.{column}"] = draw_count(column, profile, rng)
    for row in ("rules", "normative"):
        flow, stock = ("issued", "in_force") if form == "2021" else ("made", "public_total")
        low = row == "rules" and profile != "swamped"
        values = [0 if low else numbers[f"t2.{row}.{name}"] for name in (flow, stock)]
        numbers[f"t2.{row}.{flow}"] = values[0]
        numbers[f"t2.{row}.{stock}"] = sum(values)
        if low:
            numbers[f"t2.{row}.{'repealed' if form == '2021' else 'published'}"] = 0
    if form == "2021":
        numbers["t2.fees.amount"] = draw_money(profile, rng)
    else:
        numbers["t2.procurement.amount"] = draw_money(profile, rng)
    return numbers


def draw_count(column: str, profile: str, rng: Random) -> int:
    most = DECISIONS[profile]
    if column == "decisions":
        return rng.randint(0, most) if rng.random() < 0.8 else 0
    few = {"idle": 0, "quiet": 6, "busy": 40, "swamped": 400}[profile]
    if column == "items_change":
        return rng.randint(-few, few)
    return rng.randint(0, few)


def draw_money(profile: str, rng: Random) -> Decimal:
    """万元 with up to four places, as a printed number: no trailing zeros are invented."""
    if profile == "idle" or rng.random() < 0.3:
        return Decimal(0)
    most = {"quiet": 90_000, "busy": 9_000_000, "swamped": 90_000_000}[profile]
    places = rng.choice([0, 1, 2, 4, 4, 4])
    return Decimal(rng.randint(1, most) // 10 ** (4 - places)).scaleb(-places)


def merge_other(numbers: Numbers) -> Numbers:
    """The 2021 form with the single row （六）其他处理 of the form before it."""
    parts = {f"t3.other.{item}.{column}" for item in GROUPS["other"] for column in COLUMNS}
    merged = {name: value for name, value in numbers.items() if name not in parts}
    for column in COLUMNS:
        merged[f"t3.other.{column}"] = sum(numbers[f"t3.other.{item}.{column}"] for item in GROUPS["other"])
    return merged
