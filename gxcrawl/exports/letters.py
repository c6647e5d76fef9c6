"""Letters as Word files. The same letter gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gxcrawl.exports.notices import Letter, Line, template
from gxcrawl.exports.workbook import NO_TIME

if TYPE_CHECKING:
    from docx.document import Document

INDENT = 32  # points: two characters
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def write_letters(folder: Path, letters: Iterable[Letter], snapshot: str) -> int:
    """One file for each. Returns how many there were."""
    folder.mkdir()
    count = 0
    for letter in letters:
        (folder / f"{letter.file}.docx").write_bytes(as_docx(letter, snapshot))
        count += 1
    return count


def as_docx(letter: Letter, snapshot: str) -> bytes:
    document = _blank(letter.lines[0].text, snapshot)
    for line in letter.lines:
        _add(document, line)
    saved = io.BytesIO()
    document.save(saved)
    return _without_clock(saved)


def _blank(title: str, snapshot: str) -> Document:
    """A page of A4 in the type of official letters."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), template()["font"])
    moment = datetime.fromisoformat(snapshot or NO_TIME).replace(tzinfo=None)
    about = document.core_properties
    about.author = about.last_modified_by = "gxcrawl"
    about.title, about.comments = title, ""
    about.created = about.modified = moment
    return document


def _add(document: Document, line: Line) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    run = paragraph.add_run(line.text)
    run.bold = line.look in ("title", "heading", "item")
    look = paragraph.paragraph_format
    look.space_after = Pt(4)
    if line.look == "title":
        run.font.size = Pt(20)
        look.alignment, look.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(16)
    elif line.look == "right":
        look.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif line.look != "plain":
        look.first_line_indent = Pt(INDENT)
    look.keep_with_next = line.look in ("heading", "item")


def _without_clock(saved: io.BytesIO) -> bytes:
    """The same file, whenever it was written."""
    timeless = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(timeless, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            entry = zipfile.ZipInfo(member.filename, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(member))
    return timeless.getvalue()
