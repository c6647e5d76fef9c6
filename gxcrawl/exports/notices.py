"""The letters to organs: what is certain, and apart from it what they should verify. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NamedTuple

from gxcrawl.duties.deadlines import Rule
from gxcrawl.duties.status import NO_STATUTE
from gxcrawl.exports.issues import Issue
from gxcrawl.exports.text import file_name, readable
from gxcrawl.exports.words import day_in_chinese

FILE = Path(__file__).with_name("notices.toml")
LONGEST_LINE = 2_000  # of a letter that somebody is to read
Look = Literal["title", "heading", "item", "line", "plain", "right"]


class Line(NamedTuple):
    look: Look
    text: str


class Letter(NamedTuple):
    file: str  # name without its ending
    lines: tuple[Line, ...]


@cache
def template() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def letters(issues: Iterable[Issue], snapshot: str, rules: Sequence[Rule]) -> Iterator[Letter]:
    """One letter for each organ that is known. The issues of an organ follow one another."""
    taken: set[str] = set()
    for organ, found in groupby(issues, key=lambda issue: issue.organ):
        if organ is not None:
            yield _letter(list(found), day_in_chinese(snapshot), rules, taken)


def is_certain(issue: Issue) -> bool:
    """A hint is none, and neither is what rests on a doubtful reading; what a person confirmed is.

    Nothing is certain of an organ whose name nobody has confirmed.
    """
    sure = issue.confirmed or (issue.result == "fail" and issue.severity != "info")
    return issue.registered and sure


def _letter(issues: list[Issue], day: str, rules: Sequence[Rule], taken: set[str]) -> Letter:
    words, organ = template(), issues[0].name
    certain = [issue for issue in issues if is_certain(issue)]
    unsure = [issue for issue in issues if not is_certain(issue)]
    kind = "certain" if certain else "unsure"
    lines = [
        Line("title", words["titles"][kind]),
        Line("right", words["number"]),
        Line("plain", words["greeting"].format(organ=organ)),
        Line("line", words["opening"].format(day=day)),
    ]
    if not issues[0].registered:
        lines.append(Line("line", words["unconfirmed"].format(organ=organ)))
    parts = [(words["certain"], certain, ""), (words["uncertain"], unsure, words["unsure"])]
    shown = [part for part in parts if part[1]]
    for mark, (heading, part, remark) in zip("一二", shown, strict=False):
        lines.append(Line("heading", f"{mark}、{heading}"))
        lines += [Line("line", remark)] if remark else []
        for number, issue in enumerate(part, start=1):
            lines += _item(issue, number, rules)
    lines += [Line("line", words["closing"]), Line("line", words["contact"])]
    lines += [Line("right", words["sender"]), Line("right", words["date"])]
    cut = tuple(Line(look, readable(text, LONGEST_LINE)) for look, text in lines)
    return Letter(_unused(words["files"][kind].format(organ=organ, code=issues[0].code), taken), cut)


def _item(issue: Issue, number: int, rules: Sequence[Rule]) -> Iterator[Line]:
    words = template()
    yield Line("item", words["item"].format(number=number, year=issue.year, title=issue.title))
    for name, text in words["lines"].items():
        value = basis(issue, rules) if name == "basis" else getattr(issue, name)
        if value:
            yield Line("line", text.format(**{name: value}))


def basis(issue: Issue, rules: Sequence[Rule]) -> str:
    """The law or the notice that a finding rests on; "" where none is known to be named."""
    year = issue.year or 0
    for entry in template()["basis"]:
        if issue.check in entry["checks"] and year >= entry.get("first_year", 0):
            rule = next((rule.text for rule in rules if rule.id == issue.rule), "")
            text: str = entry["text"].format(rule=rule)
            if entry.get("statutory", True) or NO_STATUTE in text:
                return text
            return f"{NO_STATUTE}；{text}" if text else NO_STATUTE
    return ""


def _unused(name: str, taken: set[str]) -> str:
    """A name of a file that no other letter has, on systems that do not tell A from a either."""
    base = file_name(name)
    free, number = base, 1
    while free.casefold() in taken:
        number += 1
        free = f"{base}_{number}"
    taken.add(free.casefold())
    return free
