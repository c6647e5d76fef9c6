"""The heading of a table with explicit columns: which column of the form stands where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gxcrawl.forms import Block
from gxcrawl.model import GridCell
from gxcrawl.tables.labels import LabelIndex
from gxcrawl.tables.writing import fold

_UNIT = re.compile(r"单位[:：]?([^,，;；)）]{1,4})|\((元|万元|亿元)\)")


class Head(NamedTuple):
    positions: Mapping[str, tuple[int, ...]]  # column of the form -> columns of the grid
    first: int  # the leftmost of them
    units: Mapping[str, str]
    order: tuple[str, ...]  # the columns from the left
    covered: frozenset[int]  # the grid's columns under them
    beside: frozenset[int]  # columns with a heading of their own before the first, such as 代码
    printed: Mapping[str, str]  # column -> its heading as printed
    unknown: tuple[GridCell, ...] = ()  # headings over the numbers that no column of the form has


def read_head(
    rows: Sequence[Sequence[GridCell | None]], block: Block, index: LabelIndex, keys: Mapping[str, str]
) -> Head | None:
    """The head that the rows above the numbers make, or None when they are no head for this block."""
    width = max((len(row) for row in rows), default=0)
    found: dict[str, list[int]] = {}
    units: dict[str, str] = {}
    printed: dict[str, str] = {}
    unknown: dict[int, GridCell] = {}
    for position in range(width):
        parts = _parts(rows, position)
        if not parts:
            continue
        column, used = _column(parts, index, keys)
        if column is None:
            unknown[position] = parts[-1]
            continue
        found.setdefault(column, []).append(position)
        printed.setdefault(column, "".join(part.text for part in used))
        unit = printed_unit(used)
        if unit:
            units[column] = unit
    return _checked(found, unknown, units, printed, block)


def _checked(
    found: dict[str, list[int]],
    unknown: dict[int, GridCell],
    units: dict[str, str],
    printed: dict[str, str],
    block: Block,
) -> Head | None:
    # One heading over columns that are apart is two headings: neither is believed.
    found = {column: places for column, places in found.items() if places[-1] - places[0] == len(places) - 1}
    wanted = [column.id for column in block.columns]
    if len(found) < max(1, (len(wanted) + 1) // 2):
        return None
    missing = [column for column in wanted if column not in found]
    filled = _fill(found, missing, wanted) if missing else {}
    positions = {column: tuple(places) for column, places in (found | filled).items()}
    first = min(places[0] for places in positions.values())
    beyond = tuple(
        cell for place, cell in unknown.items() if place > first and (place,) not in filled.values()
    )
    order = tuple(sorted(positions, key=lambda column: positions[column]))
    beside = frozenset(place for place, cell in unknown.items() if 0 < place < first and cell.column == place)
    covered = frozenset(place for places in positions.values() for place in places)
    return Head(positions, first, units, order, covered, beside, printed, beyond)


def _fill(found: dict[str, list[int]], missing: list[str], wanted: list[str]) -> dict[str, tuple[int, ...]]:
    """Columns with an unreadable heading, where the others leave exactly one place for each."""
    if len(missing) > 2 or sorted(found, key=lambda column: found[column]) != [
        c for c in wanted if c in found
    ]:
        return {}
    filled: dict[str, tuple[int, ...]] = {}
    for column in missing:
        place = wanted.index(column)
        before, after = (
            wanted[place - 1] if place else None,
            wanted[place + 1] if place + 1 < len(wanted) else None,
        )
        if before is None or after is None or before not in found or after not in found:
            return {}
        between = range(found[before][-1] + 1, found[after][0])
        if len(between) != 1:
            return {}
        filled[column] = (between[0],)
    return filled


def _parts(rows: Sequence[Sequence[GridCell | None]], position: int) -> list[GridCell]:
    """The different cells above a column, from the top."""
    parts: list[GridCell] = []
    for row in rows:
        cell = row[position] if position < len(row) else None
        if cell is not None and cell.text and not any(cell is part for part in parts):
            parts.append(cell)
    return parts


def _column(
    parts: list[GridCell], index: LabelIndex, keys: Mapping[str, str]
) -> tuple[str | None, list[GridCell]]:
    """The column that the lower parts of a head spell, the longest spelling first."""
    spelled = [keys[part.text] for part in parts]
    for start in range(len(spelled)):
        column = index.exact("".join(spelled[start:]))
        if column is not None:
            return column or None, parts[start:]
    for start in (len(parts) - 1, len(parts) - 2):
        match = index.match("".join(part.text for part in parts[start:])) if start >= 0 else None
        if match is not None and match.id:
            return match.id, parts[start:]
    return None, []


def printed_unit(parts: list[GridCell]) -> str:
    for part in parts:
        if "(" in part.text or "（" in part.text:
            found = _UNIT.search(fold(part.text))
            if found:
                return found.group(1) or found.group(2)
    return ""
