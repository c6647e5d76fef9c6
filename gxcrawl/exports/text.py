"""Text from the crawl, made harmless for the program that will open it. Pure."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

LONGEST = 32_767  # what a cell of Excel holds, in units of UTF-16
LONGEST_LINK = 2_000
LONGEST_NAME = 100  # bytes of a file's name in UTF-8, without its ending

# What XML cannot hold, and no text needs.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What a spreadsheet may compute, in the wide characters of China, too. A number or a lone sign is harmless.
_FORMULA = re.compile(r"[=@＝＠\t\r\n]|[+\-＋－](?![\d.,%]*$)")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.I)


def readable(text: str, longest: int = LONGEST) -> str:
    """Without characters that no file can hold, and cut with … where it is too long."""
    clean = _NO_TEXT.sub("\ufffd", text)
    if len(clean) * 2 <= longest or _width(clean) <= longest:
        return clean
    short = clean[: longest - 1]
    while _width(short) > longest - 1:
        short = short[: len(short) - max(1, (_width(short) - longest + 1) // 2)]
    return short + "…"


def _width(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def inert(text: str) -> str:
    """For CSV: text that a spreadsheet would compute gets an apostrophe before it.

    So does text that has one already: whoever takes one apostrophe away has exactly what was there.
    """
    return f"'{text}" if text.startswith("'") or _FORMULA.match(text) else text


def is_web_address(text: str) -> bool:
    """Whether it may become a link that can be clicked on."""
    if len(text) > LONGEST_LINK or re.search(r"[\s\"<>\\^`{|}]", text) or _NO_TEXT.search(text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


def file_name(text: str) -> str:
    """A name that every system takes for a file in this folder, and that says the same."""
    visible = "".join(sign if unicodedata.category(sign)[0] != "C" else "_" for sign in text)
    name = re.sub(r'[<>:"/\\|?*]+', "_", unicodedata.normalize("NFC", visible))
    name = name.encode()[:LONGEST_NAME].decode(errors="ignore").strip(" .")
    return f"_{name}" if not name or _RESERVED.fullmatch(name) else name
