"""Answers to archive, and the rows that a bundle keeps of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gxcrawl.archive.model import Capture, Located
from gxcrawl.archive.write import ArchiveWriter

THEN = datetime(2026, 1, 20, 10, 44, 0, 123456, tzinfo=UTC)


def capture(number: int = 1, **changes: Any) -> Capture:
    values: dict[str, Any] = {
        "url": f"http://127.0.0.1:8701/shili/c1/202601/c01_{number}.shtml",
        "method": "GET",
        "request_headers": (("User-Agent", "gxcrawl"),),
        "request_body": b"",
        "status": 200,
        "reason": "OK",
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")),
        "body": f"<p>示例县第{number}号报告</p>".encode(),
        "fetched": THEN,
        "ip": "127.0.0.1",
        "kind": "detail",
    }
    return Capture(**(values | changes))


def entered(folder: Path, captures: Sequence[Capture], located: Sequence[Located], revisit: int = 0) -> None:
    """The database of a bundle, as far as the archive looks at it."""
    with closing(sqlite3.connect(folder / "bundle.db")) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS frontier (id INTEGER PRIMARY KEY, method, body)")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS responses (id INTEGER PRIMARY KEY, task, url, method, sha256,"
            ' revisit, warc, "offset", record_length)'
        )
        for item, place in zip(captures, located, strict=True):
            task = connection.execute(
                "INSERT INTO frontier (method, body) VALUES (?, ?)", (item.method, item.request_body.decode())
            ).lastrowid
            connection.execute(
                "INSERT INTO responses VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
                (task, item.url, item.method, place.digest, revisit, place.file, place.offset, place.length),
            )


def archived(folder: Path, captures: Iterable[Capture], **options: Any) -> list[Located]:
    with ArchiveWriter(folder, "shili", software="gxcrawl/test", **options) as writer:
        return [writer.write_response(item) for item in captures]
