"""Which lines are the report: without the portal's head and foot, broken paragraphs made whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gxcrawl.model import Section
from gxcrawl.report.lines import Line, bare, is_prose
from gxcrawl.report.names import is_organ
from gxcrawl.report.numerals import DATE
from gxcrawl.report.sections import Heading
from gxcrawl.report.words import page

_FOOT_LENGTH = 60
_LINK_LENGTH = 24
_LINKS = 5  # so many short lines on end without a full stop are a list of links
_SIGNED_LENGTH = 30
_SIGNED_WITHIN = 6
_WITH_TABLES = {2, 3, 4}
_DEBRIS_LENGTH = 14
_LOOSE_CELLS = 4
_LOOSE_LABELS = 3
_SENTENCE_ENDS = tuple("。！？!?；;：:…”’」』）)")
_NEW_PARAGRAPH = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]{1,3}|[一二三四五六七八九十]是|注[:：]|附件"
)
_BROKEN_LENGTH = 25  # a shorter line without a full stop is a caption, not a broken sentence


class Body(NamedTuple):
    opening: str
    sections: tuple[Section, ...]
    headings: tuple[Section, ...]
    text: str
    signature: tuple[Line, ...]  # name and date at its end
    start: int  # the first line behind the title
    first: int  # the line of section one, or the end
    end: int  # the line behind the last


def read_body(lines: Sequence[Line], headings: Sequence[Heading], title_line: int) -> Body:
    """Cut the report out of the page and its text into the sections."""
    start = headings[-1].at + 1 if headings else _first_prose(lines, title_line + 1)
    end = _end(lines, start)
    signed = _signature(lines, start, end)
    kept = [heading for heading in headings if heading.at < end]
    all_sections = _first_copy(
        [
            _section(lines, heading, kept[place + 1].at if place + 1 < len(kept) else signed)
            for place, heading in enumerate(kept)
        ]
    )
    chosen = _last_with_text(all_sections)
    place = _where_it_begins(all_sections, chosen)
    first = kept[place].at if kept else end
    begin = min(title_line + 1, first)
    opening = "\n".join(_opening(lines, begin, first, {heading.at for heading in kept}))
    parts = [opening, *(part for section in all_sections[place:] for part in (section.heading, section.text))]
    return Body(
        opening=opening,
        sections=tuple(chosen),
        headings=tuple(all_sections),
        text="\n".join(part for part in parts if part),
        signature=tuple(lines[signed:end]),
        start=begin,
        first=first,
        end=end,
    )


def _first_copy(sections: list[Section]) -> list[Section]:
    """A page that holds the whole report twice, for the screen and for the telephone, holds one report."""
    half = len(sections) // 2
    one, two = sections[: half - 1], sections[half:-1]
    twice = half >= 3 and len(sections) == 2 * half
    if twice and [(s.number, s.text) for s in one] == [(s.number, s.text) for s in two]:
        return sections[:half]
    return sections


def _where_it_begins(sections: Sequence[Section], chosen: Sequence[Section]) -> int:
    """The first section that counts; a stray heading of the same number before it does not."""
    place = 0
    while place + 1 < len(sections) and sections[place].number == sections[place + 1].number:
        if any(sections[place] is section for section in chosen):
            break
        place += 1
    return place


def _section(lines: Sequence[Line], heading: Heading, end: int) -> Section:
    paragraphs = joined(_told(lines[heading.at + 1 : end], heading.number in _WITH_TABLES))
    if heading.rest:
        paragraphs = [heading.rest, *paragraphs]
    text = "\n".join(paragraph for paragraph in paragraphs if not _is_caption(paragraph, heading))
    return Section(heading.number, heading.heading, text, lines[heading.at].place, heading.printed_number)


def _told(lines: Sequence[Line], with_table: bool) -> list[Line]:
    """What is said between two headings; the cells of a table that came apart say nothing."""
    debris = page().debris
    kept = [line for line in lines if len(line.bare) > _DEBRIS_LENGTH or not debris.fullmatch(line.bare)]
    told = [line for line in kept if "。" in line.text]
    came_apart = len(lines) - len(kept) >= _LOOSE_CELLS or (len(kept) >= _LOOSE_LABELS and not told)
    return told if with_table and came_apart else kept


def _is_caption(paragraph: str, heading: Heading) -> bool:
    """Some reports print the words of the heading once more above the table."""
    return len(paragraph) >= 4 and heading.heading.endswith(paragraph)


def _last_with_text(sections: Sequence[Section]) -> list[Section]:
    chosen: dict[int, Section] = {}
    for section in sections:
        if section.text or section.number not in chosen or not chosen[section.number].text:
            chosen[section.number] = section
    return sorted(chosen.values())


def _opening(lines: Sequence[Line], start: int, first: int, headings: set[int]) -> Iterator[str]:
    kept = [
        line
        for index, line in enumerate(lines[start:first], start)
        if index not in headings and is_prose(line) and not _is_page_head(line)
    ]
    yield from joined(kept)


def _is_page_head(line: Line) -> bool:
    return (
        not line.text.endswith("。")
        and len(line.bare) < 120
        and bool(page().head.match(line.bare) or page().crumb.search(line.bare))
    )


def _first_prose(lines: Sequence[Line], start: int) -> int:
    return next((index for index in range(start, len(lines)) if is_prose(lines[index])), start)


def _end(lines: Sequence[Line], start: int) -> int:
    """The first line of the foot of the page behind the last heading."""
    links = 0
    foot = page().foot
    for index in range(start, len(lines)):
        line = lines[index]
        closed = line.bare.endswith(_SENTENCE_ENDS)
        if len(line.bare) <= _FOOT_LENGTH and not line.text.endswith("。") and foot.match(line.bare):
            return index - links
        short = len(line.bare) <= _LINK_LENGTH and not closed
        links = links + 1 if short else 0
        if links >= _LINKS:
            return index + 1 - links
    return len(lines)


def _signature(lines: Sequence[Line], start: int, end: int) -> int:
    """Where name and date below the last section begin; they belong to no section."""
    for index in range(end - 1, max(start - 1, end - 1 - _SIGNED_WITHIN), -1):
        line = lines[index]
        if is_prose(line):
            break
        text = line.text.strip("（() ）")
        found = DATE.search(text)
        if found is None or found.end() < len(text) or len(text) > _FOOT_LENGTH:
            continue
        before = bare(text[: found.start()])
        if not before:
            return index - (index > start and _may_sign(lines[index - 1].bare))
        if _may_sign(before):
            return index
    return end


def _may_sign(name: str) -> bool:
    return len(name) <= _SIGNED_LENGTH and is_organ(name)


def joined(lines: Sequence[Line]) -> list[str]:
    """Paragraphs, where a sentence that a page end broke is one again."""
    paragraphs: list[list[str]] = []
    open_sentence = False
    for line in lines:
        if open_sentence and not line.after_grid and not line.level and not _NEW_PARAGRAPH.match(line.bare):
            paragraphs[-1].append(line.text)
        else:
            paragraphs.append([line.text])
        open_sentence = (
            not line.level
            and not line.text.endswith(_SENTENCE_ENDS)
            and (len(line.text) >= _BROKEN_LENGTH or (open_sentence and len(line.text) > 4))
        )
    return ["".join(paragraph) for paragraph in paragraphs]
