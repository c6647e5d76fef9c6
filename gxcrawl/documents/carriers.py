"""What a file is, told from its bytes and its text; names and headers only decide where these do not."""

from __future__ import annotations

import re

_SIGNATURES = (
    (b"%PDF", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word/Excel/WPS 97-2003 文件（doc、xls、wps）"),
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩文件"),
    (b"BZh", "bzip2 压缩文件"),
    (b"\xfd7zXZ\x00", "xz 压缩文件"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"BM", "BMP 图片"),
    (b"II*\x00", "TIFF 图片"),
    (b"MM\x00*", "TIFF 图片"),
    (b"\x7fELF", "程序文件"),
    (b"MZ", "程序文件"),
    (b"SQLite format 3\x00", "SQLite 数据库"),
)
_TEXT_SIGNATURES = frozenset((b"BM", b"MZ", b"BZh", b"GIF8"))  # ordinary letters: more proof is needed
_ZIP_MEMBERS = (
    (b"word/", "Word 文件（docx）"),
    (b"xl/", "Excel 文件（xlsx）"),
    (b"ppt/", "PowerPoint 文件（pptx）"),
    (b"OFD.xml", "OFD 文件"),
    (b"mimetypeapplication/vnd.oasis", "ODF 文件（odt、ods）"),
)
_MHTML = re.compile(rb"\A\s*(?:From:|MIME-Version:)[^\x00]{0,2000}?multipart/related", re.I)
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\f\x0b\x1a\x1b\x00")
_SAMPLE = 8192
_DIRECTORY = 65_536
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|frameset|table|tbody|tr|td|meta|div|script|style|p|span|h[1-6]|ul|ol|li"
    r"|pre|textarea|font|center|form|section|article|ucapcontent)(?:\s[^<>]{0,4000})?/?>",
    re.I,
)
_MARKUP_NAMES = (".html", ".htm", ".shtml", ".xhtml", ".jsp", ".asp", ".aspx", ".php")


def binary_carrier(data: bytes) -> str:
    """The name of the carrier when these bytes are no text; empty when they may be."""
    if data.startswith(b"PK\x03\x04"):
        # The directory of a zip file is at its end.
        parts = data[:_DIRECTORY] + data[-_DIRECTORY:]
        return next((name for mark, name in _ZIP_MEMBERS if mark in parts), "ZIP 压缩包")
    for signature, name in _SIGNATURES:
        if data.startswith(signature) and (signature not in _TEXT_SIGNATURES or _is_binary(data)):
            return name
    if _MHTML.match(data[:4096]):
        return "单一文件网页（mht）"
    return "无法识别的二进制文件" if _is_binary(data) else ""


def _is_binary(data: bytes) -> bool:
    head = data[:_SAMPLE]
    if head[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff") or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    control = len(head) - len(head.translate(None, _CONTROL))
    zeros = head.count(0)
    # Every second byte zero is UTF-16; a few zeros are dirt.
    sides = sorted((head[::2].count(0), head[1::2].count(0)))
    wide = sides[1] > len(head) // 8 and sides[0] <= sides[1] // 8
    return control > len(head) // 50 or (zeros > len(head) // 50 and not wide)


def is_markup(text: str, source: str = "", content_type: str | None = None) -> bool:
    if _MARKUP.search(text):
        return True
    named = "html" in (content_type or "").lower() or source.lower().endswith(_MARKUP_NAMES)
    return named and "<" in text
