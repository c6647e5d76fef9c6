"""A stored reading, read back."""

from __future__ import annotations

import sqlite3

from gxcrawl.store.facts import SAID, Facts, facts_of
from gxcrawl.store.packing import values_of


def stored_facts(connection: sqlite3.Connection, report: int) -> Facts:
    query = "SELECT organ, year, form, published, list, vals FROM readings WHERE report = ?"
    *said, cell_list, packed = connection.execute(query, (report,)).fetchone()
    query = "SELECT id FROM cell_names WHERE list = ? ORDER BY position"
    names = [row[0] for row in connection.execute(query, (cell_list,))]
    query = "SELECT number, text FROM sections WHERE report = ? ORDER BY id"
    sections = connection.execute(query, (report,)).fetchall()
    return facts_of(dict(zip(SAID, said, strict=True)), zip(names, values_of(packed), strict=True), sections)
