"""Writes WARC files: one gzip member for each record, and nothing returned before the system has it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from gxcrawl.archive.heads import as_bytes, ascii_url, clean, for_decoded, head, one_line, target, token
from gxcrawl.archive.members import packed
from gxcrawl.archive.model import Capture, Located, Profile, Resource, Seen

WARC_VERSION = "WARC/1.1"  # 1.0 has no fractions of a second
PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
MAX_BYTES = 512 * 1024 * 1024

# Fields of our own, so that a response tells by itself what was asked.
METHOD, REQUEST_BODY, ASKED_FOR = "Gxcrawl-Method", "Gxcrawl-Request-Body-Digest", "Gxcrawl-Asked-For"


class ArchiveWriter:
    """Appends to a file of its own; those of earlier writers are never touched."""

    def __init__(self, folder: Path, prefix: str, *, max_bytes: int = MAX_BYTES, software: str) -> None:
        self._folder = folder
        self._prefix = prefix
        self._max_bytes = max_bytes
        self._software = software
        self._file: io.FileIO | None = None
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def write_response(self, capture: Capture) -> Located:
        headers = for_decoded(clean(capture.headers), len(capture.body))
        block = head(f"HTTP/1.1 {capture.status} {capture.reason}", headers) + capture.body
        digest = sha256(capture.body).hexdigest()
        return self._write(capture, "response", block, {"WARC-Payload-Digest": f"sha256:{digest}"}, digest)

    def write_revisit(self, capture: Capture, refers_to: Seen, profile: Profile) -> Located:
        """A body that is in the archive already: only the heads are kept."""
        headers = clean(capture.headers)
        if profile == "identical-payload-digest":
            if sha256(capture.body).hexdigest() != refers_to.digest:
                raise ValueError(
                    f"the body of {capture.url} is not that of {refers_to.digest}; write a response"
                )
            headers = for_decoded(headers, len(capture.body))
        fields = {
            "WARC-Payload-Digest": f"sha256:{refers_to.digest}",
            "WARC-Profile": PROFILES + profile,
            "WARC-Refers-To-Target-URI": ascii_url(refers_to.url),
            "WARC-Refers-To-Date": warc_date(refers_to.fetched),
        }
        block = head(f"HTTP/1.1 {capture.status} {capture.reason}", headers)
        return self._write(capture, "revisit", block, fields, refers_to.digest)

    def write_resource(self, resource: Resource) -> Located:
        """Behind it stands a record of its own that says where the file is from."""
        resource_id, digest = _new_id(), sha256(resource.body).hexdigest()
        shared = {"WARC-Target-URI": ascii_url(resource.url), "WARC-Date": warc_date(resource.added)}
        payload = {"WARC-Record-ID": resource_id, "WARC-Payload-Digest": f"sha256:{digest}"}
        record = _member("resource", resource.body, payload | shared, one_line(resource.content_type))
        about = "".join(f"{name}: {value}\r\n" for name, value in clean(resource.about))
        ids = {"WARC-Record-ID": _new_id(), "WARC-Concurrent-To": resource_id}
        metadata = _member("metadata", as_bytes(about), ids | shared)
        file, start = self._append(record + metadata)
        return Located(file, start, len(record), digest)

    def _write(
        self, capture: Capture, kind: str, block: bytes, fields: Mapping[str, str], digest: str
    ) -> Located:
        """The request goes first, and both in one piece: a response in the archive has its request there."""
        response_id = _new_id()
        shared = {"WARC-Target-URI": ascii_url(capture.url), "WARC-Date": warc_date(capture.fetched)}
        if ip := _address(capture.ip):
            shared["WARC-IP-Address"] = ip
        request_digest = sha256(capture.request_body).hexdigest()
        request = _member(
            "request",
            _request_block(capture),
            {
                "WARC-Record-ID": _new_id(),
                "WARC-Concurrent-To": response_id,
                "WARC-Payload-Digest": f"sha256:{request_digest}",
                **shared,
            },
        )
        own = {
            METHOD: token(capture.method),
            REQUEST_BODY: f"sha256:{request_digest}",
        }
        if capture.kind:
            own[ASKED_FOR] = token(capture.kind)
        response = _member(kind, block, {"WARC-Record-ID": response_id, **shared, **fields, **own})
        file, start = self._append(request + response)
        return Located(file, start + len(request), len(response), digest)

    def _append(self, data: bytes) -> tuple[str, int]:
        """File name and offset. What could not be written whole is taken back."""
        file = self._current()
        start = self._size
        try:
            written = 0
            while written < len(data):
                written += file.write(memoryview(data)[written:]) or 0
        except OSError:
            self._take_back(file, start)
            raise
        self._size = start + len(data)
        return Path(str(file.name)).name, start

    def _take_back(self, file: io.FileIO, start: int) -> None:
        """If this fails too, a torn record stays; the next one goes to a file of its own in any case."""
        with suppress(OSError):
            file.truncate(start)
        self.close()
        if start == 0:
            with suppress(OSError):
                Path(str(file.name)).unlink()

    def _current(self) -> io.FileIO:
        if self._file is not None and self._size >= self._max_bytes:
            self.close()
        if self._file is None:
            path = self._next_path()
            self._file = io.FileIO(path, "x")
            self._size = 0
            self._append(_warcinfo(path.name, self._software))
        return self._file

    def _next_path(self) -> Path:
        """One number above the highest: a gap that a removed file left is not filled."""
        self._folder.mkdir(parents=True, exist_ok=True)
        pattern = re.compile(re.escape(self._prefix) + r"-([0-9]{5,})\.warc\.gz")
        found = [match for path in self._folder.iterdir() if (match := pattern.fullmatch(path.name))]
        number = max((int(match[1]) for match in found), default=0) + 1
        return self._folder / f"{self._prefix}-{number:05}.warc.gz"


def warc_date(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("the archive needs times with a zone; use datetime.now(UTC)")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _request_block(capture: Capture) -> bytes:
    host, path = target(ascii_url(capture.url))
    headers = clean(capture.request_headers)
    if not any(name.lower() == "host" for name, _ in headers):
        headers = (("Host", host), *headers)
    return head(f"{token(capture.method)} {path} HTTP/1.1", headers) + capture.request_body


def _warcinfo(name: str, software: str) -> bytes:
    fields = as_bytes(f"software: {one_line(software)}\r\nformat: WARC File Format 1.1\r\n")
    return _member(
        "warcinfo",
        fields,
        {
            "WARC-Record-ID": _new_id(),
            "WARC-Filename": name,
            "WARC-Date": warc_date(datetime.now(UTC)),
        },
    )


def _member(kind: str, block: bytes, fields: Mapping[str, str], content_type: str = "") -> bytes:
    """warcio lays the record out; the packing is ours, since warcio's is always the slowest one."""
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]
    from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
    from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

    block_digest = f"sha256:{sha256(block).hexdigest()}"
    headers = StatusAndHeaders(
        "", [("WARC-Type", kind), *fields.items(), ("WARC-Block-Digest", block_digest)], WARC_VERSION
    )
    plain = io.BytesIO()
    head_only = _HeadOnly(block) if kind == "revisit" else None
    rest = io.BytesIO(b"" if head_only else block)
    told = content_type or WARCWriter.WARC_RECORDS[kind]
    record = ArcWarcRecord("warc", kind, headers, rest, head_only, told, len(block), payload_length=0)
    WARCWriter(plain, gzip=False, warc_version=WARC_VERSION).write_record(record)
    return packed(plain.getbuffer())


class _HeadOnly:
    """The block of a revisit: warcio asks for it as a head of HTTP, since it writes nothing else of one."""

    def __init__(self, block: bytes) -> None:
        self.headers_buff = block

    def compute_headers_buffer(self, _header_filter: object) -> None:
        """It is made already."""


def _new_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return ""
