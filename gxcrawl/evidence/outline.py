"""The archived bytes of a report, and in them the very cells that evidence rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gxcrawl.documents import UnreadableError, read_document, reread_document
from gxcrawl.documents.origins import Origins, SourcePage, Spot
from gxcrawl.evidence.model import EvidenceCell
from gxcrawl.model import Document

Cells = Sequence[EvidenceCell]
PATIENT = 1_000_000  # bytes of a page; a longer one keeps the patient parsers busy for minutes


class Part(NamedTuple):
    """A page or the lines of a text, and the cells in it: by mark of an element, by number of a line."""

    page: SourcePage | None
    lines: Sequence[str]
    marks: Mapping[str, Cells]
    at_lines: Mapping[int, Cells]


class Source(NamedTuple):
    parts: tuple[Part, ...]
    lost: tuple[EvidenceCell, ...]  # that do not stand where they should; `error` when nothing can be read
    error: str = ""


def find_cells(body: bytes, content_type: str | None, cells: Cells) -> Source:
    """A cell is only found where its text is printed: a reader that has changed may count otherwise."""
    best: tuple[Origins, dict[EvidenceCell, Spot]] | None = None
    try:
        for read in _readers(body, content_type):
            origins = Origins()
            document = read(origins)
            spots = {cell: spot for cell in cells if (spot := _spot(origins, document, cell))}
            if best is None or len(spots) > len(best[1]):
                best = origins, spots
            if document.carrier != "html" or len(spots) == sum(bool(cell.place) for cell in cells):
                break
    except UnreadableError as error:
        return Source((), tuple(cells), error.message)
    origins, spots = best or (Origins(), {})
    return Source(tuple(_parts(origins, spots)), tuple(cell for cell in cells if cell not in spots))


def _readers(body: bytes, content_type: str | None) -> Iterator[Callable[[Origins], Document]]:
    """As the reader does: a page that is broken is read again by more patient parsers."""
    yield lambda origins: read_document(body, content_type=content_type, origins=origins)
    if len(body) > PATIENT:
        return
    yield lambda origins: reread_document(body, parser="lxml", content_type=content_type, origins=origins)
    yield lambda origins: reread_document(body, parser="html5lib", content_type=content_type, origins=origins)


def _spot(origins: Origins, document: Document, cell: EvidenceCell) -> Spot | None:
    raw = _bare(cell.raw.partition(" | ")[0])  # behind it: what a second row of the same name prints
    for spot in origins.spots(document, cell.place):
        printed = _bare(spot.printed) if spot.mark else _bare(origins.texts[spot.part][spot.line - 1])
        if printed == raw or (raw in printed and (raw or spot.line)):  # a blank has no width in a line
            return spot
    return None


def _bare(text: str) -> str:
    return "".join(text.split())


def _parts(origins: Origins, spots: Mapping[EvidenceCell, Spot]) -> Iterator[Part]:
    """Those that hold a cell; the page as a whole where there is none to show."""
    in_pages: dict[int, dict[str, list[EvidenceCell]]] = {}
    in_texts: dict[int, dict[int, list[EvidenceCell]]] = {}
    for cell, spot in spots.items():
        if spot.mark:
            in_pages.setdefault(spot.part, {}).setdefault(spot.mark, []).append(cell)
        else:
            in_texts.setdefault(spot.part, {}).setdefault(spot.line, []).append(cell)
    if not spots:
        in_pages = {0: {}} if origins.pages else {}
        in_texts = {0: {}} if origins.texts and not origins.pages else {}
    for number, marks in sorted(in_pages.items()):
        yield Part(origins.pages[number], (), marks, {})
    for number, at_lines in sorted(in_texts.items()):
        yield Part(None, origins.texts[number], {}, at_lines)
