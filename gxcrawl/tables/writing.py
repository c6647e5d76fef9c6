"""Folding: what two ways of writing the same label or number have in common."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

# Blanks of every width, line breaks, joiners and marks that nobody sees.
INVISIBLE: Final = (
    " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u180e\u3000\u2028\u2029\u202f\u205f\u2060\ufeff\u00ad"
    + "".join(map(chr, range(0x2000, 0x2010)))
    + "\u202a\u202b\u202c\u202d\u202e"
)
QUOTES: Final = "\"'“”‘’「」『』＂＇`´*#_"
BRACKETS: Final = {
    "（": "(",
    "）": ")",
    "〔": "(",
    "〕": ")",
    "【": "(",
    "】": ")",
    "［": "(",
    "］": ")",
    "[": "(",
    "]": ")",
    "{": "(",
    "}": ")",
    "﹙": "(",
    "﹚": ")",
}
PUNCTUATION: Final = "、，。；：！？·,.;:!?/\\-—–~＜＞《》<>|"

_BRACKETED = re.compile(r"\([^()]*(?:\)|$)")
_NUMBERING = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}[、.,:。]|[0-9]{1,2}[、.,:)。]*)+")
_CLEAN = re.compile(
    r"(?:（[一二三四五六七八九十]{1,3}）|[0-9]{1,2}[.、．]|[一二三四五六七八九十]{1,3}、)?([一-鿿]+)"
)
_PRINTED_NUMBER = re.compile(r"(?:^|[(])([一二三四五六七八九十]{1,3})[)、.,:。]|([0-9]{1,2})[)、.,:。]")


@cache
def writing() -> Mapping[str, Any]:
    return tomllib.loads((files("gxcrawl.tables") / "writing.toml").read_text(encoding="utf-8"))


@cache
def _folding() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(char): None for char in INVISIBLE + QUOTES}
    table |= {0xFF01 + offset: chr(0x21 + offset) for offset in range(94)}  # full-width forms
    table |= {ord(char): plain for char, plain in BRACKETS.items()}
    table |= {ord(pair[0]): pair[1] for pair in writing()["traditional"].split()}
    table |= {ord("，"): ",", ord("．"): ".", ord("﹒"): "."}
    table |= {ord(char): None for char in QUOTES}  # again: some are full-width forms
    return table


@cache
def _traditional() -> frozenset[str]:
    return frozenset(pair[0] for pair in writing()["traditional"].split())


@cache
def _invisible() -> dict[int, str | None]:
    return {ord(char): None for char in INVISIBLE}


@cache
def _punctuation() -> dict[int, str | None]:
    return {ord(char): None for char in PUNCTUATION + "()"}


def squeeze(text: str) -> str:
    """The text without anything invisible."""
    return text.translate(_invisible())


def fold(text: str) -> str:
    """One way of writing: no blanks or quotes, plain brackets and digits, simplified characters."""
    return text.translate(_folding())


def plain(text: str) -> str:
    """The words alone: folded, without any punctuation."""
    return fold(text).translate(_punctuation())


def label_key(text: str) -> str:
    """What identifies a label: its words, without numbering, brackets' content and punctuation."""
    clean = _CLEAN.fullmatch(text)
    if clean is not None and _traditional().isdisjoint(clean.group(1)):
        return clean.group(1)  # as most labels are written
    folded = fold(text)
    if "(" in folded:
        # Twice, for brackets inside brackets; a cut label may leave one open.
        folded = _BRACKETED.sub("", _BRACKETED.sub("", folded))
    numbering = _NUMBERING.match(folded)
    if numbering:
        folded = folded[numbering.end() :]
    return folded.translate(_punctuation())


def printed_numbers(text: str) -> set[str]:
    """The numbering printed in a label: 三、… gives 三; a group's and its item's when both are there."""
    return {chinese or arabic for chinese, arabic in _PRINTED_NUMBER.findall(fold(text[:120]))}


class LabelKeys(dict[str, str]):
    """The keys of one document's labels, each made once."""

    def __missing__(self, text: str) -> str:
        key = self[text] = label_key(text)
        return key
