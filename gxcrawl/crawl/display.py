"""One line on the terminal that says how far the crawl is. Elsewhere there is nothing to repaint."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from gxcrawl.crawl.runner import Runner

EVERY = 0.5  # seconds


class Display:
    """Paints while it is entered. `clear` makes room for other lines."""

    def __init__(self, runner: Runner, total: int, *, shown: bool) -> None:
        self.runner = runner
        self.total = total
        self.shown = shown and sys.stderr.isatty()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._paint_on, daemon=True)

    def __enter__(self) -> Display:
        if self.shown:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self.shown:
            self._thread.join()
            self.clear()

    def clear(self) -> None:
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _paint_on(self) -> None:
        while not self._stop.wait(EVERY):
            sys.stderr.write(f"\r\x1b[K{self._line()}")
            sys.stderr.flush()

    def _line(self) -> str:
        runs = [crawled.run for crawled in list(self.runner.open.values()) if crawled.run]
        counts = self.runner.done_counts
        pages = counts.requests + sum(run.counts.requests for run in runs)
        reports = counts.reports + sum(run.counts.reports for run in runs)
        problems = counts.problems + sum(run.counts.problems for run in runs)
        done = self.runner.done
        now = ", ".join(sorted(run.portal.id for run in runs)[:3])
        return (
            f"portals {done}/{self.total} · pages {pages} · reports {reports} · problems {problems} · {now}"
        )
