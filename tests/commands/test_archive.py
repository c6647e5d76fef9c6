"""`gxcrawl archive verify` as people and scripts see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gxcrawl.commands.archive import archive
from gxcrawl.console import Console
from tests.archive.making import archived, capture, entered


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(archive, ["verify", *map(str, arguments)], obj=Console())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("run-1", "run-2"):
        folder = tmp_path / "shili" / name
        folder.mkdir(parents=True)
        entered(folder, [capture()], archived(folder, [capture()]))
    return tmp_path


def test_each_bundle_is_one_line(root: Path) -> None:
    result = run(root)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{root}/shili/{name}: 3 records in 1 files, no fault" for name in ("run-1", "run-2")
    ]


def test_any_fault_is_told_and_ends_in_1(root: Path) -> None:
    path = root / "shili" / "run-2" / "shili-00001.warc.gz"
    path.write_bytes(path.read_bytes()[:-1])
    result = run(root / "shili" / "run-1", root / "shili" / "run-2")
    assert result.exit_code == 1
    assert "run-2: 2 records in 1 files, 2 faults" in result.stdout
    assert f"{path} at " in result.stderr
    assert "run-2/bundle.db: responses row 1: there is no whole record" in result.stderr


def test_scripts_get_json(root: Path) -> None:
    (root / "shili" / "run-2" / "shili-00001.warc.gz").unlink()
    result = run(root, "--json")
    assert result.exit_code == 1
    first, second = json.loads(result.stdout)
    assert first == {"folder": f"{root}/shili/run-1", "files": 1, "records": 3, "faults": []}
    assert {fault["file"] for fault in second["faults"]} == {"*.warc.gz", "bundle.db"}


def test_a_folder_without_records_proves_nothing(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 1
    assert run(tmp_path / "none").exit_code == 2
    assert run().exit_code == 2
