"""Portals, organs and readings of invented places by the hundred thousand; the same ones in every run.

A few hundred samples are read as they are in a crawl. Each reading is told again in other words, for another
organ: with its numbers, its problems and its findings, so that these are as many as real checks make.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, NamedTuple

from bench.words import sections, sentence, words
from gxcrawl import read_report, samples
from gxcrawl.samples.generate import form_of
from gxcrawl.show.jsonl import encode, json_line
from gxcrawl.store.content import content_digest

YEARS = range(2019, 2026)  # the years of the forms that samples have
ORGANS = 110
PER_PORTAL = ORGANS * len(YEARS)
SAMPLES = 160  # of each form
SIZES = (45, 40, 15)  # percent of organs with no, some and many applications


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


class Pattern(NamedTuple):
    """The reading of a sample, without its words."""

    form: str
    organ: str
    raws: tuple[tuple[str, str], ...]
    cells: str  # JSON, as the rest
    problems: str
    findings: str
    passed: int


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
    """The report of an organ. One in twelve tells again what the organ told the year before."""
    rng = Random(f"{portal.number} {place} {year} {version}")
    organ = portal.organs[place]
    size = Random(f"{portal.number} {place}").choices(range(len(SIZES)), SIZES)[0]
    pattern = rng.choice(patterns()[form_of(year), size])
    told_in = year - 1 if rng.random() < 1 / 12 else year
    told = list(sections(Random(f"{portal.number} {place} {told_in} {version}"), portal.shared))
    title = f"{organ.name}{year}年政府信息公开工作年度报告"
    days = rng.randint(3, 40) if rng.random() < 0.9 else rng.randint(40, 100)
    published = date(year + 1, 1, 1) + timedelta(days=days)
    reading = _reading(pattern, organ.name, year, title, published, told)
    content = content_digest(pattern.form, pattern.raws, (text for _, _, text in told))
    return Written(organ.name, year, pattern.form, title, published, reading, content)


def _reading(
    pattern: Pattern, organ: str, year: int, title: str, published: date, told: list[tuple[int, str, str]]
) -> str:
    """The line of `gxcrawl parse --jsonl`; what a pattern has of it is put in as it is."""
    names = ("number", "heading", "text")
    head = {
        "source": "",
        "organ": organ,
        "organ_names": [organ],
        "year": year,
        "form": pattern.form,
        "title": title,
        "published": published.isoformat(),
        "published_basis": "meta",
        "sections": [dict(zip(names, section, strict=True)) for section in told],
        "passed": pattern.passed,
        "error": None,
    }
    findings = pattern.findings.replace(pattern.organ, organ) if pattern.organ else pattern.findings
    rest = f'"cells": {pattern.cells}, "problems": {pattern.problems}, "findings": {findings}'
    return f"{encode(head)[:-1]}, {rest}}}"


@cache
def patterns() -> Mapping[tuple[str, int], list[Pattern]]:
    """Form and size -> readings."""
    found: defaultdict[tuple[str, int], list[Pattern]] = defaultdict(list)
    for form in ("2019", "2021"):
        for seed in range(SAMPLES):
            layout = ("html-word", "html-portal")[seed % 2]
            line = json_line(read_report(samples.generate(seed, layout=layout, form=form).data))
            reading = json.loads(line, parse_float=Decimal)
            if reading["form"] == form:
                received = {cell["id"]: cell["value"] for cell in reading["cells"]}["t3.received.total"] or 0
                found[form, 0 if received == 0 else 1 if received < 100 else 2].append(_pattern(reading))
    return found


def _pattern(reading: Mapping[str, Any]) -> Pattern:
    return Pattern(
        form=reading["form"],
        organ=reading["organ"] or "",
        raws=tuple((cell["id"], cell["raw"]) for cell in reading["cells"]),
        cells=encode(reading["cells"]),
        problems=encode(reading["problems"]),
        findings=encode(reading["findings"]),
        passed=reading["passed"],
    )
