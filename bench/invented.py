"""Portals, organs and reports of invented places by the hundred thousand; the same ones in every run."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from bench.patterns import YEARS, joined, series, wordings
from bench.words import sections, sentence, words
from gxcrawl.show.jsonl import encode
from gxcrawl.store.content import content_digest

ORGANS = 110
PER_PORTAL = ORGANS * len(YEARS)


class Organ(NamedTuple):
    name: str
    scope: int  # number of the list that shows it: 1 区本级, 2 部门, 3 镇街


class Portal(NamedTuple):
    number: int
    county: str
    organs: tuple[Organ, ...]
    shared: tuple[str, ...]  # what all its organs say

    @property
    def id(self) -> str:
        return f"county-{self.number:03}"

    @property
    def code(self) -> str:
        """Of an invented county; 99 is no province."""
        return f"99{1 + self.number // 80:02}{1 + self.number % 80:02}"


class Written(NamedTuple):
    """One version of a report, as a crawl keeps it."""

    organ: str
    year: int
    form: str
    title: str
    published: date
    reading: str
    content: str


def portal(number: int) -> Portal:
    rng = Random(number)
    first, second = words()["first"], words()["second"]
    county = f"示例{first[number // len(second)]}{second[number % len(second)]}县"
    places = [one + other for one in first for other in second]
    towns = [
        Organ(f"{county}{place}{rng.choice(('镇人民政府', '乡人民政府', '街道办事处'))}", 3)
        for place in rng.sample(places, ORGANS - 1 - len(words()["bureaus"]))
    ]
    bureaus = [Organ(county + bureau, 2) for bureau in words()["bureaus"]]
    organs = (Organ(f"{county}人民政府", 1), *bureaus, *towns)
    return Portal(number, county, organs, tuple(sentence(rng) for _ in range(3)))


def written(portal: Portal, place: int, year: int, version: int = 1) -> Written:
    """The report of an organ. One in twenty tells again what the organ told the year before."""
    rng = Random(f"{portal.number} {place} {year} {version}")
    organ = portal.organs[place].name
    told_in = year - 1 if rng.random() < 1 / 20 else year
    told = list(sections(Random(f"{portal.number} {place} {told_in} {version}"), portal.shared))
    days = rng.randint(3, 40) if rng.random() < 0.9 else rng.randint(40, 100)
    published = date(year + 1, 1, 1) + timedelta(days=days)
    pattern = Random(f"{portal.number} {place}").choice(series())[year]
    wording = rng.choice(wordings())
    findings = wording.findings.replace(wording.organ, organ) if wording.organ else wording.findings
    names = ("number", "heading", "text")
    head = {
        "source": "",
        "organ": organ,
        "organ_names": [organ],
        "year": year,
        "form": pattern.form,
        "title": f"{organ}{year}年政府信息公开工作年度报告",
        "published": published.isoformat(),
        "published_basis": "meta",
        "sections": [dict(zip(names, section, strict=True)) for section in told],
        "passed": pattern.passed,
        "error": None,
    }
    # The rest of the line of `gxcrawl parse --jsonl`, as it was read.
    rest = f'"cells": {pattern.cells}, "problems": {pattern.problems}'
    reading = f'{encode(head)[:-1]}, {rest}, "findings": {joined((pattern.findings, findings))}}}'
    content = content_digest(pattern.form, pattern.raws, (text for _, _, text in told))
    return Written(organ, year, pattern.form, str(head["title"]), published, reading, content)
