"""What makes two reports the same, wherever and whenever they are published. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def content_digest(form: str | None, cells: Iterable[tuple[str, str]], sections: Iterable[str]) -> str:
    """Equal for equal numbers as printed (name, raw text) and equal texts; blanks count for nothing."""
    digest = hashlib.sha256()
    for part in (form or "", *(f"{cell}={raw}" for cell, raw in cells), *sections):
        digest.update("".join(part.split()).encode("utf-8", "replace") + b"\0")
    return digest.hexdigest()
