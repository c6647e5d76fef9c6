"""The letters to organs: what to mend, what to explain, what to verify, and mere hints. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NamedTuple

from gxcrawl.checks.prose import NUMERALS
from gxcrawl.duties.deadlines import Rule
from gxcrawl.duties.status import NO_STATUTE
from gxcrawl.exports.issues import Issue, Part
from gxcrawl.exports.text import file_name, readable
from gxcrawl.exports.words import day_in_chinese

FILE = Path(__file__).with_name("notices.toml")
LONGEST_LINE = 2_000  # of a letter that somebody is to read
CERTAIN: tuple[Part, ...] = ("mend", "explain")
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


def _letter(issues: list[Issue], day: str, rules: Sequence[Rule], taken: set[str]) -> Letter:
    words, organ = template(), issues[0].name
    parts = [(part, [issue for issue in issues if issue.part == part]) for part in words["parts"]]
    shown = [(words["parts"][part], found) for part, found in parts if found]
    kind = "certain" if any(issue.part in CERTAIN for issue in issues) else "unsure"
    lines = [
        Line("title", words["titles"][kind]),
        Line("right", words["number"]),
        Line("plain", words["greeting"].format(organ=organ)),
        Line("line", words["opening"].format(day=day, seen=words["seen"][_seen(issues)])),
    ]
    if not issues[0].registered:
        lines.append(Line("line", words["unconfirmed"].format(organ=organ)))
    for mark, (part, found) in zip(NUMERALS, shown, strict=False):
        lines.append(Line("heading", f"{mark}、{part['heading']}"))
        lines += [Line("line", part["remark"])] if part["remark"] else []
        for number, points in enumerate(_points(found), start=1):
            lines += _item(points, number, rules)
    lines += [Line("line", words["closing"]), Line("line", words["contact"])]
    lines += [Line("right", words["sender"]), Line("right", words["date"])]
    cut = tuple(Line(look, readable(text, LONGEST_LINE)) for look, text in lines)
    return Letter(_unused(words["files"][kind].format(organ=organ, code=issues[0].code), taken), cut)


def _seen(issues: Iterable[Issue]) -> str:
    """Where the reports were read: on the web, in files that somebody saved, or both."""
    found = {"by_hand" if issue.source else "web" for issue in issues}
    return found.pop() if len(found) == 1 else "both"


def _points(issues: Iterable[Issue]) -> list[list[Issue]]:
    """What one slip of the pen would explain is one point."""
    points: dict[object, list[Issue]] = {}
    for number, issue in enumerate(issues):
        points.setdefault((issue.year, issue.url, issue.slip) if issue.slip else number, []).append(issue)
    return list(points.values())


def _item(issues: Sequence[Issue], number: int, rules: Sequence[Rule]) -> Iterator[Line]:
    words = template()
    title = "、".join(dict.fromkeys(issue.title for issue in issues))
    yield Line("item", words["item"].format(number=number, year=issues[0].year, title=title))
    quotes = tuple(dict.fromkeys(quote for issue in issues for quote in issue.quotes))
    said = [issue._replace(quotes=quotes, rule=basis(issue, rules)) for issue in issues]
    for name, text in words["lines"].items():
        values = dict.fromkeys(value for issue in said if (value := getattr(issue, name)))
        for value in values:
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
