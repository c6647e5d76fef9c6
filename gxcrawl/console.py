"""How every verb speaks: results on stdout, words about the work on stderr, always in UTF-8."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass

import click

WIDTH_OF_A_PIPE = 100  # columns, where no terminal tells


def _encoded(text: str) -> bytes:
    # A lone surrogate becomes \udXXX, which inside a JSON string is the very same character.
    return text.encode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Console:
    quiet: bool = False
    verbose: bool = False

    def result(self, text: str) -> None:
        # Bytes: neither the locale nor Windows may change them on the way.
        click.echo(_encoded(text))

    def error(self, text: str) -> None:
        click.echo(_encoded(text), err=True)

    def note(self, text: str) -> None:
        if not self.quiet:
            self.error(text)

    @property
    def is_terminal(self) -> bool:
        return sys.stdout.isatty()

    @property
    def colours(self) -> bool:
        return self.is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @property
    def width(self) -> int:
        return shutil.get_terminal_size((WIDTH_OF_A_PIPE, 0)).columns
