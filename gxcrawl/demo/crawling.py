"""The demo crawls as users do: by the command `gxcrawl crawl`, in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gxcrawl.console import Console
from gxcrawl.watch.crawling import CrawlFailedError, run_crawl

PATIENCE = 600  # seconds; a crawl of the demo takes about thirty


def crawl(console: Console, portals: Path, database: Path, names: Sequence[str] = (), *more: str) -> None:
    """Crawl all portals of the file, or those named. Some fail on purpose, so an unhealthy one is right."""
    words = [*names, *more, "--portals", str(portals), "--db", str(database)]
    console.note(f"gxcrawl crawl {' '.join(words)}")
    said = run_crawl(console, words, PATIENCE).said
    if not database.is_file():
        raise CrawlFailedError(f"gxcrawl crawl stored nothing; {said or 'see above'}")
    if console.verbose:
        console.note(said)
