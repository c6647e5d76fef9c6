"""Whoever opens the database in a browser is told what each table and column holds."""

from __future__ import annotations

import re

from gxcrawl.store import Store
from gxcrawl.store.descriptions import descriptions


def test_every_table_and_column_is_described_and_nothing_else(store: Store) -> None:
    tables = [*store.db.table_names(), *store.db.view_names()]
    there = {
        table: {row[1] for row in store.connection.execute(f"PRAGMA table_info({table})")}
        for table in tables
        if not table.startswith(("_", "sqlite_", "section_search_"))
    }
    assert {table: set(told.columns) for table, told in descriptions().items()} == there


def test_descriptions_speak_chinese_first_and_then_english() -> None:
    for table, told in descriptions().items():
        words = [told.about, *(() if table.startswith("figures_") else told.columns.values())]
        assert [text for text in words if not re.match(r".*[\u4e00-\u9fff].*[。；] [A-Za-z0-9]", text)] == []


def test_the_columns_of_figures_are_named_as_the_form_prints_them() -> None:
    columns = descriptions()["figures_2021"].columns
    assert columns["t3_granted_natural_person"].endswith("t3.granted.natural_person")
    assert "予以公开" in columns["t3_granted_natural_person"]
