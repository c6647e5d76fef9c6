"""The benchmark runs, and prints what it was asked to measure. How fast it is here and now is not tested."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_benchmark_measures_everything_that_is_promised() -> None:
    command = [sys.executable, "-m", "bench", "--pages", "2", "--files", "20"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    found = re.findall(
        r"^(?:ok|missed|n/a) +[\d.]+ (×|MB|s)  \(([≤≥] [\d.]+) (?:×|MB|s)\)  (.+)$", done.stdout, re.M
    )
    assert [(unit, limit) for unit, limit, _ in found] == [
        ("×", "≤ 5"),
        ("×", "≤ 1"),
        ("×", "≤ 2.3"),
        ("MB", "≤ 50"),
        ("×", "≥ 1.6"),
        ("s", "≤ 0.3"),
    ]
