"""The reports of an invented county over the years: who reported, when, how, and what went wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from gxcrawl.samples.arithmetic import broken
from gxcrawl.samples.generate import form_of, report_of
from gxcrawl.samples.layouts.fragments import FRAGMENTS, pictures
from gxcrawl.samples.model import Draft, Line, Value

from .model import Carrier, Organ, Published, Version
from .organs import Member, members

CITY = "示例市"
YEARS = tuple(range(2018, 2026))
REPUBLISHED_AFTER = timedelta(days=637)  # 21 months
# What becomes of a report: the share of all, at least one of each. All others are plain and on time.
SHARES = {
    "gap": 0.04,
    "late": 0.06,
    "spoiled": 0.12,
    "republished": 0.04,
    "moved": 0.02,
    "changed": 0.04,
    "withdrawn": 0.02,
    "attachment": 0.05,
    "row": 0.02,
    "viewer": 0.02,
    "tables-as-images": 0.02,
}
CARRIERS: dict[str, Carrier] = {
    "attachment": "attachment",
    "row": "row",
    "viewer": "viewer",
    "tables-as-images": "tables-as-images",
}
OLD_ENOUGH = 2022  # what comes 21 months later must have come by now


@dataclass(frozen=True, slots=True)
class County:
    name: str
    organs: tuple[Organ, ...]
    reports: tuple[Published, ...]  # oldest year first

    def online(self, today: date) -> tuple[Published, ...]:
        return tuple(report for report in self.reports if report.at(today))

    def of(self, *scopes: str) -> tuple[Published, ...]:
        return tuple(report for report in self.reports if report.organ.scope in scopes)


@cache
def county(
    name: str = "示例县", *, seed: int = 1, organs: int = 40, years: tuple[int, ...] = YEARS
) -> County:
    """The same for the same arguments. A dozen organs and four years show every fate; only what is older
    than 2023 is republished."""
    chosen = members(CITY, name)[:organs]
    slots = [(member, year) for year in years for member in chosen]
    fates = draw_fates(slots, Random(f"{seed}{name}"))
    reports = [
        report
        for place, (member, year) in enumerate(slots)
        for report in publish(member, year, fates.get(place, ""), Random(f"{seed}{member.organ.name}{year}"))
    ]
    return County(name, tuple(member.organ for member in chosen), tuple(reports))


def draw_fates(slots: list[tuple[Member, int]], rng: Random) -> dict[int, str]:
    """By the place of the slot. Reports before the national form have no numbers that could go wrong."""
    free = list(range(len(slots)))
    rng.shuffle(free)
    fates: dict[int, str] = {}
    for fate, share in SHARES.items():
        fitting = [place for place in free if may_befall(fate, slots[place][1])]
        for place in fitting[: max(1, round(share * len(slots)))]:
            fates[place] = fate
            free.remove(place)
    return fates


def may_befall(fate: str, year: int) -> bool:
    if fate in {"republished", "moved"}:
        return year <= OLD_ENOUGH
    return year >= 2019 or fate not in {"spoiled", "changed", "tables-as-images"}


def publish(member: Member, year: int, fate: str, rng: Random) -> Iterator[Published]:
    if fate == "gap":
        return
    titles = draw_titles(member, year, rng)
    seed = rng.randrange(10**9)
    day = appearance(year, rng, late=fate == "late")
    carrier = CARRIERS.get(fate, "html")
    first = version(member, year, titles, seed, since=day, spoiled=fate == "spoiled", carrier=carrier)
    versions: tuple[Version, ...] = (first,)
    vanishes = None
    if fate == "changed":
        again = day + timedelta(days=rng.randint(20, 90))
        versions = (first, version(member, year, titles, seed + 1, since=again))
    elif fate == "withdrawn":
        vanishes = day + timedelta(days=rng.randint(25, 80))
    elif fate == "moved":
        vanishes = day + REPUBLISHED_AFTER
    planted: tuple[str, ...] = ()
    if fate == "spoiled":
        planted = tuple(sorted({error.check for error in broken(first.form, first.cells)}))
    report = Published(
        member.organ, year, "".join(titles), printed(day, rng), versions, vanishes, carrier, planted=planted
    )
    yield report
    if fate in {"republished", "moved"}:
        later = day + REPUBLISHED_AFTER
        copy = replace(first, since=later)
        yield replace(report, printed_day=later, versions=(copy,), vanishes=None, republished=True)


def printed(day: date, rng: Random) -> date | None:
    """A few pages print no date at all."""
    return day if rng.random() < 0.95 else None


def appearance(year: int, rng: Random, *, late: bool) -> date:
    """The law says 31 January of the next year."""
    if late:
        return date(year + 1, 2, 3) + timedelta(days=rng.randint(0, 70))
    return date(year + 1, 1, 6) + timedelta(days=rng.randint(0, 25))


def version(
    member: Member,
    year: int,
    titles: tuple[str, ...],
    seed: int,
    *,
    since: date,
    spoiled: bool = False,
    carrier: Carrier = "html",
) -> Version:
    def write() -> tuple[bytes, Mapping[str, Value]]:
        draft, cells = report_of(member.speaker, year, titles, seed, spoiled=spoiled)
        rng = Random(seed)
        fragment = FRAGMENTS[rng.choice(tuple(FRAGMENTS))] if draft.form else FRAGMENTS["plain"]
        fragment = pictures if carrier == "tables-as-images" else fragment
        named = draft if rng.random() < 0.5 else untitled(draft)
        return fragment(named, rng).encode(), cells

    return Version(since, form_of(year), cache(write))


def untitled(draft: Draft) -> Draft:
    """The page around it prints the title already."""
    blocks = tuple(block for block in draft.blocks if not (isinstance(block, Line) and block.kind == "title"))
    return replace(draft, blocks=blocks)


def draw_titles(member: Member, year: int, rng: Random) -> tuple[str, ...]:
    """Most as the rules want them, some without organ, with blanks, in two lines, or of another wording."""
    name = rng.choice([member.organ.name, member.organ.short])
    task, kind = "政府信息公开工作", "年度报告"
    plain = f"{name}{year}年{task}{kind}"
    if member.organ.scope == "区本级":  # a portal shows one of these, whatever else it does
        return (plain,)
    styles: dict[tuple[str, ...], int] = {
        (plain,): 50,
        (f"{year}年{name}{task}{kind}",): 14,
        (f"{year}年度{name}{task}{kind}",): 6,
        (f"{name}{year}年", f"{task}{kind}"): 6,
        (name, f"{year}年{task}{kind}"): 4,
        (f"{name} {year} 年{task}{kind}",): 4,
        (f"{name}{year}年{task}报告",): 4,
        (f"{year}年度{task}报告",): 5,
        (f"{member.speaker.bare}{year}年政府信息公开年报",): 4,
        (f"{name}关于{year}年度{task}{kind}",): 3,
    }
    return rng.choices(tuple(styles), tuple(styles.values()))[0]


def key_of(report: Published) -> str:
    """32 hexadecimal digits that name a report, for addresses; not in the order of time."""
    told = f"{report.organ.name}|{report.year}|{report.republished}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def number_of(report: Published, digits: int = 7) -> int:
    """The same as a number; seven digits stay distinct within a portal of some hundred reports."""
    lowest: int = 10 ** (digits - 1)
    return lowest + int(key_of(report), 16) % (9 * lowest)
