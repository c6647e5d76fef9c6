"""Text in a terminal, where a Chinese character takes two columns and a hostile one may take over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

ELLIPSIS = "…"
_WORD = re.compile(r"[!-~]+|.", re.S)  # what is read as one: a run of ASCII, or any other character
# Codes of `click.style`, kept apart so that drawing needs to know nothing of terminals.
PAINTS = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


def clean(text: str) -> str:
    """One line without control characters: a report must not be able to steer the terminal."""
    visible = (" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    return " ".join("".join(char for char in visible if unicodedata.category(char) != "Cf").split())


def width(text: str) -> int:
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def left(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def right(text: str, columns: int) -> str:
    return " " * (columns - width(text)) + text


def shortened(text: str, columns: int) -> str:
    """The text, or its beginning and an ellipsis where it is too wide."""
    if width(text) <= columns:
        return text
    room = columns - 1
    for position, char in enumerate(text):
        room -= _columns(char)
        if room < 0:
            return text[: max(position, 1)] + ELLIPSIS
    return text


def wrapped(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns, broken anywhere, as Chinese may be.

    But not within an address, a path or a number: such a word is longer than its line rather than in two.
    """
    lines, room = [""], columns
    for word in _WORD.findall(text):
        needed = width(word)
        if needed > room and lines[-1]:
            lines.append("")
            room = columns
        lines[-1] += word
        room -= needed
    return lines


def packed(items: Sequence[str], columns: int) -> list[str]:
    """Lines of as many whole items as fit, two blanks between them."""
    lines = [""]
    for item in items:
        longer = f"{lines[-1]}  {item}" if lines[-1] else item
        if width(longer) <= columns or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(item)
    return lines


def painted(text: str, paint: str, colours: bool) -> str:
    return f"\x1b[{PAINTS[paint]}m{text}\x1b[0m" if colours and paint else text
