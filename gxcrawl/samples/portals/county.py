"""The reports of an invented county over the years: who reported, when, how, and what went wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from random import Random

from gxcrawl.samples.arithmetic import broken
from gxcrawl.samples.generate import form_of
from gxcrawl.samples.layouts.fragments import FRAGMENTS, pictures
from gxcrawl.samples.links import broken_links
from gxcrawl.samples.model import Draft, Line, Planted, Value
from gxcrawl.samples.yearly import Author, Twist, report_of

from .fates import Slot, draw_fates
from .model import Carrier, Organ, Published, Version
from .organs import Member, members

CITY = "示例市"
YEARS = tuple(range(2018, 2026))
REPUBLISHED_AFTER = timedelta(days=637)  # 21 months
CARRIERS: dict[str, Carrier] = {
    "attachment": "attachment",
    "row": "row",
    "viewer": "viewer",
    "tables-as-images": "tables-as-images",
}
TWISTS: dict[str, Twist] = {"spoiled": "spoiled", "unlinked": "unlinked", "copied": "copied"}


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
    reports = [report for slot in slots for report in publish(slot, fates.get(slot, ""), seed)]
    return County(name, tuple(member.organ for member in chosen), tuple(reports))


def publish(slot: Slot, fate: str, seed: int) -> Iterator[Published]:
    if fate == "gap":
        return
    (member, year), carrier = slot, CARRIERS.get(fate, "html")
    rng = Random(f"{seed}{member.organ.name}{year}")
    author = Author(member.speaker, f"{seed}|{member.organ.name}")
    titles = draw_titles(member, year, rng)
    report = partial(version, author, year, titles, rng.randrange(10**9), carrier=carrier)
    day = appearance(year, rng, late=fate == "late")
    first = report(TWISTS.get(fate, ""), since=day)
    versions: tuple[Version, ...] = (first,)
    vanishes = None
    if fate == "changed":
        versions = (first, report("corrected", since=day + timedelta(days=rng.randint(20, 90))))
    elif fate == "withdrawn":
        vanishes = day + timedelta(days=rng.randint(25, 80))
    elif fate == "moved":
        vanishes = day + REPUBLISHED_AFTER
    shown = printed(day, rng)
    planted = planted_in(author, year, fate, first)
    title = "".join(titles)
    yield Published(member.organ, year, title, shown, versions, vanishes, carrier, planted=planted)
    if fate in {"republished", "moved"}:
        later = day + REPUBLISHED_AFTER
        copy = (replace(first, since=later),)
        yield Published(member.organ, year, title, later, copy, None, carrier, republished=True)


def planted_in(author: Author, year: int, fate: str, first: Version) -> tuple[str, ...]:
    """What fails on purpose. Dirt may hide a number, and then the error that it would have shown."""
    if fate == "copied":
        return ("S-SELF",)
    found: tuple[Planted, ...] = ()
    if fate == "spoiled":
        found = broken(first.form, first.cells)
    elif fate == "unlinked":
        _, before = report_of(author, year - 1, ())
        found = broken_links((form_of(year - 1), before), (first.form, first.cells))
    return tuple(sorted({error.check for error in found}))


def printed(day: date, rng: Random) -> date | None:
    """A few pages print no date at all."""
    return day if rng.random() < 0.95 else None


def appearance(year: int, rng: Random, *, late: bool) -> date:
    """The law says 31 January of the next year."""
    if late:
        return date(year + 1, 2, 3) + timedelta(days=rng.randint(0, 70))
    return date(year + 1, 1, 6) + timedelta(days=rng.randint(0, 25))


def version(
    author: Author,
    year: int,
    titles: tuple[str, ...],
    seed: int,
    twist: Twist,
    *,
    since: date,
    carrier: Carrier,
) -> Version:
    """`seed` is for the markup."""

    def write() -> tuple[bytes, Mapping[str, Value]]:
        draft, cells = report_of(author, year, titles, twist)
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
