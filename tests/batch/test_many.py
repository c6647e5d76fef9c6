"""Many files side by side: nothing is lost, whatever happens to one of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gxcrawl.batch.inputs import Input
from gxcrawl.batch.one import read_one
from gxcrawl.model import Report
from gxcrawl.samples import generate

ROOT = Path(__file__).resolve().parents[2]
REPORT = generate(3, layout="text-tabs", form="2021", clean=True).data

# In a process of its own, as in real life: workers are started, killed, and started again.
SCRIPT = """
import os, signal, sys
from gxcrawl.batch.inputs import Inputs
from gxcrawl.batch.many import read_many

def show(report):
    if "deadly" in report.source and not report.error:
        os.kill(os.getpid(), signal.SIGKILL)
    if "broken" in report.source and not report.error:
        raise LookupError("no such thing")
    return report.source

if __name__ == "__main__":
    jobs, *names = sys.argv[1:]
    for outcome in read_many(Inputs(names), show, int(jobs)):
        print(outcome.source, outcome.error.code if outcome.error else "read", flush=True)
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "many.py"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def read(script: Path, jobs: int, names: list[str]) -> list[list[str]]:
    for name in names:
        script.with_name(name).write_bytes(REPORT)
    done = subprocess.run(
        [sys.executable, str(script), str(jobs), *names],
        cwd=script.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.split() for line in done.stdout.splitlines()]


def test_a_process_that_is_killed_costs_only_the_file_it_was_reading(script: Path) -> None:
    names = [f"{number:02}.txt" for number in range(40)]
    names[3], names[17], names[39] = "deadly1.txt", "deadly2.txt", "deadly3.txt"
    outcomes = read(script, 2, names)
    assert [source for source, _ in outcomes] == names
    assert {source for source, code in outcomes if code == "crashed"} == {
        "deadly1.txt",
        "deadly2.txt",
        "deadly3.txt",
    }


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_unexpected_error_costs_only_its_file(script: Path, jobs: int) -> None:
    outcomes = read(script, jobs, ["a.txt", "broken.txt", "c.txt"])
    codes = [code for _, code in outcomes]
    assert codes == ["read", "internal", "read"]


def test_more_files_than_fit_into_the_flight_come_in_order(script: Path) -> None:
    names = [f"{number:03}.txt" for number in range(150)]
    assert [source for source, _ in read(script, 2, names)] == names


def test_an_unexpected_error_is_told_in_one_line_and_in_full_when_asked(tmp_path: Path) -> None:
    def show(report: Report) -> str:
        if not report.error:
            raise LookupError("first line\nsecond line")
        return json.dumps(report.error.code)

    path = tmp_path / "a.txt"
    path.write_bytes(REPORT)
    outcome = read_one(Input(str(path)), show)
    assert outcome.text == '"internal"'
    assert outcome.error
    assert "LookupError: first line second line" in outcome.error.message
    assert "Traceback" in outcome.trace
