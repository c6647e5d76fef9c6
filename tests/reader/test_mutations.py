"""The safety net holds: whatever part of the reader is taken away, a check of the reading fails."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import gxcrawl.tables.cells
import gxcrawl.tables.index
import gxcrawl.tables.place
import gxcrawl.tables.read
import gxcrawl.tables.recognise
from gxcrawl import read_report, reader
from gxcrawl.forms import Block, Form, load_form, load_forms
from gxcrawl.forms.schema import ValueType
from gxcrawl.report import dates
from gxcrawl.samples import generate
from gxcrawl.tables.index import FormIndex
from gxcrawl.tables.numbers import Reading, read_number

sys.path.insert(0, str(Path(__file__).parent))
from score import Score

from tests.tables.printing import TITLE, form_tables, page, shown
from tests.tables.truth import true_numbers

LAYOUTS = (
    "html-plain",
    "html-unclosed",
    "html-reordered",
    "text-tabs",
    "text-lines-tab",
    "text-tabs-lost-column",
)
SEEDS = (1, 5, 7)  # with and without blanks
DAY = "2023-01-20"


def score(layouts: Sequence[str] = LAYOUTS) -> Score:
    result = Score()
    for layout in layouts:
        for seed in SEEDS:
            sample = generate(seed, layout=layout)
            result.add(sample, read_report(sample.data, source=sample.name))
    return result


def share_read(found: Score) -> float:
    return found.right / found.cells


def test_untouched_everything_is_read_without_a_fault() -> None:
    found = score()
    assert found.faults == []
    assert found.right == found.cells
    assert found.planted_found == found.planted > 0


@pytest.fixture
def use_form(monkeypatch: pytest.MonkeyPatch) -> Callable[[Form], None]:
    """Makes the tables be read with another version of a form."""

    def use(form: Form) -> None:
        forms = tuple(form if other.id == form.id else other for other in load_forms())
        indexes = {other.id: FormIndex(other) for other in forms}
        for module in (gxcrawl.tables.read, gxcrawl.tables.recognise):
            monkeypatch.setattr(module, "form_index", indexes.__getitem__)
            monkeypatch.setattr(module, "load_forms", lambda: forms)
        monkeypatch.setattr(
            gxcrawl.tables.read, "load_form", lambda name: next(other for other in forms if other.id == name)
        )

    return use


def changed_block(form: Form, table: str, change: Callable[[Block], Block]) -> Form:
    """The form with one of its tables changed in every block."""
    tables = tuple(
        dataclasses.replace(item, blocks=tuple(map(change, item.blocks))) if item.id == table else item
        for item in form.tables
    )
    return dataclasses.replace(form, tables=tables)


Use = Callable[[Form], None]


def test_two_columns_exchanged_in_a_form_give_wrong_numbers_that_are_noticed(use_form: Use) -> None:
    def exchange(block: Block) -> Block:
        first, second, *rest = block.columns
        return dataclasses.replace(
            block, columns=(first._replace(label=second.label), second._replace(label=first.label), *rest)
        )

    use_form(changed_block(load_form("2021"), "t3", exchange))
    assert any(" read as " in fault for fault in score(["html-plain"]).faults)


def test_two_columns_in_another_order_are_noticed_where_only_the_order_tells(use_form: Use) -> None:
    def turn(block: Block) -> Block:
        first, second, *rest = block.columns
        return dataclasses.replace(block, columns=(second, first, *rest))

    use_form(changed_block(load_form("2021"), "t3", turn))
    data = page(form_tables(shown(NUMBERS)))
    cut = data.replace("自然人".encode(), b"").replace("商业企业".encode(), b"")
    assert misread(cut) or unread(cut)


def test_two_rows_exchanged_in_a_form_are_noticed(use_form: Use) -> None:
    def exchange(block: Block) -> Block:
        rows = list(block.rows)
        rows[2], rows[3] = (
            rows[2]._replace(label=rows[3].label, variants=rows[3].variants),
            rows[3]._replace(label=rows[2].label, variants=rows[2].variants),
        )
        return dataclasses.replace(block, rows=tuple(rows))

    use_form(changed_block(load_form("2021"), "t3", exchange))
    assert {name.split(".")[1] for name in misread(page(form_tables(shown(NUMBERS))))} == {
        "granted",
        "partly_granted",
    }


NUMBERS = true_numbers(Random(61))


def misread(data: bytes) -> set[str]:
    cells = read_report(data).cells
    return {n for n, cell in cells.items() if cell.value is not None and cell.value != NUMBERS.get(n)}


def unread(data: bytes) -> set[str]:
    cells = read_report(data).cells
    return {name for name in NUMBERS if name not in cells or cells[name].value is None}


VARIANTS = [
    (table.id, row.id, variant)
    for table in load_form("2021").tables
    if table.kind != "strip"
    for row in table.rows
    for variant in row.variants[:1]
    if not row.instead_of
]


@pytest.mark.parametrize(("table", "row", "variant"), VARIANTS)
def test_every_row_is_found_by_its_variant_and_by_nothing_when_its_labels_are_gone(
    table: str, row: str, variant: str, use_form: Use
) -> None:
    form = load_form("2021")
    label = next(item.label for item in form.table(table).rows if item.id == row)
    official = page(form_tables(shown(NUMBERS))).decode()
    printed = official.replace(f"{label}</td>", f"{variant}</td>").encode()
    assert misread(printed) == set()
    own = {name for name in NUMBERS if name.startswith(f"{table}.{row}.")}
    assert not own & unread(printed)

    def forget(block: Block) -> Block:
        rows = tuple(r._replace(label="某某某某", variants=()) if r.id == row else r for r in block.rows)
        return dataclasses.replace(block, rows=rows)

    use_form(changed_block(form, table, forget))
    assert misread(printed) == set()
    cells = read_report(printed).cells
    assert own <= unread(printed) or {cells[name].state for name in own} == {"inferred"}


def patch_numbers(monkeypatch: pytest.MonkeyPatch, read: Callable[..., Reading]) -> None:
    for module in (gxcrawl.tables.cells, gxcrawl.tables.place):
        monkeypatch.setattr(module, "read_number", read)


def test_blanks_turned_into_zeros_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def zero(text: str, kind: ValueType = "count", unit: str = "") -> Reading:
        reading = read_number(text, kind, unit)
        return Reading(0, "ok") if reading.state == "blank" else reading

    patch_numbers(monkeypatch, zero)
    faults = score(["html-plain", "text-tabs"]).faults
    assert any("blank turned into 0" in fault for fault in faults)


def test_signs_for_nothing_turned_into_zeros_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def zero(text: str, kind: ValueType = "count", unit: str = "") -> Reading:
        reading = read_number(text, kind, unit)
        return Reading(0, "ok") if reading.state == "placeholder" else reading

    printed = {name: str(number) for name, number in NUMBERS.items()} | {"t3.granted.total": "/"}
    data = page(form_tables(printed.__getitem__))
    before = read_report(data).cells["t3.granted.total"].value
    patch_numbers(monkeypatch, zero)
    assert (before, read_report(data).cells["t3.granted.total"].value) == (None, 0)


def test_numbers_that_lose_their_last_digit_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gxcrawl.tables.cells, "is_plain", lambda _: False)
    patch_numbers(monkeypatch, lambda text, *rest: read_number(text[:-1] if len(text) > 1 else text, *rest))
    assert any(" read as " in fault for fault in score(["html-plain"]).faults)


def test_a_page_without_ends_of_cells_needs_to_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert share_read(score(["html-unclosed"])) == 1
    monkeypatch.setattr(reader, "_looks_damaged", lambda _: False)
    assert share_read(score(["html-unclosed"])) < 0.95


def test_a_lost_column_is_read_by_arithmetic_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert share_read(score(["text-tabs-lost-column"])) == 1
    monkeypatch.setattr(gxcrawl.tables.place, "_lost", lambda *_: iter(()))
    found = score(["text-tabs-lost-column"])
    assert share_read(found) < 0.9
    assert not [fault for fault in found.faults if " read as " in fault]


def test_without_sums_digits_that_met_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gxcrawl.tables.place, "_unglued", lambda *_: iter(()))
    found = score(["text-glued"])
    assert found.right < found.cells
    assert not [fault for fault in found.faults if " read as " in fault]


FETCHED = datetime(2023, 1, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
BODY = page(form_tables(shown(NUMBERS))).decode()
DATED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "meta-pubdate": (
        "_meta_dates",
        BODY.replace("<title>", f'<meta name="PubDate" content="{DAY}"><title>'),
        {},
    ),
    "visible-date": ("_labelled_dates", BODY.replace("</h1>", f"</h1><p>发布日期：{DAY}</p>"), {}),
    "relative-date": (
        "relative_date",
        BODY.replace("</h1>", "</h1><p>发布时间：3天前</p>"),
        {"fetched_at": FETCHED},
    ),
    "signature": (
        "_signature",
        BODY.replace("<p>没有。</p>", "<p>没有。</p><p>示例县水务局</p><p>2023年1月20日</p>"),
        {},
    ),
    "url": ("_url_dates", BODY, {"url": "http://www.example.gov.cn/art/2023/1/20/art_1_2.html"}),
}


@pytest.mark.parametrize("basis", DATED)
def test_each_basis_of_a_date_is_needed_by_a_page_that_has_no_other(
    basis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    function, text, given = DATED[basis]
    assert TITLE in text
    report = read_report(text.encode(), **given)
    assert str(report.published) == DAY
    assert report.narrative.published_basis
    monkeypatch.setattr(
        dates, function, (lambda *_: None) if basis == "relative-date" else lambda *_: iter(())
    )
    without = read_report(text.encode(), **given)
    assert without.published is None


def test_an_alarm_that_is_false_and_an_error_that_is_overlooked_are_both_faults() -> None:
    sample = generate(1, layout="html-plain")
    report = read_report(sample.data, source=sample.name)
    deaf, nervous = Score(), Score()
    deaf.add(sample, dataclasses.replace(report, findings=()))
    nervous.add(dataclasses.replace(sample, planted=()), report)
    assert any("overlooked" in fault for fault in deaf.faults)
    assert any("false alarm" in fault for fault in nervous.faults)
