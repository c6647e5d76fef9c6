"""Bytes -> text. Declarations of government pages are often wrong, so what decodes strictly comes first."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from gxcrawl.model import Problem
from gxcrawl.problems import problem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta\s|\?xml\s)[^<>]{0,500}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_UTF8_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_HEAD = 4096
# A GB page read as UTF-8 is broken in every second character; a UTF-8 page with a damaged byte hardly at all.
_TOLERATED_DAMAGE = 0.02
# Single-byte Western names decode anything, so they prove nothing about a Chinese page.
_PROVE_NOTHING = ("iso-8859", "windows-125", "macintosh", "x-mac", "x-user-defined", "replacement")


class Decoded(NamedTuple):
    text: str
    charset: str
    problems: tuple[Problem, ...] = ()
    utf8: bytes = b""  # the text as it came, when it came in sound UTF-8


def decode(data: bytes, content_type: str | None = None) -> Decoded:
    """By mark, as strict or hardly damaged UTF-8, as declared, as GB18030; with replacements only last."""
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], charset)
    if wide := _wide_without_mark(data[:_HEAD]):
        return _lenient(data, wide)
    try:
        utf8 = data.replace(b"\0", b"")
        return Decoded(utf8.decode("utf-8"), "utf-8", utf8=utf8)
    except UnicodeDecodeError:
        data = _without_surrogates(data)
    if _looks_like_utf8(data):
        return _lenient(data, "utf-8")
    candidates = [*_declared(data, content_type), "gb18030"]
    for charset in candidates:
        try:
            return Decoded(_clean(data.decode(charset)), charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return min(
        (_lenient(data, charset) for charset in candidates), key=lambda decoded: decoded.text.count("\ufffd")
    )


def _lenient(data: bytes, charset: str) -> Decoded:
    text = _clean(data.decode(charset, "replace"))
    damaged = text.count("\ufffd")
    if not damaged:
        return Decoded(text, charset)
    place = f"character {text.index(chr(0xFFFD)) + 1}"
    return Decoded(text, charset, (problem("D-BYTES", place, charset=charset, count=damaged),))


def _looks_like_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    wide = sum(map(len, re.findall("[\u0800-\ufffc]+", text)))
    damaged = text.count("\ufffd")
    # One damaged end is what a download cut in the middle of a character leaves.
    return wide > 0 and damaged <= max(1 if wide >= 10 else 0, wide * _TOLERATED_DAMAGE)


def _without_surrogates(data: bytes) -> bytes:
    """Without the halves of characters that some programs write one by one, if the rest is UTF-8."""
    rest = _UTF8_SURROGATE.sub(b"", data)
    return rest if len(rest) < len(data) and _looks_like_utf8(rest) else data


def _wide_without_mark(head: bytes) -> str:
    """UTF-16 shows by the zeros of its tags and digits: nearly all of them on one side."""
    first, second = head[::2].count(0), head[1::2].count(0)
    if max(first, second) <= len(head) // 8 or min(first, second) > max(first, second) // 8:
        return ""
    return "utf-16-be" if first > second else "utf-16-le"


def _declared(data: bytes, content_type: str | None) -> list[str]:
    """Codecs named by the HTTP header, then by the page, in the meaning the web gives to the names."""
    import webencodings

    names = [match[1] for match in [_HEADER.search(content_type or "")] if match]
    names += [match.decode("ascii") for match in _DECLARED.findall(data[:_HEAD])]
    found = []
    for name in names:
        encoding = webencodings.lookup(name)
        if encoding is None or encoding.name.startswith(_PROVE_NOTHING):
            continue
        charset = "gb18030" if encoding.name in ("gbk", "gb18030") else encoding.codec_info.name
        if charset not in found and not charset.startswith(("utf-8", "utf-16")):
            found.append(charset)
    return found


def _clean(text: str) -> str:
    if "\0" not in text and not _has_surrogate(text):
        return text
    return _NOT_TEXT.sub("", text)


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
