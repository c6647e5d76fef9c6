"""The reports of one organ, year by year, as checks compare them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gxcrawl.checks.across.model import Filed
from gxcrawl.model import Number
from gxcrawl.store.packing import values_of

# Of several reports for one year the first published one counts, so it comes first.
_CURRENT = """
SELECT reports.id, reports.page, reports.version, reports.year, reports.form, reports.title,
  readings.organ_names, readings.list, readings.vals
FROM reports JOIN readings ON readings.report = reports.id
WHERE reports.organ_key = ? AND reports.year IS NOT NULL
  AND reports.current = 1 AND reports.error = '' AND reports.same_as IS NULL
ORDER BY reports.year, coalesce(reports.published, reports.first_seen), reports.id
"""
_NAMES = """
SELECT list, id FROM cell_names WHERE list IN (
  SELECT readings.list FROM reports JOIN readings ON readings.report = reports.id WHERE reports.organ_key = ?
) ORDER BY list, position
"""
_INFERRED = """
SELECT cell_notes.report, cell_notes.position FROM reports JOIN cell_notes ON cell_notes.report = reports.id
WHERE reports.organ_key = ? AND reports.current = 1 AND cell_notes.state = 'inferred'
"""
_TEXTS = """
SELECT sections.report, sections.number, sections.text
FROM reports JOIN sections ON sections.report = reports.id
WHERE reports.organ_key = ? AND reports.current = 1 ORDER BY sections.id
"""
_FIRST_VERSION = """
SELECT readings.list, readings.vals FROM reports JOIN readings ON readings.report = reports.id
WHERE reports.page = ? AND reports.year = ? AND reports.organ_key = ?
  AND reports.current = 0 AND reports.error = ''
ORDER BY reports.first_seen, reports.id LIMIT 1
"""

Lists = Mapping[int | None, Sequence[str]]  # names of cells that reports share, in their order


class _Row(NamedTuple):
    report: int
    page: int
    version: int
    year: int
    form: str | None
    title: str
    organ_names: str
    list: int | None
    vals: str


def filed_of(connection: sqlite3.Connection, organ_key: str) -> dict[int, Filed]:
    """Year -> report: the current version of each, readable, under the address that was known first."""
    rows: dict[int, _Row] = {}
    for row in map(_Row._make, connection.execute(_CURRENT, (organ_key,))):
        rows.setdefault(row.year, row)
    if not rows:
        return {}
    lists, texts = _lists(connection, organ_key), _texts(connection, organ_key)
    inferred = _inferred(connection, organ_key)
    filed: dict[int, Filed] = {}
    for year, row in rows.items():
        names = lists.get(row.list, ())
        values = _values(names, row.vals)
        before = _as_published(connection, organ_key, row, lists) if row.version > 1 else {}
        corrected = any(name in values and values[name] != value for name, value in before.items())
        filed[year] = Filed(
            row.report,
            year,
            row.form,
            values,
            inferred=frozenset(names[position] for position in inferred.get(row.report, ())),
            texts=texts.get(row.report, {}),
            title=row.title,
            organ_names=tuple(json.loads(row.organ_names)),
            corrected=corrected,
            as_published=before if corrected else {},
        )
    return filed


def _lists(connection: sqlite3.Connection, organ_key: str) -> Lists:
    lists: defaultdict[int | None, list[str]] = defaultdict(list)
    for number, name in connection.execute(_NAMES, (organ_key,)):
        lists[number].append(name)
    return lists


def _inferred(connection: sqlite3.Connection, organ_key: str) -> Mapping[int, Sequence[int]]:
    positions: defaultdict[int, list[int]] = defaultdict(list)
    for report, position in connection.execute(_INFERRED, (organ_key,)):
        positions[report].append(position)
    return positions


def _texts(connection: sqlite3.Connection, organ_key: str) -> Mapping[int, Mapping[int, str]]:
    texts: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for report, number, text in connection.execute(_TEXTS, (organ_key,)):
        before = texts[report].get(number)
        texts[report][number] = text if before is None else f"{before}\n{text}"
    return texts


def _as_published(
    connection: sqlite3.Connection, organ_key: str, row: _Row, lists: Lists
) -> Mapping[str, Number]:
    """The numbers of the first version that could be read."""
    first = connection.execute(_FIRST_VERSION, (row.page, row.year, organ_key)).fetchone()
    return _values(lists.get(first[0], ()), first[1]) if first else {}


def _values(names: Sequence[str], packed: str) -> dict[str, Number]:
    return {name: value for name, value in zip(names, values_of(packed), strict=True) if value is not None}
