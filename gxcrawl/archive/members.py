"""The gzip members of a WARC file, one by one. Unlike warcio's reader it tells when a file ends too early."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from gxcrawl.archive.model import ArchiveError, TornError

CHUNK = 64 * 1024
MAX_MEMBER = 256 * 1024 * 1024  # bytes unpacked; the crawl keeps no body that is nearly as long
COMPRESSION = 3  # pages of reports become hardly smaller with more, but cost three times the time

# Nobody needs time and system in gzip's head; as constants they make every changed byte of it a damage.
_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_GZIP = zlib.MAX_WBITS | 16


class Member(NamedTuple):
    offset: int
    length: int  # packed
    data: bytes


def packed(data: bytes | memoryview) -> bytes:
    """A member of its own."""
    packer = zlib.compressobj(COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush()
    return _HEAD + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def members(path: Path, start: int = 0) -> Iterator[Member]:
    """Raises at the first one that is damaged (ArchiveError) or not whole (TornError)."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        offset = start
        while offset < size:
            member = _member(file, offset, path.name)
            yield member
            offset += member.length


class Damage(NamedTuple):
    """A place where a file cannot be read."""

    error: ArchiveError
    is_tail: bool  # nothing readable comes behind it


def walk(path: Path) -> Iterator[Member | Damage]:
    """All members that can be read, and the damages between them."""
    start: int | None = 0
    while start is not None:
        try:
            yield from members(path, start)
            return
        except ArchiveError as error:
            start = _next_record(path, error.offset)
            yield Damage(error, start is None)


def member_at(path: Path, offset: int) -> Member:
    try:
        with path.open("rb") as file:
            return _member(file, offset, path.name)
    except OSError as error:
        raise ArchiveError(path.name, offset, f"the file cannot be read: {error.strerror}") from error


def _next_record(path: Path, after: int) -> int | None:
    """Where the next readable record begins behind a damaged one; None when there is no more."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        offset = after + 1
        while offset < size:
            file.seek(offset)
            chunk = file.read(CHUNK)
            at = chunk.find(_HEAD)
            while at >= 0:
                if _begins_a_record(file, offset + at):
                    return offset + at
                at = chunk.find(_HEAD, at + 1)
            offset += max(1, len(chunk) - len(_HEAD) + 1)
    return None


def _begins_a_record(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    try:
        return zlib.decompressobj(_GZIP).decompress(file.read(1024), 5) == b"WARC/"
    except zlib.error:
        return False


def _member(file: BinaryIO, offset: int, name: str) -> Member:
    file.seek(offset)
    if not _HEAD.startswith(file.read(len(_HEAD))):
        raise ArchiveError(name, offset, "the record is damaged, it does not begin as one of this archive")
    file.seek(offset)
    unpacker = zlib.decompressobj(_GZIP)
    parts: list[bytes] = []
    read = unpacked = 0
    try:
        while not unpacker.eof:
            chunk = unpacker.unconsumed_tail
            if not chunk:
                chunk = file.read(CHUNK)
                read += len(chunk)
            if not chunk:
                raise TornError(name, offset, f"the file ends within this record, after {read} bytes of it")
            parts.append(unpacker.decompress(chunk, 4 * CHUNK))
            unpacked += len(parts[-1])
            if unpacked > MAX_MEMBER:
                raise ArchiveError(name, offset, f"the record is larger than {MAX_MEMBER} bytes")
    except zlib.error as error:
        raise ArchiveError(name, offset, f"the record is damaged, it cannot be unpacked ({error})") from error
    return Member(offset, read - len(unpacker.unused_data), b"".join(parts))
