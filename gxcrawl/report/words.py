"""The word lists of words.toml, compiled once at first use."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from re import Pattern
from re import compile as pattern
from typing import Any


@dataclass(frozen=True, slots=True)
class Outline:
    """The six official sections and the words by which each is known."""

    hints: Pattern[str]
    official: Pattern[str]  # groups s1 to s6
    variants: Pattern[str]
    loose: Mapping[int, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Page:
    foot: Pattern[str]
    head: Pattern[str]
    crumb: Pattern[str]
    debris: Pattern[str]


@dataclass(frozen=True, slots=True)
class OrganWords:
    suffixes: str  # as an alternation, longest first
    whole: Mapping[str, tuple[str, ...]]
    nobody: frozenset[str]
    not_first: Pattern[str]
    before: str
    office: Pattern[str]
    place: Pattern[str]
    not_site: str
    verbs: str


@dataclass(frozen=True, slots=True)
class Decoy:
    kind: str
    page: Pattern[str]
    always: bool


@dataclass(frozen=True, slots=True)
class DateWords:
    order: tuple[str, ...]
    meta: Mapping[str, str]
    labels: Mapping[str, str]
    relative: Pattern[str]
    clock: Pattern[str]
    footer: Pattern[str]


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _facts() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def outline() -> Outline:
    facts = _facts()["outline"]
    sections = facts["sections"]

    def known_by(*kinds: str) -> Pattern[str]:
        groups = [
            f"(?P<s{entry['number']}>{_any_of([word for kind in kinds for word in entry[kind]])})"
            for entry in sections
        ]
        return pattern(f"(?:{facts['lead']})(?:{'|'.join(groups)})")

    return Outline(
        hints=pattern(facts["hints"]),
        official=known_by("official"),
        variants=known_by("official", "variants"),
        loose={entry["number"]: tuple(tuple(group) for group in entry["loose"]) for entry in sections},
    )


@cache
def page() -> Page:
    facts = _facts()["page"]
    return Page(
        foot=pattern(facts["foot"]),
        head=pattern(facts["head"]),
        crumb=pattern(facts["crumb"]),
        debris=pattern(facts["debris"]),
    )


@cache
def organ_words() -> OrganWords:
    facts = _facts()["organ"]
    words = facts["words"]
    return OrganWords(
        suffixes=_any_of(facts["suffixes"]),
        whole={tail: tuple(additions) for tail, additions in facts["whole"].items()},
        nobody=frozenset(words["nobody"]),
        not_first=pattern(words["not_first"]),
        before=_any_of(words["before"]),
        office=pattern(words["office"]),
        place=pattern(facts["place"]),
        not_site=words["not_site"],
        verbs=_any_of(words["verbs"]),
    )


@cache
def self_references() -> Pattern[str]:
    facts = _facts()["self"]
    forms = sorted(facts["forms"].items(), key=lambda item: len(item[0]), reverse=True)
    names = "|".join(f"{name}(?!{behind})" if behind else name for name, behind in forms)
    return pattern(f"我(?<!{facts['not_behind']}我)(?:{names})")  # 我 first: it is quick to find


@cache
def decoys() -> tuple[Decoy, ...]:
    return tuple(
        Decoy(entry["kind"], pattern(entry["page"]), entry["always"]) for entry in _facts()["decoys"]
    )


def more_traditional() -> str:
    """Pairs of a traditional character and its simplified form."""
    return str(_facts()["script"]["traditional"])


@cache
def date_words() -> DateWords:
    facts = _facts()["dates"]
    labels = facts["labels"]
    return DateWords(
        order=tuple(facts["order"]),
        meta=facts["meta"],
        labels={basis: labels[basis] for basis in ("generated-date", "visible-date")},
        relative=pattern(labels["relative"]),
        clock=pattern(labels["clock"]),
        footer=pattern(labels["footer"]),
    )
