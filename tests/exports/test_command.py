"""The command, as people type it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_season import FINANCE

from gxcrawl.cli import main
from gxcrawl.exports.run import Order, export
from gxcrawl.exports.selection import Selection
from gxcrawl.store import Store, StoreError, open_store


def gxcrawl(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_clerk_gets_the_list_the_letters_and_the_matrix(season: Store, tmp_path: Path) -> None:
    what = ("--what", "issues,notices,matrix", "--area", "990101", "--year", "2025")
    done = gxcrawl("export", *what, "--out", tmp_path / "out", "--db", season.path)
    assert done.exit_code == 0, done.output
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "issues.xlsx",
        "matrix.xlsx",
        "notices",
    ]
    assert f"{tmp_path / 'out' / 'issues.xlsx'}: 5 issues" in done.output


def test_the_panel_the_matrix_and_the_list_come_unasked(
    season: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GXCRAWL_TODAY", "2026-02-20")
    done = gxcrawl("export", "--organ", FINANCE, "--db", season.path)
    assert done.exit_code == 0, done.output
    names = {file.name for file in (tmp_path / "gxcrawl-export-2026-02-20").iterdir()}
    assert {"datapackage.json", "codebook.md", "panel_2021.csv", "matrix.xlsx", "issues.xlsx"} <= names
    assert "cells.csv" not in names


def test_nothing_is_ever_overwritten(season: Store, tmp_path: Path) -> None:
    mine = tmp_path / "issues.xlsx"
    mine.write_text("整改结果", encoding="utf-8")
    done = gxcrawl("export", "--what", "issues", "--out", tmp_path, "--db", season.path)
    assert done.exit_code == 1
    assert "name a new folder with --out" in done.output
    assert mine.read_text(encoding="utf-8") == "整改结果"


def test_an_export_beside_another_one_is_refused(season: Store, tmp_path: Path) -> None:
    (tmp_path / "out.part").mkdir()
    done = gxcrawl("export", "--what", "issues", "--out", tmp_path / "out", "--db", season.path)
    assert done.exit_code == 1
    assert "out.part" in done.output


def test_a_full_disk_ends_in_a_sentence_and_leaves_no_half_export(
    season: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gxcrawl.exports.run.write_package", full)
    with pytest.raises(StoreError, match="No space left on device"):
        export(season, tmp_path / "out", Order(["panel"], ["csv"], Selection()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "pdf"), "pdf is not one of csv, xlsx, parquet"),
        (("--what", ","), "nothing is not one of"),
        (("--db", "nowhere.db"), "there is no such database"),
    ],
)
def test_wrong_usage_is_told(words: tuple[str, ...], message: str) -> None:
    done = gxcrawl("export", *words)
    assert done.exit_code == 2
    assert message in done.output


def test_an_empty_database_gives_empty_tables(tmp_path: Path) -> None:
    open_store(tmp_path / "gxcrawl.db").close()
    words = ("--what", "panel,cells,matrix,issues,notices", "--format", "csv,xlsx,parquet")
    done = gxcrawl("export", *words, "--out", tmp_path / "out", "--db", tmp_path / "gxcrawl.db")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "panel_2021.csv").read_text(encoding="utf-8-sig").count("\n") == 1
