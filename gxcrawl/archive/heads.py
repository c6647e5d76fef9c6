"""The heads of HTTP messages and WARC records as bytes: nothing a portal sends may break out of its line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from gxcrawl.archive.model import Headers

KEPT_AS = "X-Archive-Orig-"  # the custom of web archives for a header that no longer holds
OF_THE_WIRE = ("content-encoding", "transfer-encoding", "content-length")

_NOT_A_TOKEN = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")
_LINE_BREAKS = re.compile(r"[\r\n\0]+")
_WEB = re.compile(r"https?:(?=//)", re.IGNORECASE)
_URI_SIGNS = "%!#$&'()*+,/:;=?@[]~-._|^`{}\\"


def ascii_url(url: str) -> str:
    """An address as it goes over the wire, and into the head of a record."""
    if not _WEB.match(url):
        raise ValueError(f"{url[:200]!r} is no address of the web; only http:// and https:// can be archived")
    scheme, _, rest = url.partition(":")
    return f"{scheme.lower()}:{quote(rest, safe=_URI_SIGNS, errors='surrogatepass')}"


def target(url: str) -> tuple[str, str]:
    """Host, and what a request line asks it for."""
    rest = url.partition("//")[2].partition("#")[0]
    authority = re.split(r"[/?]", rest, maxsplit=1)[0]
    path = rest[len(authority) :]
    return authority.rpartition("@")[2], path if path.startswith("/") else f"/{path}"


def clean(headers: Iterable[tuple[str, str]]) -> Headers:
    """Names that are names, values on one line; everything else is kept."""
    return tuple((token(name), one_line(value)) for name, value in headers)


def token(text: str) -> str:
    return _NOT_A_TOKEN.sub("_", text) or "_"


def one_line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text).strip(" \t")


def for_decoded(headers: Headers, length: int) -> Headers:
    """The headers of a body that was unpacked: true ones instead of those that told of the wire."""
    kept = tuple((KEPT_AS * (name.lower() in OF_THE_WIRE) + name, value) for name, value in headers)
    return (*kept, ("Content-Length", str(length)))


def head(first_line: str, headers: Headers) -> bytes:
    lines = [one_line(first_line), *(f"{name}: {value}" for name, value in headers), "", ""]
    return as_bytes("\r\n".join(lines))


def as_bytes(text: str) -> bytes:
    """UTF-8. Bytes that were none when they were decoded become the same bytes again."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def split_head(data: bytes, start: int = 0) -> tuple[str, Headers, int]:
    """First line, headers, and where the rest begins. ValueError: it is no head."""
    end = data.find(b"\r\n\r\n", start)
    if end < 0:
        raise ValueError("the head has no end")
    first, *lines = data[start:end].decode("utf-8", "surrogateescape").split("\r\n")
    headers = []
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"{line[:80]!r} in the head is no header")
        headers.append((name, value.strip(" \t")))
    return first, tuple(headers), end + 4
