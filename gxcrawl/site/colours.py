"""The colours of statuses as a style sheet, from the words that people are shown."""

from __future__ import annotations

from gxcrawl.duties.words import status_words


def status_sheet() -> str:
    rules = [
        f".status-{status} {{ background: {word.fill}; color: {word.ink}; }}"
        for status, word in status_words().items()
    ]
    return "\n".join(["/* Written by `make generate`. */", *rules, ""])
