"""The demo crawls as users do: by the command `gxcrawl crawl`, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from gxcrawl.console import Console

PATIENCE = 600  # seconds; a crawl of the demo takes about thirty


class CrawlFailedError(RuntimeError):
    """The command could not do its work. The text is what it said."""


def crawl(console: Console, portals: Path, database: Path, names: Sequence[str] = (), *more: str) -> None:
    """Crawl all portals of the file, or those named. Some fail on purpose, so exit code 1 is right."""
    words = ["crawl", *names, *more, "--portals", str(portals), "--db", str(database)]
    console.note(f"gxcrawl {' '.join(words)}")
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "gxcrawl", *(["-q"] if console.quiet else []), *words],
        stdout=subprocess.PIPE,
        stderr=None,  # the progress
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode not in (0, 1) or not database.is_file():
        said = done.stdout.decode("utf-8", "replace").strip() or "what it said is above"
        raise CrawlFailedError(f"gxcrawl crawl ended with {done.returncode}; {said}")
    if console.verbose:
        console.note(done.stdout.decode("utf-8", "replace").rstrip())
