"""The order of the columns, where the words of a head are known but not the columns under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gxcrawl.forms import Block
from gxcrawl.model import GridCell
from gxcrawl.tables.head import printed_unit
from gxcrawl.tables.index import StripIndex
from gxcrawl.tables.labels import Entry, LabelIndex
from gxcrawl.tables.positions import heads_by_position
from gxcrawl.tables.strip import context_group
from gxcrawl.tables.writing import label_key

MAX_PIECES = 8  # a head of one character per line


class Order(NamedTuple):
    columns: tuple[str, ...]
    units: Mapping[str, str] = {}
    printed: Mapping[str, str] = {}  # column -> its heading as printed
    heads: tuple[GridCell, ...] = ()  # the cells that stand over the columns, where their position counts


class Found(NamedTuple):
    id: str
    cell: GridCell


def column_order(
    heads: Sequence[GridCell], block: Block, index: LabelIndex, *, by_position: bool
) -> Order | None:
    """The order that a head gives; None when there is no head, an empty order when it cannot be told."""
    wanted = tuple(column.id for column in block.columns)
    over = heads_by_position(heads, index) if by_position else []
    if len(over) == len(wanted) == len(dict(over)):
        columns, cells = zip(*over, strict=True)
        units = {name: unit for name, cell in over if (unit := printed_unit([cell]))}
        return Order(columns, units, {name: cell.text for name, cell in over}, cells)
    heads = single_words(heads, index)
    found = (_stacked(heads, index) if not by_position else []) or find_words(heads, index)
    seen = tuple(dict.fromkeys(item.id for item in found))
    if len(seen) < max(1, len(wanted) // 2):
        return None
    units = {item.id: unit for item in found if (unit := printed_unit([item.cell]))}
    printed = {item.id: item.cell.text for item in found}
    in_one_line = len({item.cell.line for item in found}) == 1
    if not in_one_line:
        seen = _under_group(seen, found, heads, block)
    if len(seen) == len(wanted):
        return Order(seen, units, printed)
    in_order = bool(seen) and seen == tuple(column for column in wanted if column in seen)
    return Order(wanted if in_order else (), units, printed)


def _stacked(heads: Sequence[GridCell], index: LabelIndex) -> list[Found]:
    """Heads whose words stand one below the other in the same field of two lines (商业 over 企业)."""
    below = {(cell.row, cell.column): cell for cell in heads}
    found: list[Found] = []
    joined = False
    for cell in heads:
        under = below.get((cell.row + 1, cell.column))
        alone = index.exact(label_key(cell.text))
        both = None
        if under is not None and alone is None and label_key(cell.text):
            both = index.exact(label_key(cell.text + under.text))
        joined = joined or bool(both)
        if both or alone:
            found.append(Found(both or alone or "", cell))
    return found if joined else []


def find_words(heads: Sequence[GridCell], index: LabelIndex) -> list[Found]:
    """The labels that consecutive cells of a head spell, the longest spelling first."""
    keys = [label_key(cell.text) for cell in heads]
    found: list[Found] = []
    start = 0
    while start < len(keys):
        for end in range(min(len(keys), start + MAX_PIECES), start, -1):
            entry = index.exact("".join(keys[start:end]))
            if entry is not None:
                found += [Found(entry, heads[start])] if entry else []
                start = end
                break
        else:
            start += 1
    return found


def single_words(heads: Sequence[GridCell], index: LabelIndex) -> list[GridCell]:
    """The cells of a head; one that holds several labels between blanks becomes a cell for each."""
    return [word for cell in heads for word in _words_of(cell, index)]


def _words_of(cell: GridCell, index: LabelIndex) -> list[GridCell]:
    words = cell.text.split()
    if sum(1 for word in words if index.exact(label_key(word)) is not None) < 2:
        return [cell]
    parts: list[GridCell] = []
    place = 0
    for word in words:
        place = cell.text.index(word, place)
        parts.append(cell._replace(text=word, start=cell.start + place, end=cell.start + place + len(word)))
        place += len(word)
    return parts


def _under_group(
    seen: tuple[str, ...], found: Sequence[Found], heads: Sequence[GridCell], block: Block
) -> tuple[str, ...]:
    """The order of a head in several lines: the columns of a group stand where the group's name stands.

    Where the group's name is not there, only the order of the form is believed.
    """
    children = {column.id for column in block.columns if column.group}
    names = LabelIndex(Entry("group", (column.group,)) for column in block.columns if column.group)
    group = next((place for place, cell in enumerate(heads) if names.match(cell.text) is not None), None)
    if not children or group is None:
        official = tuple(column.id for column in block.columns if column.id in seen)
        return seen if seen == official else ()
    lines = {item.cell.row for item in found if item.id in children}
    in_order = [column.id for column in block.columns if column.id in children and column.id in seen]
    if len(lines) > 1 and in_order != [column for column in seen if column in children]:
        return ()
    before = {(cell.row, cell.column, cell.start) for cell in heads[:group]}
    ahead = {
        item.id
        for item in found
        if item.id not in children and (item.cell.row, item.cell.column, item.cell.start) in before
    }
    return (
        *(column for column in seen if column in ahead),
        *(column for column in seen if column in children),
        *(column for column in seen if column not in ahead and column not in children),
    )


def strip_order(
    heads: Sequence[GridCell], printed: int, context: Sequence[str], strip: StripIndex
) -> tuple[str, ...] | None:
    """The columns of a row of cases from the words of its head; None when the words are no such head."""
    official = tuple(column.id for column in strip.block.columns)
    heads = single_words(heads, strip.outcomes)
    outcomes = [item.id for item in find_words(heads, strip.outcomes)]
    groups = list(dict.fromkeys(item.id for item in find_words(heads, strip.groups)))
    names = list(dict.fromkeys(column.split(".")[1] for column in official))
    if len(set(outcomes)) < 3:
        return None
    if not groups:
        named = context_group(context, strip)
        groups = [named] if named is not None and printed <= len(names) else []
    runs = [outcomes[start : start + len(names)] for start in range(0, len(outcomes), len(names))]
    run = runs[0] if len(set(runs[0])) == len(names) else names
    if any(other != run for other in runs if len(set(other)) == len(names)):
        return None
    if groups and len(groups) * len(names) == printed >= len(outcomes):
        return tuple(f"{group}.{outcome}" for group in groups for outcome in run)
    everything = list(dict.fromkeys(column.split(".")[0] for column in official))
    return tuple(f"{group}.{outcome}" for group in everything for outcome in run)
