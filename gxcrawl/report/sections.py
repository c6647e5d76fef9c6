"""The six sections of the official outline, found by their words, their numbering read loosely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from gxcrawl.report.lines import Line
from gxcrawl.report.numerals import read_number
from gxcrawl.report.words import outline

_NUMBER = "[一二三四五六七八九十\\d]{1,3}"
_PREFIX = re.compile(
    rf"[#*＊★◆●■▪•]{{0,8}}(?:第(?P<part>{_NUMBER})(?:部分|章|节)[、.．,，:：]?|(?P<plain>{_NUMBER})[、.．,，:：)）]?"
    rf"|[（(](?P<bracket>{_NUMBER})[）)][、.．]?)?[*＊]{{0,2}}"
)
_TAIL = re.compile(r"(?:（[^（）]{0,30}）|\([^()]{0,30}\))?[:：。.…·*＊#]*(?:(?<=[.…·])\d{1,3}$)?")
_REACH = 60  # the words of a heading stand among its first characters
_LONGEST_LOOSE = 40
_SENTENCE = re.compile("[。；;！？]|[，,].{12}")
_MOST_HEADINGS = 400  # a report has some dozens; an attack has no end

STRONG, LOOSE, WEAK = 0, 1, 2


class Heading(NamedTuple):
    """A section heading met at a line; text that follows on the same line is `rest`."""

    at: int  # the line it stands on
    number: int
    printed_number: str
    heading: str
    rest: str
    rank: int  # STRONG: number and words; LOOSE: number and some words; WEAK: words only
    bracketed: bool = False


def find_headings(lines: Sequence[Line]) -> list[Heading]:
    """Every heading of the outline, in order, repeated ones too; a table of contents left out."""
    hints = outline().hints
    met = (
        heading
        for index, line in enumerate(lines)
        if hints.search(line.bare, 0, _REACH)
        and (heading := _heading_at(index, line))
        and (not line.in_table or _fits_number(heading))
    )
    return _without_contents(_settle(list(islice(met, _MOST_HEADINGS))), lines)


def section_one(headings: Sequence[Heading], end: int) -> int:
    """Where the outline begins; of stray headings printed before a second title only the last counts."""
    run = takewhile(lambda heading: heading.number == headings[0].number, headings)
    return max((heading.at for heading in run), default=end)


def _heading_at(index: int, line: Line) -> Heading | None:
    prefix = _PREFIX.match(line.bare)
    if prefix is None:
        return None
    printed = prefix["part"] or prefix["plain"] or prefix["bracket"] or ""
    words = outline().variants if printed else outline().official
    found = words.match(line.bare, prefix.end())
    if found is None:
        return _loose_heading(index, line, prefix)
    number = int((found.lastgroup or "s0")[1:])
    tail = _TAIL.match(line.bare, found.end())
    end = tail.end() if tail else found.end()
    heading, rest = _cut(line.text, end)
    if rest.strip().isdecimal():  # the page number of a table of contents
        rest = ""
    closed = end > found.end() or heading != heading.rstrip() or rest != rest.lstrip()
    glued = number != 1 and outline().official.fullmatch(found[0]) and read_number(printed) == number
    if rest and not closed and not glued:
        return _loose_heading(index, line, prefix)
    if rest and not printed:
        return None
    rank = WEAK if not printed or prefix["bracket"] else STRONG
    return Heading(index, number, printed, heading.strip(), rest.strip(), rank, bool(prefix["bracket"]))


def _fits_number(heading: Heading) -> bool:
    """In a table only a heading with the right number counts: its rows are numbered too."""
    return heading.rank == STRONG and _has_its_number(heading)


def _has_its_number(heading: Heading) -> bool:
    return read_number(heading.printed_number) == heading.number


def _loose_heading(index: int, line: Line, prefix: re.Match[str]) -> Heading | None:
    """五、政务公开工作中的问题: some words of the section, under the number of the section."""
    printed = prefix["part"] or prefix["plain"] or ""
    number = read_number(printed) if printed else None
    if number is None or len(line.bare) > _LONGEST_LOOSE or _SENTENCE.search(line.bare):
        return None
    for group in outline().loose.get(number, ()):
        if all(word in line.bare for word in group):
            return Heading(index, number, printed, line.text, "", LOOSE)
    return None


def _cut(text: str, length: int) -> tuple[str, str]:
    """Cut a text behind its first `length` characters that are no blanks."""
    if " " not in text[:length]:
        return text[:length], text[length:]
    position = 0
    while length and position < len(text):
        length -= text[position] != " "
        position += 1
    return text[:position], text[position:]


def _settle(met: list[Heading]) -> list[Heading]:
    """Doubtful headings count only where no sure one of that section is, and only in their order."""
    strong = [heading for heading in met if heading.rank == STRONG]
    known = {heading.number for heading in strong}
    plain = {heading.number for heading in met if not heading.bracketed}
    kept = list(strong)
    for heading in met:
        if heading.rank == STRONG or heading.number in known:
            continue
        if heading.bracketed and (
            len(plain) >= 2 or not _has_its_number(heading)
        ):  # then a part of a section
            continue
        if heading.rank == WEAK and any(h.number == heading.number and h.rank == LOOSE for h in kept):
            continue
        if _in_order(heading, strong):
            kept.append(heading)
    return sorted(kept)


def _in_order(heading: Heading, strong: list[Heading]) -> bool:
    before = [other.number for other in strong if other.at < heading.at]
    after = [other.number for other in strong if other.at > heading.at]
    return (not before or before[-1] < heading.number) and (not after or heading.number < max(after))


def _without_contents(headings: list[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Leave out a table of contents: four headings or more on end, all of them met again later."""
    length = 1
    for one, two in pairwise(headings):
        if two.at != one.at + 1 or two.number <= one.number or lines[two.at].after_grid or one.rest:
            break
        length += 1
    later = {heading.number for heading in headings[length:]}
    contents = headings[:length]
    if length >= 4 and {heading.number for heading in contents} <= later:
        return headings[length:]
    return headings
