"""Texts of invented organs: some repeat others or themselves, some fill in a template, and we know which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from random import Random
from typing import NamedTuple

from bench.words import sections, sentence

ORGANS, YEARS = 100, range(2021, 2026)  # of a portal
PLANTED = 12  # one text in so many that may be a repetition is one; that is one in fifty of all
CHANGED, CHANGED_OWN = 0.1, 0.04  # of the sentences, when another is repeated, when it is last year's
TEMPLATES = 10  # in one portal of so many
FILLED_IN = 0.4  # of its organs fill in a template

SHORT = 12

Sections = dict[int, str]


class Place(NamedTuple):
    """Whose text of which year."""

    portal: int
    organ: int
    year: int

    @property
    def name(self) -> str:
        return f"示例{self.portal}县第{self.organ}街道办事处"


class Text(NamedTuple):
    place: Place
    told: Sections
    repeats: Place | None = None


def all_texts(texts: int) -> Iterator[Text]:
    for portal in range(max(1, texts // (ORGANS * len(YEARS)))):
        for year in YEARS:
            yield from (text_of(Place(portal, organ, year)) for organ in range(ORGANS))


def text_of(place: Place) -> Text:
    """One organ of four may repeat the one before it, and another one itself: never what is a repetition."""
    source = _repeated(place)
    if source is None:
        return Text(place, own_words(place))
    if source.organ == place.organ:
        return Text(place, _changed(text_of(source).told, source, place, CHANGED_OWN), source)
    return Text(place, _changed(own_words(source), source, place, CHANGED), source)


def _repeated(place: Place) -> Place | None:
    if place.portal % TEMPLATES == 0 or Random(f"repeats {place}").random() > 2 / PLANTED:
        return None
    if place.organ % 4 == 3:
        return place._replace(organ=place.organ - 1)
    if place.organ % 4 == 0 and place.year > YEARS[0]:
        return place._replace(year=place.year - 1)
    return None


def _changed(told: Sections, source: Place, place: Place, share: float) -> Sections:
    """All the numbers and the name are others, and so are some of the sentences."""
    rng = Random(f"changes {place}")
    said = [part for text in told.values() for part in text.split("。") if len(part) > SHORT]
    for old in rng.sample(said, round(share * len(said))):
        new = sentence(rng)[:-1]
        told = {number: text.replace(old, new) for number, text in told.items()}
    return {
        number: re.sub("[0-9]+", lambda _: str(rng.randint(2, 900)), text.replace(source.name, place.name))
        for number, text in told.items()
    }


@lru_cache(maxsize=1_000)
def own_words(place: Place) -> Sections:
    rng = Random(f"words {place}")
    if place.portal % TEMPLATES == 0 and place.organ < FILLED_IN * ORGANS:
        told = _words(Random(f"template {place.portal} {place.year}"), place.portal)
    else:
        told = _words(rng, place.portal)
    told[1] += f"{place.name}{sentence(rng)}{place.name}{sentence(rng)}"
    return told


def _words(rng: Random, portal: int) -> Sections:
    """Three sentences stand in all texts of a portal."""
    of_portal = Random(f"portal {portal}")
    shared = [sentence(of_portal) for _ in range(3)]
    return {number: said for number, _, said in sections(rng, shared)}
