"""What a title in a list promises: a report, something else that looks like one, or one has to look."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from re import Pattern
from typing import NamedTuple

from gxcrawl.report.lines import bare, fold
from gxcrawl.report.names import is_name
from gxcrawl.report.numerals import YEAR
from gxcrawl.report.title import split_title
from gxcrawl.report.words import decoys, organ_words

UNRELATED = "decoy:与年度报告无关"  # nothing in it speaks of reports, and nothing of anything else we know
_LONGEST = 300
_YEAR = re.compile(YEAR)
_DAY = re.compile(r"[\[（(]?20\d\d[-/.]\d{1,2}[-/.]\d{1,2}[)）\]]?$")
_LABEL = re.compile(r"^[【\[〔][^】\]〕]{1,8}[】\]〕](?=.)")  # 【年报】 before the title itself
_BEHIND = re.compile(r"(?:[-—_－]{1,2}|[（(])([\u4e00-\u9fff]{2,30})[)）]?$")


class TitleFacts(NamedTuple):
    organ: str  # "" when the title names none
    year: int | None


class _Decoy(NamedTuple):
    why: str
    words: Pattern[str]


class _Words(NamedTuple):
    report: Pattern[str]  # a report on 信息公开 is named
    full: Pattern[str]  # and the title ends with it
    hints: Pattern[str]  # it may be one
    column: Pattern[str]
    cover: Pattern[str]
    about: tuple[_Decoy, ...]  # something about reports
    other: tuple[_Decoy, ...]  # another kind of report


def judge(title: str) -> str:
    """wanted, unclear or decoy:<why>. Who doubts says unclear: a look costs less than a report overlooked."""
    text = _plain(title)
    words = _words()
    if why := _why(words.about, text):
        return f"decoy:{why}"
    text = _LABEL.sub("", text)
    if words.cover.search(text) or words.column.fullmatch(text):
        return "unclear"
    if words.full.search(text):
        return "wanted"
    named = words.report.search(text)
    if not named and (why := _why(words.other, text)):
        return f"decoy:{why}"
    cut = text.endswith(("…", "..."))  # what it says at its end is not known
    if cut or named or not text or words.hints.search(text) or _YEAR.search(text) or _ends_as_organ(text):
        return "unclear"
    return UNRELATED


def names_column(title: str) -> bool:
    """政府信息公开年报 is the name of a list, not of a report in it."""
    return bool(_words().column.fullmatch(_plain(title)))


def title_facts(title: str) -> TitleFacts:
    """The organ and the year that a title prints; the organ may stand behind: …年度报告（示例镇）."""
    text = _LABEL.sub("", _plain(title))
    organ, year = split_title(text)
    behind = None if organ else _BEHIND.search(text)
    if behind and is_name(behind[1]) and _ends_as_organ(behind[1]):
        organ = behind[1]
    return TitleFacts(organ, year)


def _plain(title: str) -> str:
    """A title without blanks, bullets and the date behind it."""
    return bare(_DAY.sub("", fold(title[:_LONGEST]))).strip("·•▪■◆>-—")


def _why(kinds: tuple[_Decoy, ...], text: str) -> str:
    return next((kind.why for kind in kinds if kind.words.search(text)), "")


def _ends_as_organ(text: str) -> bool:
    return bool(_organ().search(text))


@cache
def _organ() -> Pattern[str]:
    return re.compile(rf"(?:{organ_words().suffixes})$")


@cache
def _words() -> _Words:
    facts = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    titles = facts["titles"]
    known = {decoy.kind: decoy.page for decoy in decoys()}

    def kinds(name: str) -> tuple[_Decoy, ...]:
        shared = [_Decoy(kind, known[kind]) for kind in titles[f"{name}_shared"]]
        return (*shared, *(_Decoy(entry["why"], re.compile(entry["words"])) for entry in titles[name]))

    return _Words(
        report=re.compile(titles["report"]),
        full=re.compile(rf"(?:{titles['report']}){titles['end']}"),
        hints=re.compile(titles["hints"]),
        column=re.compile(titles["column"]),
        cover=re.compile(titles["cover"]),
        about=kinds("about"),
        other=kinds("other"),
    )
