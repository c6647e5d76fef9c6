"""A table of an entry, read key by key: each value is what its key wants, or a fault is noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

from gxcrawl.portals.faults import Source, nearest
from gxcrawl.portals.lines import Where
from gxcrawl.portals.model import Option

KINDS: Mapping[type, str] = {
    str: "a text in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    tuple: "a list of texts in quotes",
}

LARGEST = 2**63 - 1  # what SQLite can keep


class Table:
    def __init__(self, source: Source, where: Where, data: Mapping[str, object]) -> None:
        self.source = source
        self.where = where
        self.data = data

    def fault(self, key: str, sentence: str) -> None:
        """A fault in one key; "" is the table as a whole."""
        self.fault_at((key,) if key else (), sentence)

    def fault_at(self, within: Where, sentence: str) -> None:
        self.source.fault((*self.where, *within), sentence)

    def require(self, *keys: str) -> None:
        for key in keys:
            if key not in self.data:
                self.fault("", f"the key {key} is missing; add it.")

    def know(self, keys: Sequence[str], what: str) -> None:
        for key in self.data:
            if key not in keys:
                self.fault(key, f"{what} has no key {key!r}; {nearest(key, keys)}")

    def value(self, key: str, kind: type) -> Option | None:
        """None: it is absent or of another kind, and in the second case that was noted."""
        if key not in self.data:
            return None
        value = converted(self.data[key], kind)
        if value is None:
            self.fault(key, f"{key} must be {KINDS[kind]}, but it is {_shown(self.data[key])}; correct it.")
        return value

    def text(self, key: str, default: str = "") -> str:
        value = self.value(key, str)
        return value if isinstance(value, str) else default

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.value(key, tuple)
        return value if isinstance(value, tuple) else ()

    def flag(self, key: str) -> bool:
        return self.value(key, bool) is True

    def whole(self, key: str, default: int, *, least: int) -> int:
        value = self.value(key, int)
        if not isinstance(value, int):
            return default
        if value < least:
            self.fault(key, f"{key} must be {least} or more, but it is {value}; correct it.")
        return value

    def number(self, key: str, default: float, *, above_zero: bool) -> float:
        value = self.value(key, float)
        if not isinstance(value, float):
            return default
        if not isfinite(value) or value < 0 or (above_zero and value == 0):
            least = "more than 0" if above_zero else "0 or more"
            self.fault(key, f"{key} must be {least} seconds, but it is {value:g}; correct it.")
        return value

    def table(self, key: str) -> Table | None:
        data = self.data.get(key)
        if isinstance(data, dict):
            return Table(self.source, (*self.where, key), data)
        if data is not None:
            self.fault(key, f"{key} must be a table; begin it with [portal.{key}].")
        return None

    def tables(self, key: str) -> list[Table]:
        data = self.data.get(key, [])
        if isinstance(data, list) and all(isinstance(item, dict) for item in data):
            return [Table(self.source, (*self.where, key, index), item) for index, item in enumerate(data)]
        self.fault(key, f"{key} must be tables; begin each of them with [[portal.{key}]].")
        return []


def converted(value: object, kind: type) -> Option | None:
    """The value as the kind that is wanted; None when it is another one. A truth value is no number."""
    if kind is tuple:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return None
        return tuple(value)
    if isinstance(value, bool):
        return value if kind is bool else None
    if kind is float and isinstance(value, int | float):
        return _as_float(value)
    if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
        return None
    return value if isinstance(value, str | int | float) and type(value) is kind else None


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    if isinstance(value, bool):
        return KINDS[bool]
    if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
        return "far too large a number"
    if isinstance(value, int | float):
        return f"the number {value}"
    return "a list" if isinstance(value, list) else "a table" if isinstance(value, dict) else "a date or time"
