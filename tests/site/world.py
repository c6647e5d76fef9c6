"""Asks the database of the demo, changes a copy of it, and fills one with what an attacker would print."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.site.conftest import Get, asking

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
HOSTILE_LINK = "javascript:alert(3)"

# Everything that pages show of what portals, files and people said.
_SPOILING = """
UPDATE reports SET title = :text, organ = :text, url = :link, source = :text, published_basis = :text,
  attachments = json_array(json_object('name', :text, 'url', :link));
UPDATE organs SET name = :text;
UPDATE portals SET name = :text;
UPDATE sections SET heading = :text, text = text || :text || report;
UPDATE findings SET message = :text, printed = :text, expected = :text, place = :text;
UPDATE problems SET code = :text, message = :text, place = :text;
UPDATE duties SET reason = :text, rule = :text, published_basis = :text;
UPDATE alerts SET message = :text;
UPDATE listings SET url = :link || :text, scope = :text, stop_reason = :text;
UPDATE runs SET class = :text;
UPDATE readings SET vals = json_replace(vals, '$[0]', json('null')), organ = :text WHERE list IS NOT NULL;
INSERT OR REPLACE INTO cell_notes SELECT report, 0, :text, 'invalid', :text, :text, NULL FROM readings
  WHERE list IS NOT NULL;
INSERT INTO problems (report, code, message, place) SELECT id, :text, :text, :text FROM reports;
INSERT INTO deposits SELECT id, :text, :text, :text, :text, :text, :text FROM runs;
INSERT INTO decisions (mark, "check", decision, comment, who, at)
  SELECT mark, "check", 'confirmed', :text, :text, '2026-02-11' FROM findings
"""


def rows(folder: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "gxcrawl.db")) as connection:
        return connection.execute(query, values).fetchall()


def change(folder: Path, *queries: tuple[str, tuple[object, ...]]) -> Get:
    with closing(sqlite3.connect(folder / "gxcrawl.db")) as connection, connection:
        for query, values in queries:
            connection.execute(query, values)
    return asking(folder / "gxcrawl.db")


def spoiled(folder: Path) -> Get:
    with closing(sqlite3.connect(folder / "gxcrawl.db")) as connection, connection:
        for statement in _SPOILING.split(";"):
            connection.execute(statement, {"text": HOSTILE, "link": HOSTILE_LINK})
    return asking(folder / "gxcrawl.db")
