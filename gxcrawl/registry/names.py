"""What a name means where it is met. Only the area's own name is taken off, so 市财政局 is never 县财政局."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from re import Pattern
from typing import NamedTuple

from gxcrawl.registry.locality import Locality, locality

GOVERNMENT = "人民政府"
ALIKE = 0.6  # so much of the shorter name is in the longer one

_BLANKS = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_BRACKETS = str.maketrans("〔［【｛[{〕］】｝]}", "((((((" + "))))))")
# 王岗镇人民政府 is 王岗镇, 交界街道办事处 is 交界街道; 小岭街 may be another one than 小岭街道.
_TAIL = re.compile(
    "(?<=[\u4e00-\u9fff][镇乡])(?:人民政府|政府)+$"
    "|(?<=[\u4e00-\u9fff]苏木)(?:人民政府|政府)+$"
    "|(?<=街道)(?:办事处|办)+$"
    "|(?<=[\u4e00-\u9fff]街)(?:办事处)+$"
)
_KIND_OF_ORGAN = re.compile("(?<=..)(?:委员会|办公室|办公厅|管委会|服务中心|局|委|办|厅|中心|站|所)$")
_KIND_OF_PLACE = re.compile("(?<=.)(?:街道办事处|街道办|街道|街|办事处|苏木|镇|乡)$")


class Place(NamedTuple):
    """Where a name belongs, and what it is called there. A name never matches outside it."""

    code: str
    core: str


def tidy(name: str) -> str:
    """One way to write what looks the same: NFKC, no blanks, one kind of brackets."""
    # Blanks go while marks stand apart from their letters: what is put together afterwards stays so.
    apart = _BLANKS.sub("", unicodedata.normalize("NFKD", name)).translate(_BRACKETS)
    return unicodedata.normalize("NFC", apart)


def place_of(name: str, here: Locality) -> Place:
    """The area to which the organ of this name belongs when it is met `here`, and its name there."""
    bare = tidy(name)
    rest = bare[_end_of_regions(bare, here) :]
    if (bare and not rest) or rest in _governments(here.own[-1:]):
        return Place(here.code, GOVERNMENT)
    for child, code in here.children:
        if rest.startswith(child):
            return place_of(rest, locality(code, child))
    return Place(here.code, _TAIL.sub("", rest))


def resembles(core: str, other: str) -> bool:
    """Whether these may be two names of one organ. Generous: a doubt keeps from accusing falsely."""
    return alike(outline(core), outline(other))


class Outline(NamedTuple):
    """What is left of a name when it is compared with others."""

    letters: Counter[str]
    groups: frozenset[int]  # of names that followed each other


@lru_cache(maxsize=1 << 16)
def outline(core: str) -> Outline:
    """Without what only says of which kind it is: 财政局 and 民政局 have 政 in common, not 政 and 局."""
    bare = _KIND_OF_PLACE.sub("", core.replace(GOVERNMENT, "政府"))
    stem = _KIND_OF_ORGAN.sub("", bare)
    return Outline(
        Counter(stem), frozenset(number for number, group in enumerate(_successors()) if stem in group)
    )


def alike(one: Outline, other: Outline) -> bool:
    if one.groups & other.groups:
        return True
    shorter = min(one.letters.total(), other.letters.total())
    if shorter < 2:
        return one.letters == other.letters
    return (one.letters & other.letters).total() >= ALIKE * shorter


@cache
def _successors() -> tuple[frozenset[str], ...]:
    content = tomllib.loads(Path(__file__).with_name("successors.toml").read_text(encoding="utf-8"))
    return tuple(frozenset(group) for group in content["groups"])


def _end_of_regions(name: str, here: Locality) -> int:
    """So many characters before the name of the organ itself."""
    found = _prefix(here.before, here.own).match(name) if here.own else None
    return found.end() if found else 0


@lru_cache(maxsize=4096)
def _prefix(before: tuple[str, ...], own: str) -> Pattern[str]:
    outer = "".join(f"(?:{pattern})?" for pattern in before)
    return re.compile(f"(?:{outer}{re.escape(own)})+")


def _governments(unit: str) -> tuple[str, ...]:
    """人民政府 and, in a 县, 县人民政府."""
    return (GOVERNMENT, "政府", f"{unit}{GOVERNMENT}", f"{unit}政府")
