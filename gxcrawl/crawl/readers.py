"""The processes that read articles while the network is waited for. All crawls of a process share them."""

from __future__ import annotations

import asyncio
import atexit
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache

from gxcrawl.crawl.reading import Article, Reading, read_article

MOST_WAITING = 16 * 2**20  # bytes of the articles that are read or wait for it; then no more are asked for
PATIENCE = 60.0  # seconds for one article; reading is bounded, so more than this is a fault of ours


def _new_pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a fork would inherit the reactor's threads and sockets.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _begin() -> None:
    """Where cores are few, what comes from the network goes before what is read."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the crawl to handle
    if hasattr(os, "nice"):
        os.nice(5)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A reader whose crawl was killed would wait for work for ever: it holds both ends of its own queue."""
    if parent := multiprocessing.parent_process():
        parent.join()
    os._exit(1)


@cache
def _shared() -> ProcessPoolExecutor:
    pool = _new_pool(os.cpu_count() or 1)
    atexit.register(pool.shutdown, wait=False, cancel_futures=True)
    return pool


@cache
def _turns(_: asyncio.AbstractEventLoop) -> asyncio.Semaphore:
    """The pool gets little more than it can read at once: patience is for reading, not for waiting."""
    return asyncio.Semaphore(2 * (os.cpu_count() or 1))


class _Load:
    """How much waits for the processes, of all crawls together."""

    bytes = 0


def is_full() -> bool:
    """Whether the network is so far ahead of the readers that it should wait for them."""
    return _Load.bytes >= MOST_WAITING


async def read_elsewhere(article: Article) -> Reading:
    """Read an article in another process."""
    size = len(article.page.body)
    _Load.bytes += size
    try:
        async with _turns(asyncio.get_running_loop()):
            return await _read_twice(article)
    finally:
        _Load.bytes -= size


async def _read_twice(article: Article) -> Reading:
    """A page that kills its reader is read once more, alone."""
    pool = _shared()
    try:
        return await _read_in(pool, article)
    except BrokenProcessPool:
        if _shared() is pool:
            _shared.cache_clear()
    alone = _new_pool(1)
    try:
        return await _read_in(alone, article)
    except BrokenProcessPool:
        return Reading(failure="unreadable", refused="the reading process died over this page")
    finally:
        alone.shutdown(wait=False)


async def _read_in(pool: ProcessPoolExecutor, article: Article) -> Reading:
    reading = asyncio.get_running_loop().run_in_executor(pool, read_article, article)
    done, _ = await asyncio.wait([reading], timeout=PATIENCE)
    if not done:
        for process in list(getattr(pool, "_processes", {}).values()):  # there is no public way to stop them
            process.kill()
    return await reading  # of a killed process: BrokenProcessPool
