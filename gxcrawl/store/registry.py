"""The registry as it stands: every organ with its names, and whom a candidate may be."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from gxcrawl.registry.names import Outline, alike, outline
from gxcrawl.registry.table import SEPARATORS, Entry

_ORGANS = """
SELECT key, name, kind, level, superior, code, core, portal, status, valid_from, valid_to, source,
  (SELECT count(DISTINCT year) FROM reports WHERE organ_key = organs.key AND current = 1)
FROM organs WHERE :area = '' OR lies_in(code, :area) ORDER BY code, status DESC, key
"""
_NAMES = """
SELECT organ, organ_names.code, organ_names.name FROM organ_names JOIN organs ON organs.key = organ
WHERE (organ_names.code, organ_names.core) <> (organs.code, organs.core) ORDER BY organ, organ_names.core
"""


class Alias(NamedTuple):
    area: str
    name: str


class Organ(NamedTuple):
    key: str
    name: str
    kind: str
    level: str
    superior: str | None
    code: str
    core: str
    portal: str | None
    status: str
    valid_from: str | None
    valid_to: str | None
    source: str
    years: int  # for which it has reports
    aliases: tuple[Alias, ...] = ()


class Likely(NamedTuple):
    """Whom a candidate may be, for a person to decide."""

    key: str
    name: str
    why: str


def organs(connection: sqlite3.Connection, area: str = "") -> list[Organ]:
    """In one area or everywhere, registered ones before candidates."""
    aliases: defaultdict[str, list[Alias]] = defaultdict(list)
    for key, *alias in connection.execute(_NAMES):
        aliases[key].append(Alias(*alias))
    rows = connection.execute(_ORGANS, {"area": area})
    return [Organ._make((*row, tuple(aliases.get(row[0], ())))) for row in rows]


def likely_matches(found: Sequence[Organ]) -> Mapping[str, Likely]:
    """For each candidate the organ of its area that is most like it: registered ones first."""
    areas: defaultdict[str, list[tuple[Organ, Outline]]] = defaultdict(list)
    for organ in found:
        areas[organ.code].append((organ, outline(organ.core)))
    candidates = (one for area in areas.values() for one in area if one[0].status == "candidate")
    matches = {}
    for organ, own in candidates:
        others = (one for one in areas[organ.code] if one[0].key != organ.key and alike(own, one[1]))
        best = max(others, key=lambda other: _likeness(own, other), default=None)
        if best:
            matches[organ.key] = Likely(best[0].key, best[0].name, _why(organ.core, best[0].core))
    return matches


def _likeness(own: Outline, other: tuple[Organ, Outline]) -> tuple[bool, float]:
    organ, theirs = other
    letters = own.letters.total() + theirs.letters.total()
    return organ.status == "registered", (own.letters & theirs.letters).total() / max(1, letters)


def _why(core: str, other: str) -> str:
    if core in other or other in core:
        return f"{min(core, other, key=len)} is part of {max(core, other, key=len)}"
    return f"{round(100 * SequenceMatcher(None, core, other, autojunk=False).ratio())} % alike"


def entries(found: Iterable[Organ]) -> Iterator[Entry]:
    """As rows of the table that `organ import` takes."""
    for organ in found:
        yield Entry(
            line=0,
            key=organ.key,
            name=organ.name,
            aliases=tuple(alias.name for alias in organ.aliases if _can_be_told(alias, organ.code)),
            kind=organ.kind,
            level=organ.level,
            superior=organ.superior or "",
            code=organ.code if organ.code != organ.portal else "",
            valid_from=organ.valid_from or "",
            valid_to=organ.valid_to or "",
            portal=organ.portal or "",
        )


def _can_be_told(alias: Alias, area: str) -> bool:
    """A row has one area, and one mark between names. Names that are left out stay in the database."""
    return alias.area == area and not set(SEPARATORS) & set(alias.name)
