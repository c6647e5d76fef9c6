"""A crawl in a process of its own: whatever it does to its process, the caller goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

from gxcrawl.console import Console


class Crawl(NamedTuple):
    healthy: bool  # every portal
    said: str


class CrawlFailedError(RuntimeError):
    """The command could not do its work. The text is what it said."""


def run_crawl(console: Console, words: Sequence[str], patience: float | None = None) -> Crawl:
    """`gxcrawl crawl` with these words."""
    return Crawl(*run_verb(console, "crawl", words, patience))


def run_verb(
    console: Console, verb: str, words: Sequence[str], patience: float | None = None
) -> tuple[bool, str]:
    """A command, said as a user would say it: whether all was well, and what it told."""
    flags = [*(["-q"] if console.quiet else []), *(["-v"] if console.verbose else [])]
    # -P: a folder that is called gxcrawl where the user stands must not be taken for us.
    command = [sys.executable, "-P", "-m", "gxcrawl", *flags, verb, *words]
    path = os.pathsep.join(filter(None, sys.path))
    try:
        done = subprocess.run(  # noqa: S603
            command,
            stdout=subprocess.PIPE,
            stderr=None,  # the progress, and what went wrong
            env={**os.environ, "PYTHONPATH": path},
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CrawlFailedError(
            f"gxcrawl {verb} took longer than {patience} s; is this machine busy?"
        ) from error
    said = done.stdout.decode("utf-8", "replace").rstrip()
    if done.returncode not in (0, 1):
        raise CrawlFailedError(f"gxcrawl {verb} ended with {done.returncode}; {said or 'see above'}")
    return done.returncode == 0, said
