"""A verb that serves pages, in a process of its own, ended as a person ends it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

PATIENCE = 30  # seconds for the end
ANNOUNCED = re.compile(r"(http://\S+/) \(Ctrl-C ends it\)")


class Served:
    """Reads what is printed up to the address; afterwards holds everything."""

    def __init__(self, root: Path, folder: Path, words: tuple[str, ...], environment: dict[str, str]) -> None:
        self.errors_in = folder / "serve.err"
        with self.errors_in.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gxcrawl", *words],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(root), **environment},
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
            )
        self.printed, self.address = "", ""

    def __enter__(self) -> Served:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed += line
            if found := ANNOUNCED.fullmatch(line.rstrip()):
                self.address = found[1]
                return self
        self.__exit__(None, None, None)
        raise AssertionError(self.printed + self.errors)

    def interrupt(self) -> None:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        rest, _ = self.process.communicate(timeout=PATIENCE)
        self.printed += rest

    @property
    def exit_code(self) -> int | None:
        return self.process.returncode

    @property
    def errors(self) -> str:
        return self.errors_in.read_text(encoding="utf-8")


Serve = Callable[..., Served]
