"""What holds for all verbs."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from statistics import median
from time import perf_counter

import pytest

from gxcrawl.cli import main
from tests.commands.conftest import ROOT, Run

HEAVY = (
    "lxml",
    "bs4",
    "html5lib",
    "dateparser",
    "multiprocessing",
    "datasette",
    "scrapy",
    "sqlite3",
    "tomllib",
    "uvicorn",
    "gxcrawl.samples",
)


def test_help_answers_at_once(run: Run) -> None:
    def seconds() -> float:
        started = perf_counter()
        assert run("--help").returncode == 0
        return perf_counter() - started

    assert median(seconds() for _ in range(5)) < 0.3


def test_help_loads_nothing_heavy() -> None:
    code = f"import sys, gxcrawl.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version").stdout == f"gxcrawl {version('gxcrawl')}\n"


@pytest.mark.parametrize("verb", sorted(main.commands))
def test_every_verb_explains_itself_with_an_example(run: Run, verb: str) -> None:
    done = run(verb, "--help")
    assert done.returncode == 0
    assert f"  gxcrawl {verb}" in done.stdout
    assert "Example" in done.stdout


def test_a_verb_that_does_not_exist_is_wrong_usage(run: Run) -> None:
    done = run("prase")
    assert done.returncode == 2
    assert "No such command" in done.stderr
