"""What a person decided about a candidate holds when it becomes an organ under another key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from gxcrawl.review import check
from gxcrawl.store import Store, take_in
from tests.decisions.conftest import TODAY, Command, Rows, season
from tests.store.made_bundles import Run, make_bundle

CANDIDATE, OTHER = "990101:教育局", "990101:教育体育局"
MISSING = "SELECT id FROM alerts WHERE kind = 'P-MISSING' AND organ LIKE '%教育%'"


@pytest.fixture
def dismissed(command: Command, rows: Rows) -> None:
    [(alert,)] = rows(MISSING)
    assert command("alerts", "dismiss", str(alert), "--why", "已电话核实").exit_code == 0


def importing(command: Command, folder: Path, *lines: str) -> None:
    table = folder / "organs.csv"
    table.write_text("\n".join(("key,name,aliases,code", *lines)), encoding="utf-8")
    done = command("organ", "import", str(table))
    assert done.exit_code == 0, done.output


def imported(command: Command, folder: Path) -> None:
    importing(command, folder, "edu,示例县教育局,,990101")


def merged(command: Command, folder: Path) -> None:
    importing(command, folder, f"{OTHER},示例县教育体育局,,990101")
    assert command("organ", "merge", CANDIDATE, OTHER).exit_code == 0


def confirmed(command: Command, _: Path) -> None:
    assert command("organ", "confirm", CANDIDATE).exit_code == 0


Become = Callable[[Command, Path], None]


@pytest.mark.usefixtures("dismissed")
@pytest.mark.parametrize("become", [imported, merged, confirmed])
def test_a_dismissal_outlives_the_key_of_the_candidate(
    store: Store, command: Command, rows: Rows, tmp_path: Path, become: Become
) -> None:
    become(command, tmp_path)
    check(store, TODAY)
    assert open_ones(rows) == ["示例县财政局"]
    assert missing_in_the_list(command, tmp_path / "export") == ["示例县财政局"]


@pytest.mark.usefixtures("dismissed")
def test_so_it_does_when_nobody_can_say_at_that_moment_whether_the_report_is_missing(
    store: Store, command: Command, rows: Rows, tmp_path: Path
) -> None:
    take_in(store, make_bundle(tmp_path / "archive", Run("2026-02-03", verdict="failed")))
    check(store, date(2026, 2, 3))
    assert rows("SELECT 1 FROM findings WHERE \"check\" = 'P-MISSING'") == []
    merged(command, tmp_path)
    take_in(store, make_bundle(tmp_path / "archive", season("2026-02-04")))
    check(store, date(2026, 2, 4))
    assert open_ones(rows) == ["示例县财政局"]
    assert missing_in_the_list(command, tmp_path / "export") == ["示例县财政局"]


def open_ones(rows: Rows) -> list[str]:
    query = "SELECT name FROM alerts JOIN organs ON key = organ WHERE alerts.kind = 'P-MISSING' AND state = ?"
    return [name for (name,) in rows(query, "open")]


def missing_in_the_list(command: Command, folder: Path) -> list[object]:
    """Organs whose report the exported 问题清单 calls missing."""
    done = command("export", "--what", "issues", "--out", str(folder))
    assert done.exit_code == 0, done.output
    [file] = folder.glob("*.xlsx")
    sheets = openpyxl.load_workbook(file).worksheets
    told = [row for sheet in sheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    return [row[1] for row in told if any("年度报告未发布" in str(cell) for cell in row)]
