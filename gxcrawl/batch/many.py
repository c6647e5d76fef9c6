"""Reads many inputs, alone or in several processes. Outcomes come in the order of the inputs, as a stream."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from gxcrawl.batch.inputs import STANDARD_INPUT, Input
from gxcrawl.batch.one import Outcome, Show, load, read_one, without_report
from gxcrawl.model import ReadError

CHUNK = 8  # inputs handed to a process at once
AHEAD = 4  # chunks in flight per process: enough to keep it busy, few enough to hold in memory
MOST_PROCESSES = 61  # Windows waits for no more

Chunk = list[Input]
Work = Future[list[Outcome]]


def read_many(inputs: Iterable[Input], show: Show, jobs: int = 1) -> Iterator[Outcome]:
    if jobs == 1:
        return (read_one(item, show) for item in inputs)
    return _side_by_side(inputs, show, min(jobs, MOST_PROCESSES))


def _side_by_side(inputs: Iterable[Input], show: Show, jobs: int) -> Iterator[Outcome]:
    chunks = _chunks(inputs)
    flight: deque[tuple[Chunk, Work]] = deque()
    pool = _pool(jobs)
    try:
        while True:
            for chunk in islice(chunks, jobs * AHEAD - len(flight)):
                flight.append((chunk, _submit(pool, chunk, show)))
            if not flight:
                return
            chunk, work = flight.popleft()
            try:
                outcomes = work.result()
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                outcomes = [_alone(item, show) for item in chunk]
                pool = _pool(jobs)
                flight = deque((other, _again(pool, other, done, show)) for other, done in flight)
            yield from outcomes
    finally:
        pool.shutdown(cancel_futures=True)


def _again(pool: ProcessPoolExecutor, chunk: Chunk, work: Work, show: Show) -> Work:
    """The same work in a new pool, unless it was finished before the old one broke."""
    finished = work.done() and not work.cancelled() and work.exception() is None
    return work if finished else _submit(pool, chunk, show)


def _alone(item: Input, show: Show) -> Outcome:
    """Reads an input in a process of its own, so that the one that kills its process takes no other along."""
    with _pool(1) as pool:
        try:
            return _submit(pool, [item], show).result()[0]
        except BrokenProcessPool:
            message = "the process that read this file died, perhaps for lack of memory; try it with --jobs 1"
            return without_report(item.source, ReadError("crashed", message), show)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=jobs, initializer=_leave_interrupts_to_the_parent)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _submit(pool: ProcessPoolExecutor, chunk: Chunk, show: Show) -> Work:
    try:
        return pool.submit(_read_chunk, chunk, show)
    except BrokenProcessPool as error:  # it broke a moment ago; whoever waits for this work will see to it
        broken: Work = Future()
        broken.set_exception(error)
        return broken


def _read_chunk(chunk: Chunk, show: Show) -> list[Outcome]:
    return [read_one(item, show) for item in chunk]


def _chunks(inputs: Iterable[Input]) -> Iterator[Chunk]:
    rest = iter(inputs)
    while chunk := [_with_standard_input(item) for item in islice(rest, CHUNK)]:
        yield chunk


def _with_standard_input(item: Input) -> Input:
    """Only this process has the standard input, so it is read here and travels as bytes."""
    if item.source != STANDARD_INPUT:
        return item
    found = load(item)
    return item._replace(error=found) if isinstance(found, ReadError) else item._replace(data=found)
