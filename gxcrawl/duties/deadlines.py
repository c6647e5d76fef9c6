"""By when an organ must publish its report, and on whose word."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gxcrawl.duties.model import Deadline

SHIPPED = Path(__file__).with_name("deadlines.toml")
LOCAL = "deadlines.toml"  # the user's own, beside the database
KINDS = (
    "government",
    "department",
    "town",
    "township",
    "subdistrict",
    "area_committee",
    "vertical",
    "other",
)


class DeadlinesError(ValueError):
    """A file of deadlines that cannot be used; the text says which entry and what to correct."""


class Rule(NamedTuple):
    """One entry of deadlines.toml."""

    id: str
    text: str
    first_year: int
    last_year: int = 0
    area: str = ""
    kinds: tuple[str, ...] = ()
    due: str = ""
    statutory: bool = False
    source: str = ""
    exempt: str = ""

    def fits(self, kind: str, code: str, year: int) -> bool:
        in_years = self.first_year <= year <= (self.last_year or year)
        return in_years and code.startswith(self.area) and (not self.kinds or kind in self.kinds)


def deadline(rules: Sequence[Rule], kind: str, code: str, year: int) -> Deadline:
    """The deadline by the first rule that fits. Before there was a regulation nothing is owed."""
    for rule in rules:
        if rule.fits(kind, code, year):
            due = date.fromisoformat(f"{year + 1}-{rule.due or '12-31'}")
            return Deadline(due, rule.id, rule.statutory, rule.exempt, rule.text)
    return Deadline(date(year + 1, 12, 31), "none", False, "当时没有年度报告的规定")


@cache
def shipped_rules() -> tuple[Rule, ...]:
    return read_rules(SHIPPED)


def local_rules(database: Path, given: Path | None = None) -> tuple[Rule, ...]:
    """Deadlines of the user's own: in the given file, or beside the database; none where neither is."""
    beside = database.with_name(LOCAL)
    path = given or (beside if beside.is_file() else None)
    return read_rules(path) if path else ()


def read_rules(path: Path) -> tuple[Rule, ...]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DeadlinesError(f"{path}: cannot be read ({error}); correct it") from error
    entries = content.get("deadline", [])
    if not isinstance(entries, list) or set(content) - {"deadline"}:
        raise DeadlinesError(f"{path}: it must hold [[deadline]] entries and nothing else; correct it")
    return tuple(_rule(entry, f"{path}: entry {place}") for place, entry in enumerate(entries, 1))


_TYPES: Mapping[str, type] = {
    "id": str,
    "text": str,
    "first_year": int,
    "last_year": int,
    "area": str,
    "kinds": list,
    "due": str,
    "statutory": bool,
    "source": str,
    "exempt": str,
}


def _rule(entry: Any, place: str) -> Rule:
    if not isinstance(entry, dict):
        raise DeadlinesError(f"{place}: begin it with [[deadline]]")
    for key, value in entry.items():
        if key not in _TYPES:
            raise DeadlinesError(f"{place}: there is no key {key!r}; the keys are {', '.join(_TYPES)}")
        if type(value) is not _TYPES[key]:
            raise DeadlinesError(f"{place}: {key} must be a value of type {_TYPES[key].__name__}; correct it")
    if missing := [key for key in ("id", "text", "first_year") if key not in entry]:
        raise DeadlinesError(f"{place}: the key {missing[0]} is missing; add it")
    if unknown := [kind for kind in entry.get("kinds", ()) if kind not in KINDS]:
        raise DeadlinesError(f"{place}: no kind of organ is called {unknown[0]!r}; use {', '.join(KINDS)}")
    if not entry.get("exempt"):
        _check_day(entry.get("due", ""), place)
    return Rule(**entry | {"kinds": tuple(entry.get("kinds", ()))})


def _check_day(due: str, place: str) -> None:
    try:
        date.fromisoformat(f"2001-{due}")  # not every year has a 29 February
    except ValueError:
        raise DeadlinesError(f"{place}: due must be a month and a day such as 01-31, not {due!r}") from None
