"""The reports of an organ as checks compare them: exact numbers, one report for each year."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from made_bundles import Run, Said, reading_of

from gxcrawl.store import Store, take_in
from gxcrawl.store.filed import filed_of

Archive = Callable[[Run], Path]
LIST = "http://list"


def report(year: int, cells: Mapping[str, object], text: str = "本年度……", **changes: object) -> Said:
    """`cells`: name -> value, or value and state."""
    told = Said(text, year=year)
    reading = dict(reading_of(told))
    reading["cells"] = [
        {
            "id": name,
            "value": value,
            "raw": str(value),
            "state": state,
            "place": f"table 1 row {row} column 1",
        }
        for row, (name, value, state) in enumerate(map(_cell, cells.items()), start=1)
    ]
    body = json.dumps([*cells.items(), text], default=str).encode()
    return Said(text, year=year, reading=reading | changes, organ=told.organ, body=body)


def _cell(item: tuple[str, object]) -> tuple[str, object, str]:
    name, value = item
    return (name, *value) if isinstance(value, tuple) else (name, value, "blank" if value is None else "ok")


def key_of(store: Store) -> str:
    return str(store.connection.execute("SELECT key FROM organs").fetchone()[0])


def take(store: Store, archive: Archive, day: str, pages: Mapping[str, Said]) -> None:
    take_in(store, archive(Run(day, lists={LIST: [*pages]}, pages=pages)))


def test_numbers_are_exact_and_what_was_not_read_is_no_number(store: Store, archive: Archive) -> None:
    cells = {"t2.fees.amount": 7.38025, "t3.received.total": None, "t3.granted.total": (4, "inferred")}
    take(store, archive, "2026-01-05", {"a": report(2023, cells)})
    filed = filed_of(store.connection, key_of(store))[2023]
    assert filed.values == {"t2.fees.amount": Decimal("7.38025"), "t3.granted.total": 4}
    assert filed.inferred == {"t3.granted.total"}
    assert (filed.form, filed.organ_names, filed.corrected) == ("2021", ("示例县财政局",), False)
    assert filed.texts == {1: "本年度……"}


def test_each_year_has_its_own_report(store: Store, archive: Archive) -> None:
    pages = {str(year): report(year, {"t3.received.total": year}) for year in (2021, 2022, 2023)}
    take(store, archive, "2026-01-05", pages)
    filed = filed_of(store.connection, key_of(store))
    assert {year: one.values["t3.received.total"] for year, one in filed.items()} == {
        year: year for year in (2021, 2022, 2023)
    }


def test_of_two_reports_for_a_year_the_first_published_one_counts(store: Store, archive: Archive) -> None:
    late = report(2023, {"t3.received.total": 1}, published="2024-03-01")
    early = report(2023, {"t3.received.total": 2}, published="2024-01-20")
    take(store, archive, "2026-01-05", {"a": late, "b": early})
    assert filed_of(store.connection, key_of(store))[2023].values["t3.received.total"] == 2


def test_numbers_that_a_later_version_changed_are_both_known(store: Store, archive: Archive) -> None:
    take(store, archive, "2026-01-05", {"a": report(2023, {"t3.received.total": 1, "t3.granted.total": 5})})
    take(store, archive, "2026-01-06", {"a": report(2023, {"t3.received.total": 9, "t3.granted.total": 5})})
    filed = filed_of(store.connection, key_of(store))[2023]
    assert filed.corrected
    assert filed.values["t3.received.total"] == 9
    assert filed.as_published == {"t3.received.total": 1, "t3.granted.total": 5}


def test_a_version_with_other_words_only_corrects_no_number(store: Store, archive: Archive) -> None:
    for day, text in (("2026-01-05", "甲"), ("2026-01-06", "乙")):
        take(store, archive, day, {"a": report(2023, {"t3.received.total": 1}, text)})
    filed = filed_of(store.connection, key_of(store))[2023]
    assert (filed.corrected, filed.as_published, filed.texts) == (False, {}, {1: "乙"})


def test_what_could_not_be_read_or_is_a_copy_is_not_filed(store: Store, archive: Archive) -> None:
    same = report(2023, {"t3.received.total": 1})
    take(store, archive, "2026-01-05", {"a": same, "b": same, "c": Said("x", error="carrier-not-read")})
    filed = filed_of(store.connection, key_of(store))
    assert [one.report for one in filed.values()] == [1]


def test_an_organ_without_reports_has_none(store: Store) -> None:
    assert filed_of(store.connection, "990101:没有") == {}
