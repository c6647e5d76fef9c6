"""Files that carry a report instead of a page: docx, pdf, images. Small, and valid."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from html.parser import HTMLParser
from xml.sax.saxutils import escape

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "png": "image/png",
}
Rows = list[list[str]]


class Blocks(HTMLParser):
    """The paragraphs of a fragment as texts, its tables as rows of texts, in order."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.blocks: list[str | Rows] = []
        self.words: list[str] = []
        self.rows: Rows | None = None
        self.feed(fragment)
        self.end_paragraph()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "table":
            self.end_paragraph()
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == "td" and self.rows:
            self.rows[-1].append("".join(self.words).strip())
            self.words.clear()
        elif tag == "table" and self.rows is not None:
            self.blocks.append(self.rows)
            self.rows = None
        elif self.rows is None and tag in {"p", "h1", "h2", "h3", "div"}:
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def end_paragraph(self) -> None:
        text = "".join(self.words).strip()
        self.words.clear()
        if text:
            self.blocks.append(text)


def docx(fragment: str) -> bytes:
    """A Word file of a fragment: its paragraphs, and its tables without joined cells."""
    space = "http://schemas.openxmlformats.org/"
    main = f"{space}wordprocessingml/2006/main"
    office = f"{space}officeDocument/2006/relationships/officeDocument"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    body = "".join(word_block(block) for block in Blocks(fragment).blocks)
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{space}package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPES["docx"]}.main+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{space}package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def word_block(block: str | Rows) -> str:
    if isinstance(block, str):
        return f"<w:p><w:r><w:t>{escape(block)}</w:t></w:r></w:p>"
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{word_block(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in block
    )
    return f"<w:tbl>{rows}</w:tbl>"


def pdf(fragment: str) -> bytes:
    """A PDF of the words of a fragment, forty characters a line, on as many pages as it needs."""
    lines = [line for block in Blocks(fragment).blocks for line in pdf_lines(block)]
    sheets = [lines[start : start + 46] for start in range(0, len(lines), 46)] or [[]]
    kids = " ".join(f"{6 + 2 * place} 0 R" for place in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding %s /DescendantFonts [4 0 R] >>"
        % b"/UniGB-UCS2-H",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo 5 0 R /DW 1000 >>",
        b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>",
    ]
    for place, sheet in enumerate(sheets):
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in sheet)
        stream = f"BT /F1 11 Tf 15 TL 60 780 Td\n{shown}ET".encode()
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * place} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    return pdf_file(objects)


def pdf_lines(block: str | Rows) -> list[str]:
    if not isinstance(block, str):
        return ["  ".join(row) for row in block]
    return [block[start : start + 40] for start in range(0, len(block), 40)]


def pdf_file(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    )


def png(shade: int = 200) -> bytes:
    """A grey image of 8 by 8 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    points = zlib.compress((b"\0" + bytes([shade]) * 8) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", points) + chunk(b"IEND", b"")
