"""What a fair observer would say where a page, a list or a date can be read in two ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gxcrawl.review import check
from gxcrawl.store import Store
from tests.store.made_bundles import Run, Said

LIST, OTHER_LIST = "http://shili.example/list", "http://shili.example/2025n/"
FINANCE, SCHOOLS = "示例县财政局", "示例县教育局"
FEBRUARY = date(2026, 2, 3)
GONE = Said(status=404, failure="not-found", task="failed")
Take = Callable[[Run], None]


def report(text: str, organ: str | None, year: int | None, **more: object) -> Said:
    return Said(text, organ=organ, year=year, **more)  # type: ignore[arg-type]


OLD = {"f24": report("财政", FINANCE, 2024), "e24": report("教育", SCHOOLS, 2024)}


def status(store: Store, organ: str = SCHOOLS, year: int = 2025) -> str:
    query = "SELECT duties.status FROM duties JOIN organs ON key = organ WHERE organs.name = ? AND year = ?"
    row = store.connection.execute(query, (organ, year)).fetchone()
    return str(row[0]) if row else "none"


def codes(store: Store) -> set[str]:
    return {
        row[0] for row in store.connection.execute('SELECT "check" FROM findings WHERE "check" LIKE \'P-%\'')
    }


def run(day: str, pages: dict[str, Said], *, listed: list[str] | None = None, **more: object) -> Run:
    return Run(day, lists={LIST: listed if listed is not None else list(pages)}, pages=pages, **more)  # type: ignore[arg-type]


def test_a_report_whose_year_nobody_could_read_may_be_the_one_that_is_sought(
    store: Store, take: Take
) -> None:
    take(run("2026-02-02", {**OLD, "x": report("新", SCHOOLS, None)}))
    check(store, FEBRUARY)
    assert (status(store), status(store, FINANCE)) == ("unknown", "missing")


def test_a_title_that_is_put_right_changes_neither_day_nor_year(store: Store, take: Take) -> None:
    take(run("2026-01-20", {**OLD, "x": report("新", SCHOOLS, 2024)}))
    take(run("2026-02-02", {**OLD, "x": Said("新", organ=SCHOOLS, year=2025, body=b"new title")}))
    check(store, FEBRUARY)
    assert status(store) == "on_time"
    assert codes(store) & {"P-LATE", "P-BACKDATED", "P-GONE"} == set()


def test_a_page_that_now_shows_another_report_is_no_report_withdrawn(store: Store, take: Take) -> None:
    take(run("2026-01-20", {"page": report("旧", SCHOOLS, 2024)}))
    take(run("2026-02-02", {"page": report("新", SCHOOLS, 2025)}))
    check(store, FEBRUARY)
    assert status(store, year=2024) != "withdrawn"
    assert "P-GONE" not in codes(store)


def test_a_report_of_another_organ_behind_the_row_of_this_one_is_not_missing(
    store: Store, take: Take
) -> None:
    take(run("2026-02-02", {**OLD, "x": report("新", FINANCE, 2025)}))
    with store.writing() as connection:
        title = f"{SCHOOLS}2025年政府信息公开工作年度报告"
        connection.execute("UPDATE pages SET title = ? WHERE key = 'x'", (title,))
    check(store, FEBRUARY)
    assert status(store) == "unreadable"


def test_bundles_that_are_taken_in_late_prove_nothing_against_themselves(store: Store, take: Take) -> None:
    take(run("2026-01-10", OLD))
    new = {**OLD, "x": report("新", SCHOOLS, 2025)}
    take(run("2026-02-10", new))
    take(run("2026-02-02", new))
    check(store, date(2026, 2, 10))
    assert status(store) == "date_unknown"
    assert "P-LATE" not in codes(store)


def test_nobody_owes_a_year_of_which_the_portal_has_no_report_at_all(store: Store, take: Take) -> None:
    take(run("2026-02-02", OLD))
    with store.writing() as connection:
        connection.execute("UPDATE organs SET status = 'registered', valid_from = '1990-01-01'")
    check(store, FEBRUARY)
    assert status(store, year=2015) == "unknown"
    assert status(store) == "missing"


def test_an_organ_that_ended_before_the_due_day_owes_nothing(store: Store, take: Take) -> None:
    take(run("2026-02-02", OLD))
    with store.writing() as connection:
        key = connection.execute("SELECT key FROM organs WHERE name = ?", (SCHOOLS,)).fetchone()[0]
        event = (
            "INSERT INTO organ_events (organ, kind, day, source) VALUES (?, 'abolished', '2026-01-10', '')"
        )
        connection.execute(event, (key,))
    check(store, FEBRUARY)
    assert status(store) == "exempt"


def test_a_check_of_an_earlier_day_closes_no_alert(store: Store, take: Take) -> None:
    alerts = "SELECT kind, state FROM alerts WHERE stream = 'organ' ORDER BY id"
    take(run("2026-02-02", OLD))
    check(store, FEBRUARY)
    before = store.connection.execute(alerts).fetchall()
    check(store, date(2025, 12, 20))
    assert store.connection.execute(alerts).fetchall() == before
    check(store, FEBRUARY)
    assert status(store) == "missing"
    assert store.connection.execute(alerts).fetchall() == before


def test_a_page_that_was_put_back_after_a_day_was_never_gone(store: Store, take: Take) -> None:
    take(run("2026-01-20", {**OLD, "x": report("新", SCHOOLS, 2025)}))
    take(run("2026-01-21", {**OLD, "x": GONE}, listed=["f24", "e24"]))
    check(store, date(2026, 1, 21))
    assert status(store) == "on_time"
    take(run("2026-01-22", {**OLD, "x": report("新", SCHOOLS, 2025)}))
    check(store, date(2026, 1, 22))
    assert status(store) == "on_time"
    assert "P-GONE" not in codes(store)
