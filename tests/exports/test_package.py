"""What a researcher gets: tables that others can read, numbers as they were printed, gaps that are told."""

from __future__ import annotations

import csv
import json
import sys
import tracemalloc
from collections.abc import Mapping
from decimal import Decimal
from itertools import repeat
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pytest
from made_bundles import Run, make_bundle
from made_season import CELLS_2019, CELLS_2021, FEE, FINANCE, FORMULA, HOSTILE_NAME, LONG, TOWN, add, said

from gxcrawl.checks.severities import severity_words
from gxcrawl.duties.model import Status
from gxcrawl.duties.words import basis_words, status_words
from gxcrawl.exports import FORMATS, KINDS
from gxcrawl.exports.panel import ABSENCES
from gxcrawl.exports.rows import codebook
from gxcrawl.exports.run import Order, Written, export
from gxcrawl.exports.selection import ExportError, Selection
from gxcrawl.exports.series import quantities
from gxcrawl.exports.sinks import CsvSink, ParquetSink, SheetSink, pour
from gxcrawl.exports.tables import tables
from gxcrawl.exports.text import LONGEST
from gxcrawl.exports.values import coded_columns
from gxcrawl.exports.workbook import Book
from gxcrawl.forms import load_forms
from gxcrawl.registry.kinds import LEVELS
from gxcrawl.store import Store, open_store, take_in


def rows(file: Path) -> list[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def parquet(file: Path) -> duckdb.DuckDBPyRelation:
    return duckdb.read_parquet(str(file))


def by_id(file: Path) -> Mapping[str, dict[str, str]]:
    return {row["id"]: row for row in rows(file)}


@pytest.mark.filterwarnings("default")
def test_others_find_the_data_package_valid(house: Path) -> None:
    report = frictionless.validate(str(house / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    package = json.loads((house / "datapackage.json").read_text(encoding="utf-8"))
    assert package["created"] == "2026-02-20T18:00:00Z"
    assert package["version"] == "2026-02-21", "the day in China"
    assert package["licenses"]
    assert package["sources"] == [{"title": "示例县政府网", "path": "http://shili.example/"}]
    assert [Path(resource["path"]).stem for resource in package["resources"]] == list(tables())


@pytest.mark.filterwarnings("default")
def test_a_number_that_was_changed_afterwards_is_noticed(season: Store, tmp_path: Path) -> None:
    export(season, tmp_path / "out", Order(["panel"], ["csv"], Selection()))
    file = tmp_path / "out" / "series.csv"
    file.write_bytes(file.read_bytes().replace(b",12,", b",13,"))
    assert not frictionless.validate(str(tmp_path / "out" / "datapackage.json")).valid


def test_a_panel_has_a_row_for_each_report_and_each_duty_without_one(house: Path) -> None:
    panel = by_id(house / "panel_2021.csv")
    assert {row["organ"] for row in panel.values()} == {FINANCE, TOWN, f"990101:{HOSTILE_NAME}"}
    [finance] = [row for row in panel.values() if row["organ"] == FINANCE]
    assert (finance["duty"], finance["days"], finance["absence"]) == ("late", "12", "")
    assert (finance["form"], finance["published"]) == ("2021", "2026-02-12")
    town = panel[f"{TOWN}/2025/"]
    assert (town["duty"], town["absence"], town["report"], town["form"]) == (
        "missing",
        "not-published",
        "",
        "",
    )


def test_forms_are_never_joined_in_storage(house: Path) -> None:
    [row] = rows(house / "panel_2019.csv")
    assert (row["year"], row["t3_received_total"], row["t3_other_total"]) == ("2020", "7", "3")
    assert "t3_other_total" in rows(house / "panel_2021.csv")[0]  # a single row that some reports keep
    assert "t2_normative_public_total" not in rows(house / "panel_2021.csv")[0]


def test_what_was_not_read_is_empty_and_a_fee_keeps_its_digits(house: Path) -> None:
    [finance] = [row for row in rows(house / "panel_2021.csv") if row["organ"] == FINANCE]
    assert finance["t2_fees_amount"] == FEE
    assert finance["t3_other_unpaid_total"] == "0"
    assert finance["t3_carried_in_total"] == ""
    assert finance["numbers_read"] == str(sum(value is not None for value, _ in CELLS_2021.values()))


def test_failed_identities_are_flagged_and_doubtful_ones_apart(house: Path) -> None:
    [finance] = [row for row in rows(house / "panel_2021.csv") if row["organ"] == FINANCE]
    flags = ("identities_failed", "identities_failed_codes", "identities_uncertain", "checks_passed")
    assert [finance[flag] for flag in flags] == ["1", "T3-BAL", "1", "9"]


def test_a_series_shows_where_counting_changed(house: Path) -> None:
    old, new = [row for row in rows(house / "series.csv") if row["organ"] == FINANCE]
    assert [(row["form"], row["received"], row["received_segment"]) for row in (old, new)] == [
        ("2019", "7", "2019"),
        ("2021", "5", "2019"),
    ]
    assert [row["other_handling"] for row in (old, new)] == ["3", "3"]
    assert (old["licensing_decisions_segment"], new["licensing_decisions_segment"]) == ("", "2021")


def test_a_sum_with_a_part_that_was_not_read_is_empty() -> None:
    other = next(quantity for quantity in quantities() if quantity.id == "other_handling")
    parts = ("t3.other.uncorrected.total", "t3.other.unpaid.total", "t3.other.rest.total")
    assert other.value("2021", dict.fromkeys(parts, 1)) == 3
    assert other.value("2021", {parts[0]: 1, parts[1]: None, parts[2]: 1}) is None
    assert other.value("2021", {"t3.other.total": 2}) == 2
    assert other.value("2014", {"t3.other.total": 2}) is None


def test_every_cell_of_a_series_is_one_of_its_form() -> None:
    slots = {form.id: form.slots for form in load_forms()}
    for quantity in quantities():
        for form, choices in quantity.cells.items():
            assert [cell for cells in choices for cell in cells if cell not in slots[form]] == []


def test_every_cell_keeps_its_text_its_state_and_its_place(house: Path) -> None:
    cells = {row["cell"]: row for row in rows(house / "cells.csv") if row["organ"] == FINANCE}
    fee, blank = cells["t2.fees.amount"], cells["t3.carried_in.total"]
    assert (fee["raw"], fee["value"], fee["place"]) == ("73802.50元", FEE, "table 2 row 1 column 8")
    assert (fee["table"], fee["row"], fee["column"], fee["form"]) == ("t2", "fees", "amount", "2021")
    assert (blank["raw"], blank["value"], blank["state"]) == ("-", "", "placeholder")
    assert len(fee["sha256"]) == 64


def test_no_text_is_computed_by_a_spreadsheet_and_the_exact_text_can_be_had_back(house: Path) -> None:
    [hostile] = [row for row in rows(house / "cells.csv") if "HYPERLINK" in row["raw"]]
    assert hostile["raw"] == f"'{FORMULA}"
    exact = parquet(house / "cells.parquet").filter("raw LIKE '=%'")
    assert exact.project("raw").fetchall() == [(FORMULA,)]
    [cut] = [row["raw"] for row in rows(house / "cells.csv") if row["cell"] == "t3.granted.total"]
    assert (len(cut), cut[-1]) == (LONGEST, "…")
    whole = parquet(house / "cells.parquet").filter("cell = 't3.granted.total'")
    assert whole.project("raw").fetchall() == [(LONG,)]


def test_duckdb_reads_the_parquet_with_its_types(house: Path) -> None:
    columns = "t2_fees_amount, published, first_seen, statutory, t3_carried_in_total, t3_received_total"
    finance = parquet(house / "panel_2021.parquet").filter(f"organ = '{FINANCE}'")
    [row] = finance.project(columns).fetchall()
    assert row[0] == Decimal(FEE)
    assert str(row[1]) == "2026-02-12"
    assert row[2].utcoffset() is not None
    assert row[3:] == (True, None, 5)
    for table in tables():
        assert len(parquet(house / f"{table}.parquet")) == len(rows(house / f"{table}.csv")), table


def test_a_number_too_long_for_parquet_is_empty_there_and_that_is_said(tmp_path: Path) -> None:
    table = tables()["cells"]
    blank = dict.fromkeys(table.heads)
    values = [Decimal("1e-30"), Decimal(10) ** 40, Decimal("0.5"), None, 3]
    sink = ParquetSink(tmp_path / "cells.parquet", table)
    pour([tuple((blank | {"value": value}).values()) for value in values], [sink])
    got = parquet(tmp_path / "cells.parquet").project("value").fetchall()
    assert [value for (value,) in got] == [None, None, Decimal("0.5"), None, Decimal(3)]
    assert sink.without_room == 2


def test_many_rows_need_no_more_memory_than_few(tmp_path: Path) -> None:
    table = tables()["organs"]

    row = ("示例县",) * (len(table.columns) - 3) + (None,) * 3

    def peak(count: int) -> int:
        tracemalloc.start()
        with Book(tmp_path / f"{count}.xlsx", "") as book:
            pour(repeat(row, count), [CsvSink(tmp_path / f"{count}.csv", table), SheetSink(book, table)])
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(4_000) < peak(400) + 200_000


def test_the_workbook_holds_the_same_tables_as_text_and_numbers(house: Path) -> None:
    book = openpyxl.load_workbook(house / "tables.xlsx", read_only=True)
    assert book.sheetnames == list(tables())
    for name in ("panel_2021", "findings"):
        sheet = list(book[name].iter_rows(values_only=True))
        assert list(sheet[0]) == tables()[name].heads
        assert len(sheet) - 1 == len(rows(house / f"{name}.csv"))
    column = tables()["cells"].heads.index("raw")
    raws = [row[column] for row in book["cells"].iter_rows(min_row=2)]
    assert {raw.data_type for raw in raws if raw.value is not None} == {"s"}
    assert FORMULA in {raw.value for raw in raws}


def test_every_column_is_explained_in_two_languages(house: Path) -> None:
    listed = {(row["table"], row["column"]) for row in rows(house / "codebook.csv")}
    assert listed == {(name, head) for name, table in tables().items() for head in table.heads}
    for _, column, chinese, english, *_ in codebook(list(tables())):
        assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese), column
        assert english.isascii(), column
    page = (house / "codebook.md").read_text(encoding="utf-8")
    assert "| `t3_received_total` | integer |" in page


def test_the_same_database_gives_the_same_bytes(season: Store, house: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    export(season, again, Order(KINDS, FORMATS))
    first, second = (
        {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.*")}
        for folder in (house, again)
    )
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_an_export_counts_what_it_wrote(everything: tuple[Path, list[Written]]) -> None:
    counts = {file.name: file.number for file in everything[1]}
    assert counts["panel_2021"] == 3
    assert counts["notices/"] == 3
    assert sum(file.without_room for file in everything[1]) == 0


# --- what is chosen -------------------------------------------------------------------------------


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize(
    ("selection", "organs"),
    [
        (Selection(area="990101"), {FINANCE, TOWN, f"990101:{HOSTILE_NAME}"}),
        (Selection(organs=(TOWN,)), {TOWN}),
        (Selection(years=(2020,)), {FINANCE}),
        (Selection(organs=(FINANCE,), years=(2025,)), {FINANCE}),
        (Selection(years=(1999,)), set()),
    ],
)
def test_a_part_of_the_data_is_a_valid_package_of_its_own(
    season: Store, tmp_path: Path, selection: Selection, organs: set[str]
) -> None:
    out = tmp_path / "out"
    export(season, out, Order(["panel", "cells"], ["csv"], selection))
    assert {row["organ"] for row in rows(out / "series.csv")} == organs
    assert frictionless.validate(str(out / "datapackage.json")).valid


def test_an_area_holds_the_areas_below_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "gxcrawl.db") as store:
        with store.writing() as connection:
            for code, parent in (
                ("990000", None),
                ("990100", "990000"),
                ("990101", "990100"),
                ("980101", None),
            ):
                add(connection, "areas", code=code, name=code, parent=parent)
                add(connection, "organs", key=code, name=code, code=code, status="registered")
            add(connection, "organs", key="village", name="镇", code="990101001", status="registered")
        export(store, tmp_path / "out", Order(["panel"], ["csv"], Selection(area="990100")))
        assert [row["organ"] for row in rows(tmp_path / "out" / "organs.csv")] == [
            "990100",
            "990101",
            "village",
        ]
        export(store, tmp_path / "one", Order(["panel"], ["csv"], Selection(area="990101")))
        assert [row["organ"] for row in rows(tmp_path / "one" / "organs.csv")] == ["990101", "village"]


def test_an_organ_or_area_that_is_not_there_is_said_and_nothing_is_left(
    season: Store, tmp_path: Path
) -> None:
    for selection, word in ((Selection(organs=("nobody",)), "nobody"), (Selection(area="110000"), "110000")):
        with pytest.raises(ExportError, match=word):
            export(season, tmp_path / "out", Order(["panel"], ["csv"], selection))
    assert list(tmp_path.iterdir()) == []


def test_an_old_version_and_a_copy_are_told_but_do_not_count(tmp_path: Path) -> None:
    with open_store(tmp_path / "gxcrawl.db") as store:
        for day, cells in (("2026-02-01", CELLS_2019), ("2026-02-02", {"t3.received.total": (8, "8")})):
            page = said("示例县财政局", 2020, "2019", cells)
            page.body = day.encode()
            copy = said("示例县财政局", 2020, "2019", cells)
            pages = {"shili.example/a": page, "shili.example/b": copy}
            run = Run(day, lists={"http://shili.example/": list(pages)}, pages=pages)
            take_in(store, make_bundle(tmp_path / "archive", run))
        export(store, tmp_path / "out", Order(["panel"], ["csv"], Selection()))
    versions = rows(tmp_path / "out" / "reports.csv")
    assert len(versions) > 1
    counting = [row["report"] for row in versions if row["counts"] == "true"]
    assert [row["report"] for row in rows(tmp_path / "out" / "panel_2019.csv")] == counting
    assert [row["t3_received_total"] for row in rows(tmp_path / "out" / "panel_2019.csv")] == ["8"]


def test_without_pyarrow_the_command_says_what_to_install(
    season: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"pip install 'gxcrawl\[parquet\]'"):
        export(season, tmp_path / "out", Order(["panel"], ["parquet"], Selection()))
    assert list(tmp_path.iterdir()) == []


def test_every_value_of_a_coded_column_is_explained(season: Store, tmp_path: Path) -> None:
    export(season, tmp_path / "out", Order(["panel", "cells"], ["csv"], Selection()))
    told = {(row["table"], row["column"]): set[str]() for row in rows(tmp_path / "out" / "values.csv")}
    for row in rows(tmp_path / "out" / "values.csv"):
        assert row["label"]
        assert row["english"].isascii()
        told[row["table"], row["column"]].add(row["value"])
    for (table, column), known in told.items():
        found = {row[column] for row in rows(tmp_path / "out" / f"{table}.csv")} - {""}
        assert found <= known, (table, column)
    assert "| `absence` | `not-found` |" in (tmp_path / "out" / "codebook.md").read_text(encoding="utf-8")


def test_values_are_complete_and_called_as_everywhere_else() -> None:
    coded = coded_columns()
    words = {
        name: {value: text.partition("。")[0] for value, text in of.items()} for name, of in coded.items()
    }
    assert set(words["duties.status"]) == set(Status.__args__)  # type: ignore[attr-defined]
    assert set(words["panel.absence"]) == {*ABSENCES.values(), "not-counted", "no-tables"}
    assert set(words["organs.level"]) == set(LEVELS)
    assert words["findings.severity"] == dict(severity_words())
    assert words["reports.published_basis"] == dict(basis_words())
    for status, word in status_words().items():
        assert words["duties.status"][status].startswith(word.word)


def test_absence_is_null_in_parquet_and_never_empty_text(house: Path) -> None:
    for file in house.glob("*.parquet"):
        found = parquet(file)
        for column, kind in zip(found.columns, found.types, strict=True):
            if kind == "VARCHAR":
                assert found.filter(f"\"{column}\" = ''").fetchall() == [], (file.name, column)
