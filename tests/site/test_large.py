"""What keeps a large database quick: indexes are used, little is asked for, nothing is counted for long."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from gxcrawl.site.alerts.asking import Wanted as WantedAlerts
from gxcrawl.site.alerts.asking import alerts_of
from gxcrawl.site.areas import area_values
from gxcrawl.site.matrix.asking import Wanted, matrix_of
from gxcrawl.site.rankings.asking import Scope, league
from gxcrawl.site.rankings.catalogue import rankings
from gxcrawl.site.search.asking import Wanted as WantedSections
from gxcrawl.site.search.asking import search_of
from tests.site.conftest import Get

AREA = "991301"
WHOLE = re.compile(r"SCAN (organs|duties|reports|findings|sections|figures_\d+)\b(?!.* COVERING INDEX)")
ASKED: dict[str, Callable[[sqlite3.Connection], object]] = {
    "matrix": lambda connection: matrix_of(connection, Wanted(AREA, year=2025)),
    "matrix in one status": lambda connection: matrix_of(connection, Wanted(AREA, status="late", year=2025)),
    "alerts": lambda connection: alerts_of(connection, WantedAlerts(area=AREA)),
    "search": lambda connection: search_of(connection, WantedSections("公开", area=AREA)),
    **{
        f"ranking {by}": lambda connection, one=one: league(  # type: ignore[misc]
            connection, one, Scope(2025, AREA), 20, slice(0, 50)
        )
        for by, one in rankings().items()
    },
}


@pytest.mark.parametrize("what", ASKED)
def test_of_an_area_no_table_of_all_areas_is_gone_through(demo: Path, what: str) -> None:
    heard: list[str] = []
    with closing(sqlite3.connect(demo / "gxcrawl.db")) as connection:
        connection.set_trace_callback(heard.append)
        ASKED[what](connection)
        connection.set_trace_callback(None)
        asked = [one for one in heard if one.lstrip().startswith(("SELECT", "WITH"))]
        plans = [row[3] for one in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {one}")]
    assert asked
    assert not [step for step in plans if WHOLE.match(step)]


def test_an_area_is_all_that_begins_with_its_digits_and_a_portal_only_itself() -> None:
    def lies_in(code: str, area: str) -> bool:
        values = area_values(area)
        return values["first"] <= code < values["beyond"]

    assert lies_in("230112", "230100")
    assert lies_in("230112007", "230112")
    assert not lies_in("230212", "230100")
    assert lies_in("daoli", "daoli")
    assert not lies_in("daoliwai", "daoli")
    assert all(lies_in(code, "") for code in ("", "110000", "daoli"))


def test_the_cells_of_all_reports_are_shown_without_counting_them(get: Get) -> None:
    answer = get("/gxcrawl/cells?state=blank")
    assert answer.status == 302
    assert answer.headers["location"] == "/gxcrawl/cells?state=blank&_nocount=1"
    assert get("/gxcrawl/cells?_nocount=1").status == 200


def test_the_cells_of_one_report_are_counted(get: Get, demo: Path) -> None:
    with closing(sqlite3.connect(demo / "gxcrawl.db")) as connection:
        report, count = connection.execute("SELECT report, count(*) FROM cells GROUP BY 1 LIMIT 1").fetchone()
    answer = get(f"/gxcrawl/cells?report={report}")
    assert answer.status == 200
    assert f"{count} row" in answer.text
