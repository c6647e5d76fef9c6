"""The command as it is started from a terminal, and a few files to give it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gxcrawl.samples import Sample, generate
from tests.commands.serving import Serve, Served

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`gxcrawl …` in an empty folder, its output read as UTF-8."""

    def command(
        *words: str, data: bytes | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "gxcrawl", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            input=data,
            capture_output=True,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return command


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    """A verb that goes on, in the same folder: `with serve("serve") as served`."""

    def started(*words: str, **environment: str) -> Served:
        return Served(ROOT, tmp_path, words, environment)

    return started


@pytest.fixture(scope="session")
def clean() -> Sample:
    return generate(3, layout="html-plain", form="2021", clean=True)


@pytest.fixture(scope="session")
def spoiled() -> Sample:
    """A report with an arithmetic error."""
    samples = (generate(seed, layout="html-plain", form="2021", clean=False) for seed in range(100))
    return next(sample for sample in samples if sample.planted)


@pytest.fixture
def files(tmp_path: Path, clean: Sample, spoiled: Sample) -> Path:
    """good.html, spoiled.html, and noise.html, which is no report."""
    tmp_path.joinpath("good.html").write_bytes(clean.data)
    tmp_path.joinpath("spoiled.html").write_bytes(spoiled.data)
    tmp_path.joinpath("noise.html").write_bytes("<html><body><p>今日天气晴。</p></body></html>".encode())
    return tmp_path
