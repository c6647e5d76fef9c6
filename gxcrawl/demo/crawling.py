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
    # -P: a folder that is called gxcrawl where the user stands must not be taken for us.
    command = [sys.executable, "-P", "-m", "gxcrawl", *(["-q"] if console.quiet else []), *words]
    path = os.pathsep.join(filter(None, sys.path))
    try:
        done = subprocess.run(  # noqa: S603
            command,
            stdout=subprocess.PIPE,
            stderr=None,  # the progress
            env={**os.environ, "PYTHONPATH": path},
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CrawlFailedError(
            f"gxcrawl crawl took longer than {PATIENCE} s; is this machine busy?"
        ) from error
    said = done.stdout.decode("utf-8", "replace").rstrip()
    if done.returncode not in (0, 1) or not database.is_file():
        raise CrawlFailedError(f"gxcrawl crawl ended with {done.returncode}; {said or 'see above'}")
    if console.verbose:
        console.note(said)
