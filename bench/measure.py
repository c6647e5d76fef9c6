"""The measurements. Everything is generated and timed here and now; no number is known beforehand."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import lxml.html

from gxcrawl import read_report, samples

PAGE = 145  # kilobytes: the size of a page that Word exported
WARM_UP = 10_000  # a seed outside of those that are timed
ROUNDS = 3  # of commands that are timed as a whole


class Measure(NamedTuple):
    what: str
    value: float
    unit: str
    limit: float
    at_least: bool = False
    measurable: bool = True

    @property
    def shown(self) -> str:
        return f"{self.value:.2f} {self.unit}"

    @property
    def target(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g} {self.unit}"

    @property
    def verdict(self) -> str:
        if not self.measurable:
            return "n/a"
        met = self.value >= self.limit if self.at_least else self.value <= self.limit
        return "ok" if met else "missed"


def word_page(seed: int, kilobytes: int = PAGE) -> bytes:
    return samples.word_page(seed, kilobytes).data


def page_cost(pages: int) -> list[Measure]:
    """Reading whole reports against parsing the same bytes, page by page, each page once."""
    _warm_up(read_report, lxml.html.document_fromstring)
    ours, bare = [], []
    for seed in range(pages):
        page = word_page(seed)
        bare.append(_seconds(lxml.html.document_fromstring, page))
        ours.append(_seconds(read_report, page))
    tables = _pandas(pages)
    ratio, against = median(ours) / median(bare), median(ours) / median(tables)
    detail = f"{median(ours) * 1e3:.1f} ms, lxml alone {median(bare) * 1e3:.1f} ms"
    return [
        Measure(f"a Word page of 145 KB into a report with checks, to lxml.html ({detail})", ratio, "×", 5),
        Measure(
            f"the same to pandas.read_html ({median(tables) * 1e3:.1f} ms for its tables alone)",
            against,
            "×",
            1,
        ),
    ]


def _pandas(pages: int) -> list[float]:
    """Apart from the others: pandas makes the garbage collector of the whole process slower."""
    import pandas as pd  # type: ignore[import-untyped]

    def read_html(page: bytes) -> object:
        return pd.read_html(BytesIO(page))

    _warm_up(read_html)
    return [_seconds(read_html, word_page(seed)) for seed in range(min(pages, 25))]


def doubling(pages: int) -> Measure:
    _warm_up(read_report)
    single, double = [], []
    for seed in range(pages):
        once, twice = word_page(seed), word_page(seed, 2 * PAGE)
        single.append(_seconds(read_report, once) / len(once))
        double.append(_seconds(read_report, twice) / len(twice))
    return Measure("a page of 290 KB to one of 145 KB", 2 * median(double) / median(single), "×", 2.3)


def memory(files: int) -> Measure:
    """In a process of its own, which has read nothing before."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.memory", str(files)], capture_output=True, text=True, check=True
    )
    return Measure(f"memory added by {files} files", float(done.stdout), "MB", 50)


def speed_up(pages: int) -> Measure:
    """Three times as many files as pages, so that starting the processes does not count too much."""
    with tempfile.TemporaryDirectory(prefix="gxcrawl-bench-") as folder:
        for number in range(3 * pages):
            Path(folder, f"{number:04}.html").write_bytes(word_page(number))
        alone, together = [], []
        for _ in range(ROUNDS):
            alone.append(_command("parse", "--jsonl", "--jobs", "1", folder))
            together.append(_command("parse", "--jsonl", "--jobs", "2", folder))
    what = f"--jobs 2 to --jobs 1 over {3 * pages} pages ({3 * pages / median(together):.0f} a second)"
    two_cores = (os.cpu_count() or 1) >= 2
    return Measure(what, median(alone) / median(together), "×", 1.6, at_least=True, measurable=two_cores)


def help_time() -> Measure:
    return Measure("gxcrawl --help", median(_command("--help") for _ in range(3 * ROUNDS)), "s", 0.3)


def _command(*words: str) -> float:
    started = perf_counter()
    subprocess.run([sys.executable, "-m", "gxcrawl", *words], stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - started


def _warm_up(*functions: Callable[[bytes], object]) -> None:
    """Libraries and tables are loaded at the first call; that is not what is measured."""
    for seed in range(3):
        for function in functions:
            function(word_page(WARM_UP + seed))


def _seconds(function: Callable[[bytes], object], page: bytes) -> float:
    started = perf_counter()
    function(page)
    return perf_counter() - started
