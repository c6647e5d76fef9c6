"""The benchmark runs, and prints what it was asked to measure. How fast it is here and now is not tested."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def measured(*words: str) -> list[tuple[str, str]]:
    """Unit and limit of every measure that was printed."""
    command = [sys.executable, "-m", "bench", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return re.findall(r"^(?:ok|missed|n/a) +-?[\d.]+ (\S+)  \(([≤≥] [\d.]+) \1\)  .+$", done.stdout, re.M)


def test_the_benchmark_measures_everything_that_is_promised_of_reading() -> None:
    assert measured("reading", "--pages", "2", "--files", "20") == [
        ("×", "≤ 5"),
        ("×", "≤ 1"),
        ("×", "≤ 2.3"),
        ("MB", "≤ 50"),
        ("×", "≥ 1.6"),
        ("s", "≤ 0.3"),
    ]


def test_the_benchmark_measures_everything_that_is_promised_of_a_crawl() -> None:
    assert measured(
        "crawl", "--hosts", "2", "--host-pages", "4", "--crawl-pages", "40", "--families", "1"
    ) == [
        ("×", "≥ 0.95"),
        ("×", "≥ 0.25"),
        ("requests", "≤ 1"),
        ("requests", "≤ 0"),
        ("bodies", "≤ 0"),
        ("MB", "≤ 50"),
    ]


def test_the_benchmark_measures_everything_that_is_promised_of_alike_texts() -> None:
    assert measured("sameness", "--texts", "1000") == [
        ("texts/s", "≥ 100"),
        ("MB", "≤ 250"),
        ("%", "≥ 95"),
        ("reports", "≤ 0"),
        ("%", "≥ 95"),
        ("reports", "≤ 0"),
        ("ms", "≤ 100"),
        ("×", "≤ 2"),
    ]


def test_the_benchmark_measures_everything_that_is_promised_of_the_database() -> None:
    assert measured("store", "--reports", "60") == [
        ("GB", "≤ 4"),
        ("s", "≤ 1"),
        ("×", "≤ 3"),
        ("ms", "≤ 10"),
        ("GB", "≤ 4"),
        ("s", "≤ 2"),
        ("×", "≤ 2"),
    ]


@pytest.mark.soak
def test_the_benchmark_measures_everything_that_is_promised_of_the_pages() -> None:
    found = measured("store", "site", "--reports", "60", "--seconds", "2")
    assert found[7:].count(("ms", "≤ 200")) == 1
    assert found.count(("ms", "≤ 300")) == 3
    assert found.count(("ms", "≤ 1000")) > 30
    assert found[-2:] == [("answers", "≤ 0"), ("MB", "≤ 500")]
