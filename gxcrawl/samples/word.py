"""Word-exported pages of a wanted size, for benchmarks: the words grow, the three tables stay."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from .generate import generate_draft, sample_of
from .layouts import LAYOUT_TABLE
from .layouts.html_clutter import word_paragraph, word_text
from .model import Draft, Line, Page, Sample
from .prose import GUARDED, MANAGED, PLATFORM, PUBLISHED, Writer


def word_page(seed: int, kilobytes: int = 145) -> Sample:
    """A clean report of the form of 2021 as Word saves it, of about so many kilobytes."""
    rng = Random(seed)
    layout = LAYOUT_TABLE["html-word"]
    work = generate_draft(rng, layout, "2021", clean=True)
    space = kilobytes * 1024 - len(word_text(work.draft, Random(seed)).encode())
    draft = lengthen(work.draft, work.writer, space)
    page = Page(word_text(draft, Random(seed)).encode())
    return sample_of(replace(work, draft=draft), page, f"word-{seed}-{kilobytes}.html")


def lengthen(draft: Draft, writer: Writer, space: int) -> Draft:
    """More narrative at the end of section one, until the space is used."""
    more: list[Line] = []
    while space > 0:
        line = Line("".join(writer.pick(kind) for kind in (MANAGED, PUBLISHED, PLATFORM, GUARDED)))
        more.append(line)
        space -= len(word_paragraph(line).encode())
    headings = [
        place
        for place, block in enumerate(draft.blocks)
        if isinstance(block, Line) and block.kind == "heading"
    ]
    place = headings[1]
    return replace(draft, blocks=(*draft.blocks[:place], *more, *draft.blocks[place:]))
