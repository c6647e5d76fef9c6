"""A page -> blocks in reading order: the visible tree first, then what scripts would show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from gxcrawl.documents.flow import MAX_TEXT, Entry, Flow, Line, fold, melt_inline
from gxcrawl.documents.hiding import hidings
from gxcrawl.documents.htmltables import HtmlTables
from gxcrawl.documents.printed import print_marks
from gxcrawl.documents.tree import parse
from gxcrawl.model import Grid, Paragraph, Problem
from gxcrawl.problems import problem

if TYPE_CHECKING:
    from gxcrawl.documents.origins import Origins

_FEWEST_CELLS = 20  # a smaller grid is an index card or a menu, no form
_SENTENCE = 80  # characters; labels and titles are shorter
_MAX_LAYERS = 2  # a page in a script may carry its text area, not more


class Page(NamedTuple):
    blocks: tuple[Paragraph | Grid, ...]
    title: str
    meta: Mapping[str, str]
    problems: tuple[Problem, ...]


def read_html(text: str, utf8: bytes = b"", origins: Origins | None = None) -> Page:
    """The page in a text; utf8 is the same text, if at hand."""
    root, problems = parse(text, utf8)
    if root is None:
        return Page((), "", {}, tuple(problems))
    entries, found = _read_entries(root, text, 0, origins)
    return _page(root, entries, (*problems, *found))


def read_tree(root: etree._Element, text: str, origins: Origins | None = None) -> Page:
    """The page in a tree that another parser made of this text."""
    return _page(root, *_read_entries(root, text, 0, origins, melt=False))


def _page(root: etree._Element, entries: Sequence[Entry], problems: Sequence[Problem]) -> Page:
    return Page(_blocks(entries), _title(root), _meta(root), tuple(problems))


def _read_entries(
    root: etree._Element, text: str, layer: int, origins: Origins | None, *, melt: bool = True
) -> tuple[list[Entry], list[Problem]]:
    if origins is not None:
        origins.note_page(root, text)
    print_marks(root)
    hidden = hidings(root, text)
    melted = melt and melt_inline(root, hidden)
    tables = HtmlTables(root, hidden, origins)
    flow = Flow(hidden, tables.read)
    whole = flow.walk(root)
    problems = tables.problems
    if not whole:
        problems.append(problem("D-TRUNCATED", what=f"文字超过 {MAX_TEXT} 字"))
    entries = flow.entries
    if not _has_form(entries):
        # Where a page is kept is told by the elements around it, inline ones too.
        written = parse(text)[0] if melted else root
        inner, found = ([], []) if written is None else _embedded(written, layer, origins)
        entries += inner
        problems += found
        if not inner and written is not None and not layer and _says_nothing(entries):
            inner, found = _article(written, origins)
            entries += inner
            problems += found
    entries, shown = _visible(entries)
    problems += shown
    return entries if _has_form(entries) else _with_line_tables(entries, origins), problems


def _embedded(root: etree._Element, layer: int, origins: Origins | None) -> tuple[list[Entry], list[Problem]]:
    """The largest page kept as text inside this page, when it has the tables that this page lacks."""
    from gxcrawl.documents.embedded import embedded_pages

    best: list[Entry] = []
    problems: list[Problem] = []
    if layer == _MAX_LAYERS:
        return best, problems
    for where, markup in embedded_pages(root):
        inner, found = parse(markup)
        if inner is None:
            continue
        entries, more = _read_entries(inner, markup, layer + 1, origins)
        if _cells(entries) > _cells(best) and _has_form(entries):
            best, problems = entries, [problem("D-EMBEDDED", where=where), *found, *more]
    return best, problems


def _says_nothing(entries: Sequence[Entry]) -> bool:
    """No paragraph that is more than a label; a grid that is no form is an index card."""
    return all(len(entry.text) < _SENTENCE for entry in entries if isinstance(entry, Line))


def _article(root: etree._Element, origins: Origins | None) -> tuple[list[Entry], list[Problem]]:
    """The longest article that a script would show on this page."""
    from gxcrawl.documents.embedded import embedded_articles

    for where, markup in embedded_articles(root)[:1]:
        inner, found = parse(markup)
        if inner is not None:
            entries, more = _read_entries(inner, markup, 1, origins)
            return entries, [problem("D-EMBEDDED", where=where), *found, *more]
    return [], []


def _cells(entries: Sequence[Entry]) -> int:
    return sum(
        len(entry.rows) * len(entry.rows[0]) for entry in entries if isinstance(entry, Grid) and entry.rows
    )


def _has_form(entries: Sequence[Entry]) -> bool:
    """Whether a grid is large enough to be a form. What forms there are is not known here."""
    return any(
        len(entry.rows) > 1 and len(entry.rows) * len(entry.rows[0]) >= _FEWEST_CELLS
        for entry in entries
        if isinstance(entry, Grid)
    )


def _visible(entries: list[Entry]) -> tuple[list[Entry], list[Problem]]:
    """Without the hidden text, unless the page shows no table but hides one, or shows nothing at all."""
    grids = [entry for entry in entries if isinstance(entry, Grid)]
    if grids and all(grid.hidden for grid in grids):
        if not any(isinstance(entry, Line) and entry.hidden for entry in entries):
            # A mark that all grids bear tells nothing: it is the class of the whole page.
            return [
                replace(entry, hidden=False) if isinstance(entry, Grid) else entry for entry in entries
            ], []
        return entries, [problem("D-HIDDEN")]
    visible = [entry for entry in entries if isinstance(entry, Grid) or not entry.hidden]
    if grids or any(isinstance(entry, Line) and entry.text for entry in visible):
        return visible, []
    return entries, []


def _with_line_tables(entries: Sequence[Entry], origins: Origins | None) -> list[Entry]:
    """Tables made of lines (pre, divs, pipes) found in the runs of text between the grids."""
    try:
        from gxcrawl.documents.text import read_lines
    except ImportError:
        return list(entries)
    result: list[Entry] = []
    for is_grid, run in groupby(entries, key=lambda entry: isinstance(entry, Grid)):
        found = list(run)
        if not is_grid:
            texts = [entry.text for entry in found if isinstance(entry, Line)]
            blocks = read_lines(texts, 1)
            grids = [block for block in blocks if isinstance(block, Grid)]
            if origins is not None:
                origins.note_lines(texts, grids)
            if grids:
                found = [
                    block if isinstance(block, Grid) else Line(block.text, block.level) for block in blocks
                ]
        result += found
    return result


def _blocks(entries: Sequence[Entry]) -> tuple[Paragraph | Grid, ...]:
    blocks: list[Paragraph | Grid] = []
    paragraphs = grids = 0
    for entry in entries:
        if isinstance(entry, Grid):
            grids += 1
            blocks.append(entry if entry.number == grids else replace(entry, number=grids))
        elif text := entry.text.strip():
            paragraphs += 1
            blocks.append(Paragraph(text, f"paragraph {paragraphs}", entry.level))
    return tuple(blocks)


def _title(root: etree._Element) -> str:
    for title in root.iter("title"):
        if text := fold(title.text or ""):
            return text
    return ""


def _meta(root: etree._Element) -> dict[str, str]:
    """What the page says about itself; the first of two equal names counts."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("http-equiv")
        content = element.get("content")
        if name and content is not None:
            meta.setdefault(name.strip().lower(), fold(content))
    return meta
