"""The catalogue of checks: reads catalogue/*.toml, where every check is one entry."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, get_args

from gxcrawl.checks.prose import ARABIC, NUMBER, UNIT
from gxcrawl.model import Finding, Result, Severity

FOLDER = Path(__file__).parent / "catalogue"
Reads = Literal["tables", "text", "both", "any"]
# What an organ is asked: to mend what failed, to explain what is past mending, to verify what it alone knows.
Asks = Literal["mend", "explain", "verify"]

# What a check that one report cannot settle needs besides.
NEEDS: Mapping[str, str] = MappingProxyType(
    {
        "years": "需要该机关其他年度的报告",
        "peers": "需要其他机关的报告",
        "registry": "需要机关名录",
        "history": "需要抓取记录",
    }
)


class Outcome(NamedTuple):
    """What is said when a check ends in one particular way."""

    message: str
    severity: Severity
    result: Result = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One entry.

    kind alone: made on one report. needs and kind: made between reports, by a kind of across/. needs alone:
    made in a room of its own, or left out. alias alone: another name.
    """

    code: str
    title: str
    meaning: str
    example: str
    kind: str = ""
    needs: str = ""
    again: str = ""  # kind by which it is made anew, between reports, when those are known
    alias: tuple[str, ...] = ()
    left_out: str = ""  # why nobody makes it
    severity: Severity = "info"  # of checks without outcomes; the others have one for each outcome
    reads: Reads = "any"
    forms: tuple[str, ...] = ()
    first_year: int = 0
    version: int = 1
    printed_label: str = "报告所写"  # what people are told that `printed` of its findings is
    expected_label: str = "对照"  # and `expected`: what it is held against, seldom what should be there
    asks: Asks = "mend"
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    patterns: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def compared(self, printed: str, expected: str) -> tuple[str, ...]:
        """What a finding holds against each other, each behind its name."""
        named = (self.printed_label, printed), (self.expected_label, expected)
        return tuple(f"{label}：{value}" for label, value in named if value)

    def finding(
        self,
        outcome: str,
        *,
        cells: tuple[str, ...] = (),
        expected: str = "",
        printed: str = "",
        place: str = "",
        **values: object,
    ) -> Finding:
        """The finding for one outcome; its words come from the catalogue."""
        said = self.outcomes[outcome]
        message = said.message.format(expected=expected, printed=printed, **values)
        return Finding(
            self.code, said.result, said.severity, message, cells, expected, printed, place, self.version
        )


@cache
def load_checks() -> Mapping[str, Check]:
    """All checks by code, in the order of the files."""
    checks: dict[str, Check] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for raw in content["check"]:
            check = read_check(raw, content.get("words", {}))
            if check.code in checks:
                raise ValueError(f"{path.name}: the check {check.code} is declared twice; keep one of them")
            checks[check.code] = check
    return checks


def read_check(raw: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]) -> Check:
    """One entry; `words` are the patterns that the checks of its file share."""
    values = {name: value for name, value in raw.items() if name != "words"}
    values["outcomes"] = {name: Outcome(**outcome) for name, outcome in raw.get("outcomes", {}).items()}
    patterns = {**words.get(raw.get("words", ""), {}), **raw.get("patterns", {})}
    values["patterns"] = {name: _compiled(text) for name, text in patterns.items()}
    for name in ("alias", "forms"):
        values[name] = tuple(raw.get(name, ()))
    check = Check(**values)
    if bool(check.kind or check.needs) == bool(check.alias):
        raise ValueError(f"{check.code}: give exactly one: a kind and what it needs, or an alias")
    if check.asks not in get_args(Asks):
        raise ValueError(f"{check.code}: asks must be one of {', '.join(get_args(Asks))}")
    if check.needs and check.needs not in NEEDS:
        raise ValueError(f"{check.code}: needs must be one of {', '.join(NEEDS)}")
    return check


def _compiled(pattern: str) -> re.Pattern[str]:
    for short, long in (("%n", f"(?P<n>{NUMBER})"), ("%a", f"(?P<n>{ARABIC})"), ("%u", f"(?P<unit>{UNIT})")):
        pattern = pattern.replace(short, long)
    return re.compile(pattern)
