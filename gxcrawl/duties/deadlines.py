"""By when an organ must publish its report, and on whose word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
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
    """A file of deadlines that cannot be used: a line for each fault, with its entry and what to correct."""


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
    faults = [
        f"{path}: entry {place}: {fault}"
        for place, entry in enumerate(entries, 1)
        for fault in _faults(entry)
    ]
    if faults:
        raise DeadlinesError("\n".join(faults))
    return tuple(Rule(**entry | {"kinds": tuple(entry.get("kinds", ()))}) for entry in entries)


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


_CALLED: Mapping[type, str] = {
    str: "a text in quotes",
    int: "a whole number",
    list: "a list of texts in quotes",
    bool: "true or false",
}


def _faults(entry: Any) -> Iterator[str]:
    """Everything that is wrong with an entry, in sentences that say what to correct."""
    if not isinstance(entry, dict):
        yield "begin it with [[deadline]]"
        return
    for key in entry:
        if key not in _TYPES:
            yield f"there is no key {key!r}; the keys are {', '.join(_TYPES)}"
        elif type(entry[key]) is not _TYPES[key]:
            yield f"{key} must be {_CALLED[_TYPES[key]]}; correct it"
    for key in ("id", "text", "first_year"):
        if entry.get(key, "") == "":
            yield f"the key {key} is missing; add it"
    fitting = {key: value for key, value in entry.items() if type(value) is _TYPES.get(key)}
    yield from _faults_of_values(fitting)


def _faults_of_values(entry: Mapping[str, Any]) -> Iterator[str]:
    """Of values that have the right type."""
    area, first, last = entry.get("area", ""), entry.get("first_year", 0), entry.get("last_year", 0)
    if not re.fullmatch("[0-9]*", area):
        yield f"area must be the beginning of division codes, such as 2301, not {area!r}"
    for kind in entry.get("kinds", ()):
        if kind not in KINDS:
            yield f"no kind of organ is called {kind!r}; use {', '.join(KINDS)}"
    if last and last < first:
        yield f"last_year {last} is before first_year {first}; correct one of them"
    due = entry.get("due", "")
    if not _is_day(due) and (due or not entry.get("exempt")):
        yield f"due must be a month and a day such as 01-31, not {due!r}"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(f"2001-{text}")  # not every year has a 29 February
    except ValueError:
        return False
    return re.fullmatch("[0-9]{2}-[0-9]{2}", text) is not None
