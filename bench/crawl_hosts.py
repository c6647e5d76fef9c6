"""The page server of the benchmark, as those who measure see it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

ENTRY = """
[[portal]]
id = "host-{port}"
name = "示例县"
code = "991401"
family = "generic"
hosts = ["127.0.0.1:{port}"]
delay = {delay}
budget = 1_000_000

[[portal.columns]]
url = "http://127.0.0.1:{port}/list/1.html"
"""


class Asked(NamedTuple):
    """One answer that the server gave."""

    port: int
    kind: str
    time: float  # time.monotonic(), which all processes of a machine share


class Hosts:
    """bench.crawl_server in a process of its own, as long as it is entered."""

    def __init__(self, hosts: int, pages: int, kind: str = "mixed") -> None:
        self.pages, self.all_pages = pages, hosts * pages
        self._words = [str(hosts), str(pages), kind]

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "bench.crawl_server", *self._words]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ports: list[int] = json.loads(self._line())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def asked(self) -> list[Asked]:
        """What was answered since the last time, in order."""
        print(file=self._process.stdin, flush=True)
        return [Asked(*one) for one in json.loads(self._line())]

    def _line(self) -> str:
        return next(iter(self._process.stdout or ()), "")


def portals_file(folder: Path, ports: list[int], delay: float) -> Path:
    folder.mkdir(parents=True)
    path = folder / "portals.toml"
    path.write_text("".join(ENTRY.format(port=port, delay=delay) for port in ports), encoding="utf-8")
    return path
