"""The reports of one organ, year after year: its numbers go on, its words change."""

from __future__ import annotations

from random import Random
from typing import Literal, NamedTuple
from zlib import crc32

from .arithmetic import broken, plant_errors
from .dirt import draw_dirt, print_cells, worth
from .generate import Subject, compose, form_of
from .history import History
from .layouts import LAYOUT_TABLE
from .links import unlink
from .model import Draft, Line, Printed, Table, Value
from .organs import Organ
from .prose import MANAGED, NUMERALS, TOPICS, Cells, Writer

# What is not as it should be: a sum; a link to the year before; the words, which are those of last year; or
# nothing any more, in a later version with other numbers.
Twist = Literal["", "spoiled", "unlinked", "copied", "corrected"]


class Author(NamedTuple):
    """An organ, and a key that tells it from all others."""

    organ: Organ
    key: str


class YearlyWriter(Writer):
    """Takes the next sentence on every topic in every year, so that no two years in a row are alike.

    `words` is the year of the words, which is another one than that of the report when they are copied.
    """

    def __init__(self, author: Author, year: int, cells: Cells, *, words: int) -> None:
        super().__init__(author.organ, year, cells, Random(f"{author.key}|words|{words}"), clean=True)
        self.key, self.words = author.key, words

    def choose(self, sentences: tuple[str, ...]) -> str:
        return sentences[(self.words + crc32(f"{self.key}{sentences[0]}".encode())) % len(sentences)]


def report_of(
    author: Author, year: int, titles: tuple[str, ...], twist: Twist = ""
) -> tuple[Draft, dict[str, Value]]:
    """The report of one year with the worth of its cells."""
    form = form_of(year)
    if not form:
        return words_only(author, year, titles), {}
    printed = printed_cells(author, form, year, twist)
    writer = YearlyWriter(author, year, worth(printed), words=year)
    if twist == "copied":  # whoever copies forgets the numbers in the words, too
        before = worth(printed_cells(author, form, year - 1, ""))
        writer = YearlyWriter(author, year, before, words=year - 1)
    rng = Random(f"{author.key}|labels|{year}")
    subject = Subject(form, author.organ, year, titles)
    return compose(rng, LAYOUT_TABLE["html-plain"], subject, printed, writer).draft, worth(printed)


def printed_cells(author: Author, form: str, year: int, twist: Twist) -> dict[str, Printed]:
    rng = Random(f"{author.key}|print|{year}")
    history = History(author.key)
    numbers, whole = history.numbers(form, year), frozenset[str]()
    if twist == "unlinked":
        numbers, whole = unlink(numbers, form_of(year - 1), form, rng)
    while twist == "spoiled" and not broken(form, numbers):
        numbers = plant_errors(numbers, form, rng)
    whole = whole.union(*(planted.cells for planted in broken(form, numbers)))
    dirt = draw_dirt(LAYOUT_TABLE["html-plain"], rng, clean=True)
    printed = print_cells(numbers, form, dirt, whole, rng)
    if twist == "corrected":
        now = history.corrected(form, year)
        printed |= {name: Printed(str(value), value) for name, value in now.items()}
    return printed


def words_only(author: Author, year: int, titles: tuple[str, ...]) -> Draft:
    """A report as they were before there was a national form: sections of prose, no tables."""
    cells: Cells = dict(History(author.key).numbers("2019", year))
    writer = YearlyWriter(author, year, cells, words=year)
    named = ("概述", *TOPICS)
    blocks: list[Line | Table] = [Line(title, "title") for title in titles]
    for place, topic in enumerate(named, start=1):
        sentences = TOPICS.get(topic) or MANAGED
        text = writer.applications() if topic == "依申请公开" else writer.pick(sentences)
        blocks += [Line(f"{NUMERALS[place]}、{topic}情况", "heading"), Line(text)]
    blocks.append(Line(f"{author.organ.name}　{year + 1}年1月{writer.rng.randint(8, 28)}日"))
    return Draft("", author.organ.name, year, "".join(titles), None, tuple(blocks))
