"""gxcrawl reads, checks and watches China's yearly reports on government information disclosure.

from gxcrawl import read_report

report = read_report(path.read_bytes())
report.cells["t3.received.total"].value
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gxcrawl.reader import read_report

__all__ = ["read_report"]


def __getattr__(name: str) -> object:
    # Reading needs lxml and more; a command that only prints its help does not.
    if name == "read_report":
        from gxcrawl.reader import read_report

        return read_report
    raise AttributeError(f"module 'gxcrawl' has no attribute {name!r}")
