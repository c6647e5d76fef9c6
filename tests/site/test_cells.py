"""From a row of a saved query its report, its finding and its organ are one click away."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from gxcrawl.site.cells import FINDING, ORGAN, REPORTS, YEAR
from gxcrawl.site.metadata.build import queries
from tests.site.conftest import ROOT, Get, asking


@pytest.fixture
def get_query(demo: Path) -> Get:
    described = json.loads((ROOT / "datasette-metadata.json").read_text(encoding="utf-8"))
    return asking(demo / "gxcrawl.db", metadata=described)


def test_the_columns_are_those_of_the_saved_queries() -> None:
    asked = "".join(query.sql for query in queries())
    assert all(f'AS "{name}"' in asked for name in (*REPORTS, FINDING, ORGAN, YEAR))


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("failed_identities", r"/report/\d+"),
        ("failed_identities", r"/finding/\d+"),
        ("changed", r"/report/\d+"),
        ("not_published", r"/organ/[^/]+/2025"),
        ("nobody_can_tell", r"/organ/[^/]+/2025"),
    ],
)
def test_what_a_row_names_has_a_page(get_query: Get, query: str, address: str) -> None:
    page = get_query(f"/gxcrawl/{query}").text
    found = re.search(f'<a href="({address})">', page)
    assert found is not None
    assert get_query(found[1]).status == 200


def test_nothing_else_becomes_a_link(get_query: Get) -> None:
    sql = urlencode({"sql": f"""SELECT '<b>' AS "{ORGAN}", 'x' AS "{FINDING}", 1 AS report"""})
    page = get_query(f"/gxcrawl?{sql}").text
    assert "&lt;b&gt;" in page
    assert 'href="/organ/' not in page
    assert 'href="/report/' not in page
