"""The titles of a report: from the metas, the head of the page and the lines before section one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gxcrawl.model import Document
from gxcrawl.report.lines import Line, bare, fold
from gxcrawl.report.names import is_name
from gxcrawl.report.numerals import YEAR, read_number
from gxcrawl.report.words import organ_words, page

_TITLE = re.compile(
    r"[#*]{0,8}(?=.{0,75}(?:信息公[开開]|政[务務]公[开開]|信息年))"
    r"[^。；;！!]{4,90}?(?:[报報]告|年[报報])[》”\"]?(?:[（(【\[].{0,20}[)）】\]])?[*#]{0,4}"
)
_LONGEST = 100
_ENDING = re.compile(r"(?:[报報]告|年[报報])[》”\"]?(?:[（(【\[].{0,20}[)）】\]])?[*#]{0,4}$")
_PUBLICITY = re.compile("(?:政府|政务)?信息(?:与政务)?公[开開]|政[务務]公[开開]|(?:政府|政务)信息")
_YEAR = re.compile(rf"({YEAR})(年度|年)?的?")
_EDGES = "《》“”\"':：、.．,，-—－_（）()【】[]〔〕*# 0123456789"
_LEAD = re.compile(r"(?:附件?\d{0,2}[:：]?|关于|關於|公布|发布|年度|年)+")
_TRAIL = re.compile(r"(?:的|年度|年|工作|关于)+$")
_PART = re.compile(r"[^。；;！!，,：:>＞»|]{2,40}$")
_SITE = re.compile(r"\s*[-_|—–－＿｜]+\s*")
_META_TITLES = ("articletitle", "title", "og:title", "dc.title", "doctitle")
_TITLE_LINES = 200  # so far before section one a title is looked for


class Title(NamedTuple):
    text: str
    place: str
    organ: str  # the name printed in it, "" when none
    year: int | None
    line: int = -1  # the line it ends on, -1 for titles from the head of the page


def find_titles(document: Document, lines: Sequence[Line], before: int) -> list[Title]:
    """Every title of a report, the best first; `before` is the line of the first section heading."""
    head = list(_head_titles(document))
    printed = list(_line_titles(lines, before, sure=document.carrier != "html"))
    head = [title for title in head if not _is_under_names(title, [*head, *printed])]
    if head:
        printed = [title for title in printed if any(_same_report(title, other) for other in head)] or printed
    if printed:
        nearest = printed[-1]
        printed = [title for title in printed if _same_report(title, nearest)]
        head = [title for title in head if _same_report(title, nearest)] or head
    return _ranked(printed + head)


def is_title(text: str) -> bool:
    return 6 <= len(text) <= _LONGEST and "公" in text and bool(_TITLE.fullmatch(text))


def make_title(text: str, place: str, line: int = -1) -> Title:
    folded = fold(text).strip("#* ")
    name, year = split_title(bare(folded))
    return Title(folded, place, name, year, line)


def split_title(title: str) -> tuple[str, int | None]:
    """The organ's name and the year that a title prints."""
    year = title_year(title)
    text = _YEAR.sub("|", title)
    found = _PUBLICITY.search(text)
    stem = text[: found.start()] if found else text
    if stem.endswith("人民") and found and found[0].startswith("政府"):
        stem += "政府"
    parts = [_clean(part) for part in re.split(r"\||[:：《]", stem)]
    named = [part for part in parts if len(part) >= 2 and is_name(part)]
    return (max(named, key=len) if named else ""), year


def title_year(title: str) -> int | None:
    """The year of the report; of two years the one called 年度, of two such years none."""
    found = [(read_number(match[1]), match[2]) for match in _YEAR.finditer(title)]
    years = {year for year, _ in found}
    if len(years) > 1:
        years = {year for year, unit in found if unit == "年度"}
    return years.pop() if len(years) == 1 else None


def _clean(part: str) -> str:
    part = part.strip(_EDGES)
    if lead := _LEAD.match(part):
        part = part[lead.end() :]
    name = _TRAIL.sub("", part).strip(_EDGES)
    return name + "）" if name.count("（") > name.count("）") else name


def _head_titles(document: Document) -> Iterator[Title]:
    """Titles that the page gives in its head."""
    for name in _META_TITLES:
        text = fold(document.meta.get(name, "")[:400])
        if is_title(bare(text)):
            yield make_title(text, f"meta {name}")
    for text in head_parts(document.title):
        if is_title(bare(text)):
            yield make_title(text, "title")


def _is_under_names(title: Title, titles: Sequence[Title]) -> bool:
    """Some sites put their own name and that of the column before the title: neither is the organ's."""
    return title.place == "title" and any(title.text.endswith(f" {other.text}") for other in titles)


def head_parts(title: str) -> list[str]:
    """The title of a page whole, and its parts without the name of the site."""
    whole = fold(title[:400])
    parts = [part for part in _SITE.split(whole) if part]
    return [whole] if len(parts) < 2 else parts


def _line_titles(lines: Sequence[Line], before: int, sure: bool) -> Iterator[Title]:
    """Titles among the lines; `sure`: the lines are the report's own, without the name of a site above."""
    start = max(0, before - _TITLE_LINES) if before < len(lines) else 0
    words = page()
    for index in range(start, min(before, start + _TITLE_LINES)):
        line = lines[index]
        if len(line.text) > 2 * _LONGEST or not _may_end_title(line.bare[-40:]):
            continue
        if words.crumb.search(line.bare) or words.foot.match(line.bare):
            continue
        joined = _with_lines_before(lines, index, sure)
        if joined is not None:
            yield joined
        elif is_title(line.bare):
            yield make_title(line.text, line.place, index)


def _may_end_title(text: str) -> bool:
    return ("报" in text or "報" in text) and bool(_ENDING.search(text))


def _with_lines_before(lines: Sequence[Line], index: int, sure: bool) -> Title | None:
    """A title printed on two or three lines."""
    line = lines[index]
    alone = make_title(line.text, line.place, index) if is_title(line.bare) else None
    known = _says(alone)
    if all(known):
        return None
    best: Title | None = None
    text = line.text
    for earlier in range(index - 1, max(-1, index - 3), -1):
        part = lines[earlier]
        if not _continues(part, line) or not (sure or _YEAR.search(part.bare) or _spoken(part, lines, index)):
            break
        text = part.text + text
        joined = make_title(text, part.place, index)
        if is_title(bare(text)) and (alone is None or _says(joined) > known):
            best = joined
    return best


def _spoken(part: Line, lines: Sequence[Line], index: int) -> bool:
    """Does the report speak of this name? That of the site stands above the title just as well."""
    text = "".join(bare(line.text[:1000]) for line in lines[index + 1 : index + 20])
    return bool(re.search(re.escape(part.bare) + organ_words().not_site, text))


def _says(title: Title | None) -> tuple[bool, bool]:
    return bool(title and title.organ), bool(title and title.year)


def _continues(part: Line, line: Line) -> bool:
    """Can the part be the beginning of a title that goes on in the line?"""
    if part.grid != line.grid or not _PART.match(part.bare) or page().head.match(part.bare):
        return False
    if _YEAR.search(part.bare):
        return not _ENDING.search(part.bare)
    whole_name = re.search(rf"(?:{organ_words().suffixes})$", part.bare)
    return bool(whole_name) and part.level == line.level and is_name(part.bare)


def _same_report(one: Title, two: Title) -> bool:
    """Two titles may belong to one report: no other year, no other organ."""
    if one.year and two.year and one.year != two.year:
        return False
    if not one.organ or not two.organ:
        return True
    long, short = sorted((one.organ, two.organ), key=len, reverse=True)
    return short in long or _core(short) in long


def _core(name: str) -> str:
    """前进街道 of 前进街道办事处: the name without its kind."""
    for tail in ("人民政府", "街道办事处", "办事处", "政府"):
        if name.endswith(tail) and len(name) - len(tail) >= 2:
            return name.removesuffix(tail)
    return name


def _ranked(titles: list[Title]) -> list[Title]:
    def worth(title: Title) -> tuple[bool, bool, int]:
        return bool(title.organ and title.year), bool(title.organ or title.year), len(bare(title.text))

    seen: dict[str, Title] = {}
    for title in titles:
        if title.organ or title.year or "工作" in title.text:  # 政府信息公开年报 is the name of a column
            seen.setdefault(bare(title.text), title)
    return sorted(seen.values(), key=worth, reverse=True)
