"""Reports in traditional characters: read in simplified ones, their names and headings told as printed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from gxcrawl.model import Document, Grid, GridCell, Narrative, Paragraph
from gxcrawl.report.lines import bare, fold
from gxcrawl.report.words import more_traditional
from gxcrawl.tables.writing import writing

# 信息公開, 報告: a report in this script has them, and they are quick to find.
_IN_EVERY_REPORT = "開報"


def is_traditional(document: Document) -> bool:
    """Does a word of every report stand there in traditional characters?"""
    text = "\n".join([document.title, *[block.text for block in document.paragraphs]])
    return any(sign in text for sign in _IN_EVERY_REPORT)


@cache
def _simplified_characters() -> dict[int, str]:
    pairs = f"{writing()['traditional']} {more_traditional()}".split()
    return {ord(pair[0]): pair[1] for pair in pairs}


def simplified(text: str) -> str:
    """The text in simplified characters; every one stands where its traditional form stood."""
    return text.translate(_simplified_characters())


def in_simplified(document: Document) -> Document:
    """The same document, its characters simplified."""
    return replace(
        document,
        blocks=tuple(
            block._replace(text=simplified(block.text)) if isinstance(block, Paragraph) else _grid(block)
            for block in document.blocks
        ),
        title=simplified(document.title),
        meta={name: simplified(text) for name, text in document.meta.items()},
    )


def _grid(grid: Grid) -> Grid:
    """A cell that spans several positions stays one cell."""
    cells: dict[int, GridCell] = {
        id(cell): cell._replace(text=simplified(cell.text)) for row in grid.rows for cell in row if cell
    }
    rows = tuple(tuple(cells[id(cell)] if cell else None for cell in row) for row in grid.rows)
    return replace(grid, rows=rows)


def as_printed(narrative: Narrative, document: Document) -> Narrative:
    """Title, names and headings in the characters of the document; the running text stays simplified."""
    texts = [document.title, *document.meta.values(), *(block.text for block in document.paragraphs)]
    texts += [cell.text for grid in document.grids for row in grid.rows for cell in row if cell]
    with_blanks = "".join(map(fold, texts))
    pages = [(simplified(page), page) for page in (with_blanks, bare(with_blanks))]

    def printed(words: str) -> str:
        for plain, page in pages:
            if words and (at := plain.find(words)) >= 0:
                return page[at : at + len(words)]
        return words

    return replace(
        narrative,
        title=printed(narrative.title),
        titles=tuple(map(printed, narrative.titles)),
        organ=printed(narrative.organ) if narrative.organ else None,
        organ_names=tuple(map(printed, narrative.organ_names)),
        sections=tuple(s._replace(heading=printed(s.heading)) for s in narrative.sections),
        headings=tuple(s._replace(heading=printed(s.heading)) for s in narrative.headings),
    )
