"""Reads one input and shows it. Whatever happens inside, an outcome comes back, never an exception."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from gxcrawl.batch.inputs import LIMIT, STANDARD_INPUT, Input
from gxcrawl.model import Narrative, ReadError, Report
from gxcrawl.reader import read_report

Show = Callable[[Report], str]


class Outcome(NamedTuple):
    """What is left of a report once it was shown: small, so that ten thousand of them cost nothing."""

    source: str
    text: str
    error: ReadError | None = None
    failed: int = 0  # findings that failed
    trace: str = ""  # of an unexpected error


def read_one(item: Input, show: Show) -> Outcome:
    try:
        report = _report(item)
        failed = sum(finding.result == "fail" for finding in report.findings)
        return Outcome(item.source, show(report), report.error, failed)
    except Exception as error:  # a fault of ours in one file must not cost the others
        trace = traceback.format_exc()
        kind = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        message = f"unexpected error while reading ({kind}); please report it together with the file"
        return without_report(item.source, ReadError("internal", message), show)._replace(trace=trace)


def without_report(source: str, error: ReadError, show: Show) -> Outcome:
    return Outcome(source, show(_unread(source, error)), error)


def load(item: Input) -> bytes | ReadError:
    """The bytes of an input, or the sentence that says why there are none."""
    if item.error:
        return item.error
    try:
        data = _bytes(item)
    except OSError as error:
        return ReadError("unreadable", f"cannot be opened: {error.strerror or error}")
    if len(data) > LIMIT:
        return ReadError(
            "too-large", f"more than {LIMIT // 2**20} MB; a report is never that large, split the file"
        )
    return data


def _bytes(item: Input) -> bytes:
    if item.data is not None:
        return item.data
    if item.source == STANDARD_INPUT:
        return sys.stdin.buffer.read(LIMIT + 1)
    with Path(item.source).open("rb") as file:
        return file.read(LIMIT + 1)


def _report(item: Input) -> Report:
    data = load(item)
    if isinstance(data, ReadError):
        return _unread(item.source, data)
    return read_report(data, source=item.source)


def _unread(source: str, error: ReadError) -> Report:
    return Report(source=source, narrative=Narrative(), error=error)
