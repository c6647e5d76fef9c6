"""What goes into the archive and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

Headers = tuple[tuple[str, str], ...]
Profile = Literal["identical-payload-digest", "server-not-modified"]
RecordKind = Literal["response", "revisit", "request", "resource"]
WITH_BODY: tuple[RecordKind, ...] = ("response", "resource")


class ArchiveError(Exception):
    """Raised with file, offset and a sentence on what is wrong there."""

    def __init__(self, file: str, offset: int, message: str) -> None:
        super().__init__(f"{file} at {offset}: {message}")
        self.file = file
        self.offset = offset
        self.message = message


class TornError(ArchiveError):
    """The file ends before its last record does."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of the network, as it is to be kept."""

    url: str
    method: str
    request_headers: Headers
    request_body: bytes
    status: int
    reason: str
    headers: Headers  # as received
    body: bytes  # already decoded: whatever Content-Encoding said has been undone
    fetched: datetime  # with its zone
    ip: str = ""  # "" when it is not known
    kind: str = ""  # what was asked for: listing, detail, attachment, robots ...


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that no server answered with: somebody saved it."""

    url: str
    content_type: str
    body: bytes
    added: datetime  # with its zone
    about: Headers  # who saved it, when and where from


class Seen(NamedTuple):
    """An earlier capture with the same body."""

    url: str
    fetched: datetime
    digest: str


class Located(NamedTuple):
    """Where a record lies. The digest is the SHA-256 of the body in hexadecimal digits."""

    file: str  # name within the bundle's folder
    offset: int
    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A record of the archive. A request and a resource have no status, a revisit has no body of its own."""

    kind: RecordKind
    url: str
    method: str
    status: int
    reason: str
    headers: Headers
    body: bytes
    fetched: datetime
    digest: str  # of the body; in a revisit that of the body it refers to
    refers_to: Seen | None = None
    request_body_digest: str = ""
    ip: str = ""
    asked_for: str = ""  # Capture.kind
