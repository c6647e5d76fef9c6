"""The processes that read articles while the network is waited for. All crawls of a process share them."""

from __future__ import annotations

import asyncio
import atexit
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache

from gxcrawl.crawl.reading import Article, Reading, read_article

PATIENCE = 60.0  # seconds for one article; reading is bounded, so more than this is a fault of ours


def _new_pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a fork would inherit the reactor's threads and sockets.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


@cache
def _shared() -> ProcessPoolExecutor:
    pool = _new_pool(max(1, (os.cpu_count() or 2) - 1))
    atexit.register(pool.shutdown, wait=False, cancel_futures=True)
    return pool


async def read_elsewhere(article: Article) -> Reading:
    """Read an article in another process. A page that kills its reader is read once more, alone."""
    try:
        return await _read_in(_shared(), article)
    except BrokenProcessPool:
        _shared.cache_clear()
    alone = _new_pool(1)
    try:
        return await _read_in(alone, article)
    except BrokenProcessPool:
        return Reading(failure="unreadable", refused="the reading process died over this page")
    finally:
        alone.shutdown(wait=False)


async def _read_in(pool: ProcessPoolExecutor, article: Article) -> Reading:
    loop = asyncio.get_running_loop()
    try:
        return await asyncio.wait_for(loop.run_in_executor(pool, read_article, article), PATIENCE)
    except TimeoutError:
        for process in list(getattr(pool, "_processes", {}).values()):  # there is no public way to stop them
            process.kill()
        raise BrokenProcessPool from None
