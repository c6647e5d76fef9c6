"""The demo does what users do: by commands, each in a process of its own, on a day of the story."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gxcrawl.console import Console
from gxcrawl.watch.crawling import CrawlFailedError, run_verb

PATIENCE = 600  # seconds; a crawl of the demo takes about twenty


def crawl(console: Console, portals: Path, database: Path, day: date) -> None:
    """Crawl all portals of the file. Some fail on purpose, so an unhealthy one is right."""
    _run(console, "crawl", "--portals", str(portals), "--db", str(database), "--today", day.isoformat())
    if not database.is_file():
        raise CrawlFailedError("gxcrawl crawl stored nothing; see above")


def check(console: Console, database: Path, day: date) -> None:
    _run(console, "check", "--db", str(database), "--today", day.isoformat())


def _run(console: Console, verb: str, *words: str) -> None:
    console.note(f"gxcrawl {verb} {' '.join(words)}")
    _, said = run_verb(console, verb, words, PATIENCE)
    if console.verbose:
        console.note(said)
