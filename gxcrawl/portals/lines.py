"""The line of every table, key and element of a TOML text; tomllib tells only the values."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

Where = tuple[str | int, ...]  # ("portal", 0, "hosts", 1)

# A repeated step never overlaps with another, so none of these can go back and forth over a long text.
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)
_SCALAR = re.compile(r"[^,\]}#\n]*")
_KEY = re.compile(r'[ \t]*(?:([A-Za-z0-9_-]+)|("(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'))[ \t]*')


def lines_of(text: str) -> Mapping[Where, int]:
    """Lines count from 1. The text is one that tomllib accepts."""
    walk = _Walk(text)
    walk.statements()
    return walk.lines


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Where, int] = {}
        self.ends = [match.start() for match in re.finditer("\n", text)]
        self.lengths: dict[Where, int] = {}  # of the arrays of tables so far

    def statements(self) -> None:
        base: Where = ()
        while not self.done():
            line = self.line()
            if self.text.startswith("[[", self.at):
                self.at += 2
                base = self.appended(self.key())
                self.at += 2
                self.lines[base] = line
            elif self.text[self.at] == "[":
                self.at += 1
                base = self.resolved(self.key())
                self.at += 1
                self.lines.setdefault(base, line)
            else:
                self.assignment(base)

    def assignment(self, base: Where) -> None:
        line = self.line()
        name = self.key()
        for depth in range(1, len(name) + 1):
            self.lines.setdefault((*base, *name[:depth]), line)
        self.at += 1  # the equals sign
        self.value((*base, *name))

    def value(self, where: Where) -> None:
        self.blank()
        opening = self.text[self.at]
        if opening == "[":
            self.array(where)
        elif opening == "{":
            self.inline(where)
        else:
            match = _STRING.match(self.text, self.at) or _SCALAR.match(self.text, self.at)
            self.at = match.end() if match else len(self.text)

    def array(self, where: Where) -> None:
        index = 0
        while not self.closed("]"):
            self.lines[(*where, index)] = self.line()
            self.value((*where, index))
            index += 1

    def inline(self, where: Where) -> None:
        while not self.closed("}"):
            self.assignment(where)

    def closed(self, bracket: str) -> bool:
        """Goes over the opening bracket or a comma, to the next element or behind the end."""
        self.blank()
        if self.text[self.at] in "[{,":
            self.at += 1
            self.blank()
        if self.text[self.at] != bracket:
            return False
        self.at += 1
        return True

    def key(self) -> tuple[str, ...]:
        parts = []
        while match := _KEY.match(self.text, self.at):
            bare, quoted = match.groups()
            parts.append(bare if bare is not None else str(tomllib.loads(f"key = {quoted}")["key"]))
            self.at = match.end()
            if self.text[self.at] != ".":
                break
            self.at += 1
        return tuple(parts)

    def resolved(self, name: tuple[str, ...]) -> Where:
        """A table's place: the name of an array of tables means its last one."""
        where: Where = ()
        for part in name:
            where = (*where, part)
            if where in self.lengths:
                where = (*where, self.lengths[where] - 1)
        return where

    def appended(self, name: tuple[str, ...]) -> Where:
        array = (*self.resolved(name[:-1]), name[-1])
        self.lengths[array] = self.lengths.get(array, 0) + 1
        return (*array, self.lengths[array] - 1)

    def done(self) -> bool:
        self.blank()
        return self.at >= len(self.text)

    def blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def line(self) -> int:
        return bisect_right(self.ends, self.at - 1) + 1
