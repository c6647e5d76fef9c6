"""`gxcrawl samples`."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from gxcrawl.samples import LAYOUTS, generate
from tests.commands.conftest import Run


def test_samples_are_written_with_the_truth_about_them(run: Run, tmp_path: Path) -> None:
    done = run("samples", "out/new", "--count", "3", "--seed", "5")
    assert (done.returncode, done.stdout) == (0, "")
    lines = (tmp_path / "out/new/truth.jsonl").read_text(encoding="utf-8").splitlines()
    truths = [json.loads(line, parse_float=Decimal) for line in lines]
    assert len(truths) == 3
    for number, truth in enumerate(truths):
        sample = generate(5 + number, layout=LAYOUTS[number])
        assert (tmp_path / "out/new" / truth["name"]).read_bytes() == sample.data
        assert truth["cells"] == dict(sample.cells)


@pytest.mark.parametrize("command", [("samples", "file/below"), ("demo", "--once", "--keep", "file/below")])
def test_samples_that_cannot_be_written_are_one_line(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = run(*command)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be written" in done.stderr
