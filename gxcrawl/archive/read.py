"""Reads records back. Each is proven by its digests on the way; what does not hold is never returned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from gxcrawl.archive.heads import split_head
from gxcrawl.archive.members import Member, member_at, members
from gxcrawl.archive.model import ArchiveError, RecordKind, Seen, Stored
from gxcrawl.archive.write import ASKED_FOR, METHOD, REQUEST_BODY

_KINDS: dict[str, RecordKind] = {
    "response": "response",
    "revisit": "revisit",
    "request": "request",
    "resource": "resource",
}
_ALGORITHM = "sha256:"


def read_at(path: Path, offset: int) -> Stored:
    stored = stored_of(member_at(path, offset), path.name)
    if stored is None:
        raise ArchiveError(path.name, offset, "here is no request and no response; take the offset of one")
    return stored


def scan(path: Path, start: int = 0) -> Iterator[tuple[int, int, Stored]]:
    """Offset, length and content of each request and response, one in memory at a time."""
    for member in members(path, start):
        stored = stored_of(member, path.name)
        if stored is not None:
            yield member.offset, member.length, stored


def stored_of(member: Member, name: str) -> Stored | None:
    """None: a whole record, but of another kind (warcinfo)."""
    try:
        return _stored(member.data)
    except (ValueError, KeyError) as error:
        raise ArchiveError(name, member.offset, f"the record is damaged: {error}") from error


def _stored(data: bytes) -> Stored | None:
    fields, block = _record(data)
    kind = _KINDS.get(fields["warc-type"])
    if kind is None:
        return None
    digest = _digest(fields["warc-payload-digest"])
    if kind == "resource":
        return _resource(fields, block, digest)
    first, headers, end = split_head(block)
    body = block[end:]
    if kind != "revisit":
        _prove(body, digest)
    status, reason = (0, "") if kind == "request" else _status(first)
    return Stored(
        kind=kind,
        url=fields["warc-target-uri"],
        method=first.partition(" ")[0] if kind == "request" else fields[METHOD.lower()],
        status=status,
        reason=reason,
        headers=headers,
        body=body,
        fetched=datetime.fromisoformat(fields["warc-date"]),
        digest=digest,
        refers_to=_refers_to(fields, digest) if kind == "revisit" else None,
        request_body_digest=digest if kind == "request" else _digest(fields[REQUEST_BODY.lower()]),
        ip=fields.get("warc-ip-address", ""),
        asked_for=fields.get(ASKED_FOR.lower(), ""),
    )


def _resource(fields: dict[str, str], body: bytes, digest: str) -> Stored:
    _prove(body, digest)
    return Stored(
        kind="resource",
        url=fields["warc-target-uri"],
        method="",
        status=0,
        reason="",
        headers=(("Content-Type", fields.get("content-type", "")),),
        body=body,
        fetched=datetime.fromisoformat(fields["warc-date"]),
        digest=digest,
    )


def _prove(body: bytes, digest: str) -> None:
    if sha256(body).hexdigest() != digest:
        raise ValueError("its body does not have the digest that the head tells")


def _record(data: bytes) -> tuple[dict[str, str], bytes]:
    """The fields by their names in lower case, and the block, which has the length and digest it should."""
    version, headers, start = split_head(data)
    if not version.startswith("WARC/1."):
        raise ValueError(f"it begins with {version[:40]!r}, not with WARC/1.1")
    fields = {name.lower(): value for name, value in headers}
    block = data[start : start + int(fields["content-length"])]
    if data[start + len(block) :] != b"\r\n\r\n":
        raise ValueError("its length is not the one that the head tells")
    if sha256(block).hexdigest() != _digest(fields["warc-block-digest"]):
        raise ValueError("it does not have the digest that the head tells")
    return fields, block


def _digest(text: str) -> str:
    if not text.startswith(_ALGORITHM):
        raise ValueError(f"{text[:40]!r} is no digest of the kind {_ALGORITHM}…")
    return text[len(_ALGORITHM) :]


def _status(first: str) -> tuple[int, str]:
    _, status, reason = f"{first}  ".split(" ", 2)
    return int(status), reason.strip()


def _refers_to(fields: dict[str, str], digest: str) -> Seen:
    day = datetime.fromisoformat(fields["warc-refers-to-date"])
    return Seen(fields["warc-refers-to-target-uri"], day, digest)
