"""The tables of sentences are in step with the reports, whatever comes, changes and goes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from town import Town, sentence, some, words

import gxcrawl.sameness
from gxcrawl.sameness.limits import Limits
from gxcrawl.store import open_store

CLEAR = (
    "DELETE FROM sentences",
    "DELETE FROM sentence_lists",
    "INSERT INTO stale_texts SELECT id FROM reports",
)


def held(town: Town, report: int) -> int:
    """Sentences of a report in the index."""
    query = "SELECT count(*) FROM sentences WHERE report = ?"
    count: int = town.connection.execute(query, (report,)).fetchone()[0]
    return count


def test_a_version_that_is_replaced_is_forgotten(town: Town) -> None:
    old = town.add(some(0))
    town.check()
    new = town.add(some(5, 9), page=town.page_of(old))
    town.check()
    assert (held(town, old), held(town, new)) == (0, 9)
    assert town.said[old].remarks == ()


def test_a_new_reading_of_the_same_version_leaves_nothing_of_the_last_one(town: Town) -> None:
    report = town.add(some(0))
    town.check()
    town.connection.execute("UPDATE sections SET text = ? WHERE report = ?", (words(77), report))
    town.connection.execute("INSERT INTO stale_texts VALUES (?)", (report,))
    town.check()
    assert held(town, report) == 1


@pytest.mark.parametrize(("column", "value"), [("error", "unreadable"), ("year", None), ("current", 0)])
def test_a_report_that_cannot_be_read_any_more_is_forgotten(town: Town, column: str, value: object) -> None:
    report = town.add(some(0))
    town.check()
    town.update(report, column, value)
    town.check()
    assert held(town, report) == 0


def test_the_same_report_elsewhere_takes_the_place_of_one_that_goes(town: Town) -> None:
    first = town.add(some(0))
    copies = [town.add(some(0), same_as=first) for _ in range(2)]
    town.check()
    assert [held(town, report) for report in (first, *copies)] == [12, 0, 0]
    town.add(some(50), page=town.page_of(first))
    town.check()
    assert [held(town, report) for report in (first, *copies)] == [0, 12, 0]


def test_what_is_handled_is_not_asked_for_again(town: Town) -> None:
    town.add(some(0))
    assert town.check() == {1}
    assert town.check() == set()


def test_many_reports_are_taken_in_several_turns(town: Town) -> None:
    for place in range(5):
        town.add(some(20 * place), f"示例县{place}号镇人民政府")
    assert [len(gxcrawl.sameness.refresh(town.connection, 2)) for _ in range(4)] == [2, 2, 1, 0]


def test_a_report_that_was_taken_out_of_the_database_is_no_endless_task(town: Town) -> None:
    town.connection.execute("INSERT INTO stale_texts VALUES (99)")
    assert town.check() == {99}


@pytest.mark.parametrize(
    "told", ["", "。" * 90_000, "\0甲\0", "甲" * 1_000_000, "<b>=HYPERLINK(1)</b>" * 3_000]
)
def test_no_text_is_too_much_for_the_database(town: Town, told: str) -> None:
    pair = [town.add(told, f"示例县{sign}镇人民政府") for sign in "甲乙"]
    town.check()
    assert {town.result(report, "S-PEER") for report in pair} <= {"not_assessable", "uncertain"}


TABLES = ("SELECT * FROM sentences", "SELECT * FROM sentence_lists")
FEW = Limits(0.8, 0.75, 200, 0.4, 2, common=5, few=3, many=5, candidate=0.3, compared=3)
NAMES = ("甲县财政局", "乙县审计局", "丙县民政局", "丁县司法局", "戊县水务局", None)


def variant(family: int, left_out: int, changed: int) -> str:
    """Ten sentences that others have, too; some are left out, some changed in one sign."""
    numbers = range(family + left_out, family + 10)
    kept = len(numbers) - changed
    return words(*numbers[:kept]) + "".join(f"新{sentence(number)}" for number in numbers[kept:])


TEXTS = st.builds(variant, st.sampled_from((0, 3)), st.integers(0, 2), st.sampled_from((0, 0, 1, 3, 8)))
OLD = st.integers(0, 30)
ACTION = {
    "arrival": st.tuples(
        st.just("add"), TEXTS, st.sampled_from(NAMES), st.sampled_from("ppq"), st.sampled_from((2022, 2023))
    ),
    "check": st.tuples(st.just("check"), st.integers(1, 5)),
    "replaced": st.tuples(st.just("replace"), TEXTS, OLD),
    "changed": st.tuples(st.sampled_from(["copy", "unread", "unnamed", "other year"]), OLD),
}
KINDS = st.sampled_from([*["arrival"] * 5, "check", "check", "replaced", "changed"])
ACTIONS = st.lists(KINDS.flatmap(ACTION.__getitem__), min_size=12, max_size=40)


def act(town: Town, action: tuple[object, ...]) -> None:
    kind, *given_ = action
    reports = town.connection.execute("SELECT id, page, organ, year, portal FROM reports").fetchall()
    if kind == "add":
        text, organ, portal, year = given_
        town.add(text, organ, portal=portal, year=year)  # type: ignore[arg-type]
    elif kind == "check":
        town.check(given_[0])  # type: ignore[arg-type]
    elif reports:
        report, page, organ, year, portal = reports[int(str(given_[-1])) % len(reports)]
        if kind == "replace":
            town.add(str(given_[0]), organ, portal=portal, year=year, page=page)
        elif kind == "copy":
            (text,) = town.connection.execute(
                "SELECT text FROM sections WHERE report = ?", (report,)
            ).fetchone()
            town.add(text, organ, portal=portal, year=year, same_as=report)
        else:
            column, value = {
                "unread": ("error", "x"),
                "unnamed": ("organ_key", None),
                "other year": ("year", 2023),
            }[str(kind)]
            town.update(report, column, value)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("sameness") / "gxcrawl.db"
    with open_store(path) as store:
        yield store.connection


@given(ACTIONS)
def test_step_by_step_the_same_is_said_as_about_all_at_once(
    empty: sqlite3.Connection, actions: list[tuple[object, ...]]
) -> None:
    connection = sqlite3.connect(":memory:")
    empty.backup(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gxcrawl.sameness, "shipped_limits", lambda: FEW)
        town = Town(connection)
        for action in actions:
            act(town, action)
        town.check()
        tables = [connection.execute(query).fetchall() for query in TABLES]
        for statement in CLEAR:
            connection.execute(statement)
        anew = Town(connection)
        anew.check()
    assert town.said == anew.said
    assert tables == [connection.execute(query).fetchall() for query in TABLES]
    connection.close()
