"""The door: bytes of any carrier that can be read -> Document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from gxcrawl.documents.carriers import binary_carrier, is_markup
from gxcrawl.documents.charset import Decoded, decode
from gxcrawl.documents.errors import UnreadableError
from gxcrawl.documents.wrapped import page_in_json
from gxcrawl.model import Document
from gxcrawl.problems import problem

if TYPE_CHECKING:
    from gxcrawl.documents.html import Page
    from gxcrawl.documents.origins import Origins

_HEAD = 8192
_NOTHING = b"\0 \t\r\n\f"


def read_document(
    data: bytes, *, source: str = "", content_type: str | None = None, origins: Origins | None = None
) -> Document:
    """Paragraphs and grids of a page or a text. Raises UnreadableError when there is nothing to read.

    `origins` is told where each cell stands in the source.
    """
    decoded = _decode(data, content_type)
    inner = page_in_json(decoded.text)
    if inner is not None:
        found = read_document(inner.encode("utf-8", "replace"), source=source, origins=origins)
        told = problem("D-EMBEDDED", where="JSON")
        return replace(found, problems=(*decoded.problems, told, *found.problems))
    if not is_markup(decoded.text, source, content_type):
        from gxcrawl.documents.text import read_text

        document = read_text(decoded.text, origins)
        return replace(document, problems=decoded.problems + document.problems)
    from gxcrawl.documents.html import read_html

    return _document(read_html(decoded.text, decoded.utf8, origins), decoded)


def reread_document(
    data: bytes,
    *,
    parser: Literal["lxml", "html5lib"],
    content_type: str | None = None,
    origins: Origins | None = None,
) -> Document:
    """The page once more through beautifulsoup4; for pages whose grids did not make sense the first time."""
    from gxcrawl.documents.reread import reread_html

    decoded = _decode(data, content_type)
    return _document(reread_html(decoded.text, parser, origins), decoded)


def _decode(data: bytes, content_type: str | None) -> Decoded:
    if data[:_HEAD].strip(_NOTHING) and (carrier := binary_carrier(data)):
        raise UnreadableError(
            "unreadable", f"这是{carrier}，目前还不能读取这种格式，请改用网页（HTML）或纯文本"
        )
    decoded = decode(data, content_type)
    if not decoded.text or decoded.text.isspace():
        raise UnreadableError("empty", "文件是空的，没有任何文字")
    return decoded


def _document(page: Page, decoded: Decoded) -> Document:
    if not page.blocks and not page.title:
        if page.problems:
            raise UnreadableError("unreadable", "；".join(found.message for found in page.problems))
        raise UnreadableError("empty", "网页中没有可读的文字")
    return Document(page.blocks, "html", page.title, page.meta, decoded.problems + page.problems)
