"""HTTP/1.1 as far as replicas speak it: requests out of bytes, answers into bytes, conditional requests."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from .model import Reply, Request

MOST_HEAD, MOST_BODY = 64 * 1024, 8 * 1024 * 1024
REASONS = {
    200: "OK",
    206: "Partial Content",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    410: "Gone",
    412: "Precondition Failed",
    418: "I'm a teapot",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class NotHttpError(Exception):
    """The bytes are no request."""


def take_request(buffer: bytearray) -> Request | None:
    """The first request of the buffer, taken out of it; None while it is not whole."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        if buffer and not buffer[:1].isalpha():
            raise NotHttpError("no method")  # such as the greeting of TLS
        if len(buffer) > MOST_HEAD:
            raise NotHttpError("the head is too long")
        return None
    first, *lines = buffer[:end].decode("latin-1").split("\r\n")
    parts = first.split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise NotHttpError(f"no request line: {first[:80]!r}")
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > MOST_BODY or "transfer-encoding" in headers:
        raise NotHttpError("a body needs a Content-Length")
    whole = end + 4 + int(length)
    if len(buffer) < whole:
        return None
    body = bytes(buffer[end + 4 : whole])
    del buffer[:whole]
    return Request(parts[0], parts[1], headers, body)


def head_of(reply: Reply, *, length: int | None, keep: bool) -> bytes:
    """`length` None: the end of the connection is the end of the body."""
    lines = [f"HTTP/1.1 {reply.status} {REASONS.get(reply.status, 'Status')}"]
    lines += [f"{name}: {value}" for name, value in reply.headers]
    if length is not None and reply.status != 304:
        lines.append(f"Content-Length: {length}")
    lines.append(f"Connection: {'keep-alive' if keep else 'close'}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def unless_known(request: Request, reply: Reply) -> Reply:
    """304 for a client that has this very answer already."""
    if reply.status != 200 or request.method not in {"GET", "HEAD"}:
        return reply
    have = {name.lower(): value for name, value in reply.headers}
    asked, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    if asked is not None:
        known = have.get("etag", "").removeprefix("W/") in tags(asked) and "etag" in have
    else:
        known = bool(since and "last-modified" in have) and not later(have["last-modified"], str(since))
    if not known:
        return reply
    kept = tuple(pair for pair in reply.headers if pair[0].lower() in {"etag", "last-modified"})
    return Reply(b"", 304, kept, reply.fault)


def tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


def later(one: str, other: str) -> bool:
    return moment(one) > moment(other)


def moment(text: str) -> datetime:
    """A date that cannot be read is the oldest one, so the page is sent again."""
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
